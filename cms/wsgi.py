"""The WSGI entry point: answers from memory in front, plain reads next, Django behind."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")

django_application = get_wsgi_application()

# Only now are there settings and models.
from cms.security.proxy_headers import TrustedProxyHeaders  # noqa: E402
from cms.security.startup import refuse_unsafe_start  # noqa: E402
from cms.security.whole_requests import WholeRequests  # noqa: E402
from graphql_api.caching.front import with_answer_cache  # noqa: E402
from graphql_api.http.cookieless import ENDPOINT  # noqa: E402
from graphql_api.http.express import with_express  # noqa: E402
from graphql_api.plan.warming import settle, warm  # noqa: E402
from knowledge.search.semantic import encoder  # noqa: E402

refuse_unsafe_start()
# Answers from memory are given to whoever has sent a request; anything else takes a place.
working = WholeRequests(
    with_express(django_application),
    own_limits={f"/{ENDPOINT}": settings.GRAPHQL_MAX_BODY_BYTES},
)
application = TrustedProxyHeaders(with_answer_cache(working))
warm()
encoder.warm()
settle()

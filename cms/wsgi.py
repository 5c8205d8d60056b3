"""The WSGI entry point: answers from memory in front, plain reads next, Django behind."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")

django_application = get_wsgi_application()

# Only now are there settings and models.
from cms.security.proxy_headers import TrustedProxyHeaders  # noqa: E402
from cms.security.startup import refuse_unsafe_start  # noqa: E402
from graphql_api.caching.front import with_answer_cache  # noqa: E402
from graphql_api.http.express import with_express  # noqa: E402
from graphql_api.plan.warming import settle, warm  # noqa: E402

refuse_unsafe_start()
application = TrustedProxyHeaders(with_answer_cache(with_express(django_application)))
warm()
settle()

"""The composition root: the only module that sees every app's addresses."""

from django.conf import settings
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms import health
from cms.examples import example_file

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("", include("cms.notifications.urls")),
    path("", include("knowledge.feeds.urls")),
    path("", include("graphql_api.urls")),
]

if settings.DEBUG:
    urlpatterns += [
        path("examples/<path:path>", example_file),
        re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT}),
    ]

"""What every environment shares. The order of INSTALLED_APPS is load-bearing: see below."""

from cms.settings import env
from cms.settings.access import *  # noqa: F403
from cms.settings.api import *  # noqa: F403
from cms.settings.content import *  # noqa: F403
from cms.settings.contributions import *  # noqa: F403
from cms.settings.databases import DATABASE_PREPARED_STATEMENTS, database  # noqa: F401
from cms.settings.logging import LOGGING  # noqa: F401
from cms.settings.notifications import *  # noqa: F403
from cms.settings.security import *  # noqa: F403

BASE_DIR = env.REPOSITORY

INSTALLED_APPS = [
    "cms",
    "cms.users",
    "cms.security",
    "cms.access",
    "cms.media",
    "cms.publishing",
    "cms.notifications",
    "knowledge",
    "knowledge.counters",
    "knowledge.search",
    "knowledge.contributions",
    "pages",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.table_block",
    "wagtail.locales",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "graphene_django",
    # Both build GraphQL types in ready(): they must come after wagtail.snippets,
    # whose ready() registers the snippet models, and grapple must be the last.
    "graphql_api",
    "grapple",
]

MIDDLEWARE = [
    "graphql_api.http.cookieless.CookielessEndpointMiddleware",
    "graphql_api.http.framework_errors.FrameworkErrorsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "cms.security.headers.SecurityHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "users.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

USE_TZ = True
TIME_ZONE = env.text("TIME_ZONE", "UTC")

STATIC_URL = "/static/"
STATIC_ROOT = env.VAR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = env.VAR / "media"

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "lamplight",
    }
}

# By how much commands that nobody waits for give way: 5 is a third of the weight of others. No
# less, for whoever publishes waits for whoever is publishing.
BACKGROUND_NICENESS = env.integer("BACKGROUND_NICENESS", 5)

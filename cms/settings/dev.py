"""Development: what ``make run`` serves, on SQLite with demo content."""

from cms.settings.base import *  # noqa: F403

DEBUG = True
SECRET_KEY = "development-only-not-a-secret"
ALLOWED_HOSTS = ["*"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
GRAPHQL_GRAPHIQL = True
GRAPHQL_SUGGESTIONS = True

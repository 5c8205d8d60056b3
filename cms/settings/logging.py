"""Log lines to standard error, one a record."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "lamplight": {"level": "INFO"},
        "wagtail": {"level": "WARNING"},
        "django.request": {"level": "ERROR"},
    },
}

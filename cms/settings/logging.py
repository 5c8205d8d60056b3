"""Log lines to standard error, one a record.

A GraphQL request is one JSON object a line: ``lamplight.graphql`` writes it whole.
"""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        "bare": {"format": "%(message)s"},
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
        "stderr_bare": {"class": "logging.StreamHandler", "formatter": "bare"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "lamplight": {"level": "INFO"},
        "lamplight.graphql": {"handlers": ["stderr_bare"], "propagate": False},
        "wagtail": {"level": "WARNING"},
        "django.request": {"level": "ERROR"},
    },
}

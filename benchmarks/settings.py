"""The settings under which delivery is measured.

Invariant: they are those of production; only the line of each request in the log is left
out, unless BENCHMARK_REQUEST_LOG asks for it, because the floors write none either.
"""

from cms.settings import env
from cms.settings.production import *  # noqa: F403
from cms.settings.production import LOGGING

if not env.boolean("BENCHMARK_REQUEST_LOG", False):
    LOGGING["loggers"]["lamplight.graphql"]["level"] = "WARNING"

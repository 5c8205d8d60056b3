"""The suite's settings: fast hashing, memory mail, nothing outside the process but the database."""

import os
import tempfile
from pathlib import Path

from cms.settings.base import *  # noqa: F403
from cms.settings.base import DATABASES

DEBUG = False
SECRET_KEY = "test-only"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="lamplight-test-media-"))
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
COUNTERS_FLUSH_SECONDS = 0
GRAPHQL_RATE_PER_MINUTE = 0
REDIS_URL = ""

# A name for the test database lets two runs on one machine keep out of each other's way.
# SQLite is tested as it runs, on a file: connections of two threads see one database.
name = os.environ.get("TEST_DATABASE_NAME", "")
if not name and DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    name = os.path.join(tempfile.gettempdir(), f"lamplight-test-{os.getpid()}.sqlite3")
if name:
    DATABASES["default"].setdefault("TEST", {})["NAME"] = name

# A thread of its own would write to another database than the test reads.
MISSED_SEARCH_FLUSH_SECONDS = 0

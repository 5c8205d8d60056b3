"""The suite's settings: fast hashing, memory mail, nothing outside the process but the database."""

import os
import tempfile

from cms.settings.base import *  # noqa: F403
from cms.settings.base import DATABASES

DEBUG = False
SECRET_KEY = "test-only"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = tempfile.mkdtemp(prefix="lamplight-test-media-")
WHITENOISE_USE_FINDERS = True

# A name for the test database lets two runs on one machine keep out of each other's way.
if name := os.environ.get("TEST_DATABASE_NAME"):
    DATABASES["default"].setdefault("TEST", {})["NAME"] = name

"""Who may come in, from where, and what browsers are told."""

import os

from cms.settings import env

# Addresses and networks of the proxies in front, for example 10.0.0.0/8. Only what they
# say in X-Forwarded-For and X-Forwarded-Proto counts.
TRUSTED_PROXIES = env.networks("TRUSTED_PROXIES")
# Whether they say in X-Forwarded-Host which host was asked. They must set it themselves: one
# that passes on what its client wrote lets the client choose among ALLOWED_HOSTS.
USE_X_FORWARDED_HOST = env.boolean("USE_X_FORWARDED_HOST", False)

# Front ends that the admin's preview may show in a frame, for example https://www.example.org.
LAMPLIGHT_PREVIEW_ORIGINS = env.items("PREVIEW_ORIGINS")

# Whether a server refuses to start with demo passwords, a known secret or DEBUG.
LAMPLIGHT_REFUSE_UNSAFE_START = False

WAGTAILADMIN_USER_LOGIN_FORM = "cms.security.forms.ThrottledLoginForm"
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "cms.security.forms.ThrottledPasswordResetForm"  # noqa: S105 - a class, no password

X_FRAME_OPTIONS = "SAMEORIGIN"
# The admin frames its own previews; everything else forbids frames in its
# Content-Security-Policy.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

# Requests that one worker works on at once; others wait, and cost a thread each. Requests wait
# for the database as much as they compute; the connection pool holds eight.
REQUESTS_AT_ONCE = env.integer("REQUESTS_AT_ONCE", min(8, 2 * (os.cpu_count() or 1)))
# Bytes of any request, uploads among them.
MAX_REQUEST_BYTES = env.integer("MAX_REQUEST_BYTES", 64 * 1024 * 1024)

DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

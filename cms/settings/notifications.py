"""Mails, alerts, webhooks and counters. Without EMAIL_HOST, mails are printed, not sent."""

from cms.settings import env

EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.integer("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.boolean("EMAIL_USE_TLS", True)
EMAIL_TIMEOUT = env.integer("EMAIL_TIMEOUT", 10)
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if env.text("EMAIL_HOST", "")
    else "django.core.mail.backends.console.EmailBackend"
)
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Lamplight <noreply@lamplight.example>")

# Where this server is reached from outside: links in mails and feeds begin with it.
LAMPLIGHT_PUBLIC_BASE_URL = env.text(
    "PUBLIC_BASE_URL", env.text("ADMIN_BASE_URL", "http://127.0.0.1:8000")
)

# How long one worker may hold a delivery. Longer than any timeout of an attempt: a
# living worker never loses its claim, a dead one's deliveries are taken over after it.
NOTIFICATIONS_LEASE_SECONDS = env.integer("NOTIFICATIONS_LEASE_SECONDS", 90)
# How long delivered mails (without their text), webhook deliveries and dead letters are kept.
NOTIFICATIONS_KEEP_DAYS = env.integer("NOTIFICATIONS_KEEP_DAYS", 30)
# How long the change feed can be followed from an old cursor.
PUBLICATION_EVENT_KEEP_DAYS = env.integer("PUBLICATION_EVENT_KEEP_DAYS", 90)

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
).rstrip("/")

# How long one worker may hold a delivery. Longer than any timeout of an attempt: a
# living worker never loses its claim, a dead one's deliveries are taken over after it.
NOTIFICATIONS_LEASE_SECONDS = env.integer("NOTIFICATIONS_LEASE_SECONDS", 90)
# How long delivered mails (without their text), webhook deliveries and dead letters are kept.
NOTIFICATIONS_KEEP_DAYS = env.integer("NOTIFICATIONS_KEEP_DAYS", 30)
# How long the change feed can be followed from an old cursor.
PUBLICATION_EVENT_KEEP_DAYS = env.integer("PUBLICATION_EVENT_KEEP_DAYS", 90)

# Plain http, any port and private addresses for webhooks: for development and tests only.
WEBHOOK_ALLOW_PRIVATE = env.boolean("WEBHOOK_ALLOW_PRIVATE", False)
WEBHOOK_TIMEOUT_SECONDS = env.integer("WEBHOOK_TIMEOUT_SECONDS", 10)
WEBHOOK_SECRET_OVERLAP_HOURS = env.integer("WEBHOOK_SECRET_OVERLAP_HOURS", 24)
# An endpoint that has only failed for so long is switched off.
WEBHOOK_GIVE_UP_DAYS = env.integer("WEBHOOK_GIVE_UP_DAYS", 5)

# Subscribers to instant alerts get one mail at most in so many minutes.
ALERT_INSTANT_MINUTES = env.integer("ALERT_INSTANT_MINUTES", 10)
# The hour (in TIME_ZONE) daily digests are written at; weekly ones on Mondays.
ALERT_DIGEST_HOUR = env.integer("ALERT_DIGEST_HOUR", 7)
ALERT_CONFIRM_HOURS = env.integer("ALERT_CONFIRM_HOURS", 48)
# Confirmation mails: to one address in an hour, asked for from one network address in an
# hour, and altogether in an hour.
ALERT_REQUESTS_PER_ADDRESS = env.integer("ALERT_REQUESTS_PER_ADDRESS", 3)
ALERT_REQUESTS_PER_REQUESTER = env.integer("ALERT_REQUESTS_PER_REQUESTER", 20)
ALERT_REQUESTS_IN_ALL = env.integer("ALERT_REQUESTS_IN_ALL", 1000)

# How long views and uses wait in memory before they are written together. 0: not at all.
COUNTERS_FLUSH_SECONDS = env.integer("COUNTERS_FLUSH_SECONDS", 5)

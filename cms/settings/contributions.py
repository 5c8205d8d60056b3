"""What the public may send, how often, and how long it is kept."""

from cms.settings import env

CONTRIBUTION_LICENCE = env.text("CONTRIBUTION_LICENCE", "CC-BY-4.0")
CONTRIBUTION_FORM_MIN_SECONDS = env.integer("CONTRIBUTION_FORM_MIN_SECONDS", 3)
CONTRIBUTION_FORM_MAX_SECONDS = env.integer("CONTRIBUTION_FORM_MAX_SECONDS", 24 * 3600)
# Per client address.
CONTRIBUTION_PER_MINUTE = env.integer("CONTRIBUTION_PER_MINUTE", 5)
CONTRIBUTION_PER_DAY = env.integer("CONTRIBUTION_PER_DAY", 50)
# Per partner key, from all addresses together; each address has its own limit all the same.
CONTRIBUTION_KEY_PER_MINUTE = env.integer("CONTRIBUTION_KEY_PER_MINUTE", 30)
CONTRIBUTION_KEY_PER_DAY = env.integer("CONTRIBUTION_KEY_PER_DAY", 500)
CONTRIBUTION_REFUSALS_PER_MINUTE = env.integer("CONTRIBUTION_REFUSALS_PER_MINUTE", 30)
CONTRIBUTION_CHECKS_PER_MINUTE = env.integer("CONTRIBUTION_CHECKS_PER_MINUTE", 30)
# Letters asking an address to confirm itself: a stranger may have typed it.
CONTRIBUTION_CONFIRMATIONS_PER_DAY = env.integer("CONTRIBUTION_CONFIRMATIONS_PER_DAY", 3)

CONTRIBUTION_UNDO_SECONDS = env.integer("CONTRIBUTION_UNDO_SECONDS", 600)
CONTRIBUTION_CLAIM_HOURS = env.integer("CONTRIBUTION_CLAIM_HOURS", 24)
CONTRIBUTION_RETENTION_DAYS = env.integer("CONTRIBUTION_RETENTION_DAYS", 180)
# Undecided ones, and accepted ones that were never published, counted from the last step
# anybody took. The end is announced CONTRIBUTION_NOTICE_DAYS before.
CONTRIBUTION_UNFINISHED_RETENTION_DAYS = env.integer("CONTRIBUTION_UNFINISHED_RETENTION_DAYS", 365)
CONTRIBUTION_NOTICE_DAYS = env.integer("CONTRIBUTION_NOTICE_DAYS", 30)
CONTRIBUTION_SPAM_RETENTION_DAYS = env.integer("CONTRIBUTION_SPAM_RETENTION_DAYS", 30)

# The page of a front end that shows a contributor where things stand.
CONTRIBUTION_STATUS_URL = env.text(
    "CONTRIBUTION_STATUS_URL",
    env.text("PUBLIC_BASE_URL", env.text("ADMIN_BASE_URL", "http://127.0.0.1:8000"))
    + "/examples/contribute_html/status.html#token={token}",
)

"""What production must not start with."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError

DEMO_SECRET_PREFIX = "development-only"  # noqa: S105 - recognises the demo secret, is none
# The passwords of the demo accounts are their names; see the load_demo command.
DEMO_ACCOUNTS = ("admin", "author", "editor", "reviewer", "moderator")


@register(Tags.security, deploy=True)
def check_debug(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Pages that show settings and code to whoever makes an error."""
    if not settings.DEBUG:
        return []
    return [Error("DEBUG is on.", id="lamplight.E003", hint="Use cms.settings.production.")]


@register(Tags.security, deploy=True)
def check_secrets(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The development secret outside development."""
    found: list[CheckMessage] = []
    if settings.SECRET_KEY.startswith(DEMO_SECRET_PREFIX):
        found.append(
            Error("SECRET_KEY is the development one.", id="lamplight.E001", hint="Set SECRET_KEY.")
        )
    return found


@register(Tags.security, Tags.database, deploy=True)
def check_demo_passwords(
    app_configs: Any, databases: list[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Demo accounts that still have their demo passwords."""
    try:
        users = [
            user
            for user in get_user_model().objects.filter(username__in=DEMO_ACCOUNTS, is_active=True)
            if any(user.check_password(password) for password in demo_passwords(user.username))
        ]
    except DatabaseError:
        return []  # Not migrated yet: there are no accounts.
    return [
        Error(
            f"The account {user.username} has its demo password.",
            id="lamplight.E002",
            hint="Change the password or delete the account.",
        )
        for user in users
    ]


def demo_passwords(username: str) -> tuple[str, ...]:
    """The passwords that the demo gives an account."""
    return (username, f"{username}-demo", "lamplight", "demo")

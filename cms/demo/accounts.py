"""The demonstration's accounts, one a role.

Invariant: they are made in development only, for everyone can read their passwords here.
"""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

# Account name and password are the same word; the group is the role, None the administrator.
ACCOUNTS: dict[str, str | None] = {
    "admin": None,
    "author": "Author",
    "editor": "Editor",
    "reviewer": "Reviewer",
    "moderator": "Moderator",
}


def create_accounts() -> list[str]:
    """Create the accounts that are missing; returns their names. Does nothing in production."""
    if not settings.DEBUG:
        return []
    users = get_user_model().objects
    made = []
    for name, role in ACCOUNTS.items():
        if users.filter(username=name).exists():
            continue
        # Without an address: nobody waits for the mails of a demonstration.
        if role is None:
            users.create_superuser(name, "", name)
        else:
            users.create_user(name, "", name).groups.add(Group.objects.get(name=role))
        made.append(name)
    return made


def accounts_with_known_password() -> list[str]:
    """The demo accounts that can be logged into with their demo password."""
    if not settings.DEBUG:
        return []
    users = get_user_model().objects.filter(username__in=ACCOUNTS, is_active=True)
    known = {user.username for user in users if user.check_password(user.username)}
    return [name for name in ACCOUNTS if name in known]

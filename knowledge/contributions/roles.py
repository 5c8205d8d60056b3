"""Who moderates: the group Moderator, and the reviewers and editors of the archive.

Invariant: a moderator needs no other permission of the admin, and gets none.
"""

from typing import Any

from knowledge.roles import EDITOR, REVIEWER, permission

MODERATOR = "Moderator"

CONTRIBUTION_PERMISSIONS = {
    "view_contribution": "Can view contribution",
    "moderate_contribution": "Can moderate contributions",
}
REPLY_PERMISSIONS = {
    f"{action}_cannedreply": f"Can {action} canned reply"
    for action in ("view", "add", "change", "delete")
}


def establish_moderators(apps: Any) -> None:
    """Create the group and grant what moderating takes; again changes nothing."""
    groups = apps.get_model("auth", "Group").objects
    granted = [
        permission(apps, "contributions", model, codename, name)
        for model, named in (
            ("contribution", CONTRIBUTION_PERMISSIONS),
            ("cannedreply", REPLY_PERMISSIONS),
        )
        for codename, name in named.items()
    ]
    moderator, _created = groups.get_or_create(name=MODERATOR)
    moderator.permissions.add(
        permission(apps, "wagtailadmin", "admin", "access_admin", "Can access Wagtail admin")
    )
    for group in (moderator, *groups.filter(name__in=(EDITOR, REVIEWER))):
        group.permissions.add(*granted)

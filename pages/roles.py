"""What the groups of the knowledge side may do with the site's own records.

Invariant: as in ``knowledge.roles``: establishing again changes nothing and takes nothing away.
"""

from typing import Any

from knowledge.roles import ALL_ACTIONS, AUTHOR, EDITOR, REVIEWER, grant
from knowledge.workflow import assign_to_model, editorial_review

VOICE_MODELS = ("quote", "testimonial")
VOICE_ACTIONS = {
    AUTHOR: ("view",),
    EDITOR: (*ALL_ACTIONS, "publish", "lock", "unlock"),
    # The last approver publishes.
    REVIEWER: ("view", "change", "publish", "lock", "unlock"),
}
MENU_ACTIONS = {AUTHOR: ("view",), EDITOR: ALL_ACTIONS, REVIEWER: ("view",)}


def establish_site_roles(apps: Any) -> None:
    """Grant the three groups their permissions; quotes and testimonials get the workflow."""
    for role in (AUTHOR, EDITOR, REVIEWER):
        for model in VOICE_MODELS:
            grant(apps, role, "pages", model, VOICE_ACTIONS[role])
        grant(apps, role, "pages", "navigationmenu", MENU_ACTIONS[role])
    grant(apps, EDITOR, "pages", "hubsettings", ("change",))
    workflow = editorial_review(apps)
    for model in VOICE_MODELS:
        assign_to_model(apps, workflow, "pages", model)

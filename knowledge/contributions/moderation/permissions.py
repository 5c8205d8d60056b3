"""Who sees the moderation views."""

from wagtail.permission_policies import ModelPermissionPolicy

from knowledge.contributions.models import Contribution
from knowledge.contributions.transitions import PERMISSION

moderation_policy = ModelPermissionPolicy(Contribution)
MODERATE = ["moderate"]


def may_moderate(user) -> bool:
    """True for users who decide about contributions."""
    return user.has_perm(PERMISSION)

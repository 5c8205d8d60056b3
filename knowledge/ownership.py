"""Who may edit an entry: those who may change all, and its owner while allowed to add.

Invariant: the right to add never reaches an entry that someone else owns.
"""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from wagtail.permission_policies.base import ModelPermissionPolicy


class EntryPermissionPolicy(ModelPermissionPolicy):
    """Django's model permissions, with "add" including one's own, as Wagtail's pages have it."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """May ``user`` do ``action`` to at least one entry?"""
        return super().user_has_permission(user, action) or (
            action == "change" and super().user_has_permission(user, "add")
        )

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        """May ``user`` do ``action`` to this entry?"""
        return super().user_has_permission(user, action) or (
            action == "change"
            and instance.owner_id is not None
            and instance.owner_id == user.pk
            and super().user_has_permission(user, "add")
        )

    def user_has_any_permission_for_instance(
        self, user: Any, actions: list[str], instance: Any
    ) -> bool:
        return any(
            self.user_has_permission_for_instance(user, action, instance) for action in actions
        )

    def instances_user_has_any_permission_for(self, user: Any, actions: list[str]) -> QuerySet:
        if any(super(EntryPermissionPolicy, self).user_has_permission(user, a) for a in actions):
            return self.model._default_manager.all()
        if "change" in actions and super().user_has_permission(user, "add"):
            return self.model._default_manager.filter(owner_id=user.pk)
        return self.model._default_manager.none()

    def users_with_any_permission_for_instance(self, actions: list[str], instance: Any) -> QuerySet:
        users = super().users_with_any_permission(actions)
        owner = instance.owner
        if "change" in actions and owner and super().user_has_permission(owner, "add"):
            return get_user_model().objects.filter(Q(pk__in=users.values("pk")) | Q(pk=owner.pk))
        return users

"""What the admin may do with rows that only the machinery writes."""

from typing import Any

from wagtail.permissions import ModelPermissionPolicy


class LookingOnlyPolicy(ModelPermissionPolicy):
    """Whoever has any permission on the model may look; nobody adds or edits.

    ``deletable``: whether those with the permission may delete.
    """

    def __init__(self, model: type, *, deletable: bool = False) -> None:
        super().__init__(model)
        self.refused = {"add", "change"} if deletable else {"add", "change", "delete"}

    def user_has_permission(self, user: Any, action: str) -> bool:
        if action in self.refused:
            return False
        if action == "view":
            return user.is_active and any(
                user.has_perm(self._get_permission_name(name)) for name in ("view", "change")
            )
        return super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in {*actions, "view"})

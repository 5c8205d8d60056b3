"""Showing a draft in a front end, to whoever holds a token, and nothing else.

Invariant: a token shows one object, for an hour at most, only as long as the person who
made it may edit that object, and not after it was revoked. It opens no other draft.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy

from cms.publishing.models import PreviewGrant

HEADER = "X-Preview-Token"
LIFETIME = timedelta(hours=1)
MODE = "frontend"
_SALT = "lamplight.preview"


@dataclass(frozen=True, slots=True)
class Preview:
    """An object as its draft stands, for one request."""

    instance: Any
    model: type[models.Model]
    pk: int


def issue(*, user: Any, instance: Any, with_unsaved: bool = False) -> str:
    """A token for the draft of ``instance``; raises ``PermissionError`` without the right to edit.

    ``with_unsaved`` keeps the fields as they are in memory, as the admin's preview panel
    has them; otherwise the token shows the latest revision whenever it is used.
    """
    if not may_edit(user, instance):
        raise PermissionError
    PreviewGrant.objects.filter(expires_at__lte=timezone.now()).delete()
    grant = PreviewGrant.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(type(instance), for_concrete_model=False),
        object_id=instance.pk,
        content=instance.serializable_data() if with_unsaved else None,
        expires_at=timezone.now() + LIFETIME,
    )
    return signing.dumps(str(grant.pk), salt=_SALT)


def redeem(token: str) -> Preview | None:
    """What ``token`` shows now, or None: forged, expired, revoked, or no longer permitted."""
    try:
        grant_id = signing.loads(token, salt=_SALT, max_age=LIFETIME)
    except signing.BadSignature:
        return None
    grant = (
        PreviewGrant.objects.select_related("user", "content_type")
        .filter(pk=grant_id, revoked_at=None, expires_at__gt=timezone.now())
        .first()
    )
    model = grant.content_type.model_class() if grant else None
    stored: Any = (
        model._default_manager.filter(pk=grant.object_id).first() if grant and model else None
    )
    if grant is None or stored is None or not may_edit(grant.user, stored):
        return None
    if grant.content is not None:
        instance = stored.with_content_json(grant.content)
    else:
        instance = stored.get_latest_revision_as_object()
    return Preview(instance=instance, model=type(stored), pk=stored.pk)


def revoke(*, user: Any, instance: Any) -> int:
    """End every token for ``instance``; returns how many there were."""
    if not may_edit(user, instance):
        raise PermissionError
    return PreviewGrant.objects.filter(
        content_type=ContentType.objects.get_for_model(type(instance), for_concrete_model=False),
        object_id=instance.pk,
        revoked_at=None,
    ).update(revoked_at=timezone.now())


def may_edit(user: Any, instance: Any) -> bool:
    """True when the user may see the drafts of ``instance`` in the admin."""
    if not user.is_active or not user.has_perm("wagtailadmin.access_admin"):
        return False
    if isinstance(instance, Page):
        return instance.permissions_for_user(user).can_edit()
    return permission_policy(type(instance)).user_has_any_permission_for_instance(
        user, ["change", "publish"], instance
    )


def permission_policy(model: type[models.Model]) -> ModelPermissionPolicy:
    """The model's own policy, as its admin uses it; Django's permissions where it has none."""
    own = getattr(model, "permission_policy_class", ModelPermissionPolicy)
    return own(model)


class FrontendPreviewMixin:
    """Adds the configured front end to the admin's preview panel.

    The setting LAMPLIGHT_PREVIEW_URL is the address to show, with ``{token}``, ``{path}``
    and ``{locale}`` filled in; without it there is nothing to add.
    """

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        modes = list(super().preview_modes)  # type: ignore[misc] # of Wagtail's PreviewableMixin
        # What was never saved cannot be asked for.
        if not settings.LAMPLIGHT_PREVIEW_URL or not self.pk:  # type: ignore[attr-defined] # of Model
            return modes
        return [*modes, (MODE, _("Front end"))]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        if mode_name != MODE:
            return super().serve_preview(request, mode_name)  # type: ignore[misc] # as above
        token = issue(user=request.user, instance=self, with_unsaved=True)
        path = getattr(self, "path_on_site", None) or getattr(self, "path", "") or ""
        address = settings.LAMPLIGHT_PREVIEW_URL.format(
            token=quote(token, safe=""),
            path=quote(path, safe="/"),
            locale=self.locale.language_code,  # type: ignore[attr-defined] # of TranslatableMixin
        )
        response = HttpResponseRedirect(address)
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        return response

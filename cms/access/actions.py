"""What staff do with keys: issue, rotate, revoke. Each is written to the audit log."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from cms.access.models import DEFAULT_OVERLAP, ApiKey


def issue_key(*, key: ApiKey, by: Any) -> str:
    """Save a new key; returns its text, which nobody can ask for again."""
    require(by, "add_apikey")
    with transaction.atomic():
        key.created_by = by
        token = key.issue()
        key.full_clean()
        key.save()
        log(instance=key, action="lamplight.api_key.issue", user=by)
    return token


def rotate_key(*, key: ApiKey, by: Any, overlap: timedelta = DEFAULT_OVERLAP) -> tuple[ApiKey, str]:
    """Issue a successor with the same rights; the old key works for ``overlap`` longer."""
    require(by, "change_apikey")
    with transaction.atomic():
        old = ApiKey.objects.select_for_update().get(pk=key.pk)
        successor = ApiKey(
            name=old.name,
            contact=old.contact,
            kinds=old.kinds,
            technologies=old.technologies,
            per_minute=old.per_minute,
            per_day=old.per_day,
            rotated_from=old,
            created_by=by,
        )
        token = successor.issue()
        successor.save()
        end = timezone.now() + overlap
        if old.expires_at is None or old.expires_at > end:
            old.expires_at = end
            old.save(update_fields=["expires_at"])
        log(instance=old, action="lamplight.api_key.rotate", user=by)
    return successor, token


def revoke_key(*, key: ApiKey, by: Any) -> None:
    """Close the door for this key, now and for good."""
    require(by, "change_apikey")
    with transaction.atomic():
        if ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=timezone.now()):
            log(instance=key, action="lamplight.api_key.revoke", user=by)
    key.refresh_from_db()


def require(user: Any, permission: str) -> None:
    """Raise ``PermissionDenied`` unless the user has the permission on keys."""
    if not user.has_perm(f"access.{permission}"):
        raise PermissionDenied

"""Quotas by day and the record of use.

Invariant: a request is counted before it is answered, in one statement, so parallel
requests cannot share the last one of a quota.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cms.access.models import ApiKey, ApiKeyUsage

LAST_USE_PRECISION = timedelta(minutes=1)


def count_request(key: ApiKey) -> int:
    """Count one request of today; returns today's number including this one."""
    today = datetime.now(UTC).date()
    with transaction.atomic():
        rows = ApiKeyUsage.objects.filter(key=key, day=today)
        if not rows.update(requests=F("requests") + 1):
            ApiKeyUsage.objects.get_or_create(key=key, day=today)
            rows.update(requests=F("requests") + 1)
        used = rows.values_list("requests", flat=True).get()
        now = timezone.now()
        if key.last_used_at is None or now - key.last_used_at > LAST_USE_PRECISION:
            ApiKey.objects.filter(pk=key.pk).update(last_used_at=now)
            key.last_used_at = now
    return used


def count_refusal(key: ApiKey) -> None:
    """Count one request that was over a limit."""
    today = datetime.now(UTC).date()
    ApiKeyUsage.objects.filter(key=key, day=today).update(refused=F("refused") + 1)


def usage_by_day(key: ApiKey, days: int = 30) -> list[dict[str, Any]]:
    """The last ``days`` days on which the key was used, newest first."""
    since = datetime.now(UTC).date() - timedelta(days=days)
    return list(
        ApiKeyUsage.objects.filter(key=key, day__gt=since).values("day", "requests", "refused")
    )

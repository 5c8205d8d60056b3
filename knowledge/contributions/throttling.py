"""Budgets per sender, counted in the database.

Invariant: senders are counted under a keyed hash that changes every day, so the table
tells nobody who they are.
"""

import hashlib
import hmac
import time

from django.conf import settings
from django.db import transaction
from django.db.models import F

from knowledge.contributions.errors import ThrottledError
from knowledge.contributions.models import ThrottleBucket

MINUTE = 60
DAY = 24 * 3600


def sender_hash(sender: str, day: int) -> str:
    """A keyed hash that changes every day: the same sender cannot be followed to the next."""
    key = f"{settings.SECRET_KEY}:throttle:{day}".encode()
    return hmac.new(key, sender.encode(errors="replace"), hashlib.sha256).hexdigest()


def spend(scope: str, sender: str, *, limit: int, seconds: int, ahead: int = 0) -> None:
    """Count one use of ``scope`` by ``sender``. Raises ``ThrottledError`` above ``limit``.

    Inside a transaction the count goes with it: a use that is rolled back is not counted.
    ``ahead``: so many windows after the present one, for what will be done only then.
    """
    now = time.time() + ahead * seconds
    bucket = {
        "scope": scope,
        "sender_hash": sender_hash(sender, int(now // DAY)),
        "seconds": seconds,
        "window": int(now // seconds),
    }
    # The row stays locked from the update to the look at it, so each sees a count of its own.
    with transaction.atomic():
        if not ThrottleBucket.objects.filter(**bucket).update(count=F("count") + 1):
            ThrottleBucket.objects.get_or_create(**bucket)
            ThrottleBucket.objects.filter(**bucket).update(count=F("count") + 1)
        count = ThrottleBucket.objects.values_list("count", flat=True).get(**bucket)
    if count > limit:
        raise ThrottledError(retry_after(now, seconds))


def check(scope: str, sender: str, *, limit: int, seconds: int) -> None:
    """Raise ``ThrottledError`` when ``limit`` is reached, without counting."""
    now = time.time()
    used = ThrottleBucket.objects.filter(
        scope=scope,
        sender_hash=sender_hash(sender, int(now // DAY)),
        seconds=seconds,
        window=int(now // seconds),
        count__gte=limit,
    )
    if used.exists():
        raise ThrottledError(retry_after(now, seconds))


def retry_after(now: float, seconds: int) -> int:
    """Seconds until the present window ends, at least one."""
    return max(1, int(seconds - now % seconds))


def count_refusal(sender: str) -> None:
    """Count an input that was refused, so that probing has an end too."""
    with transaction.atomic():
        try:
            spend(
                "refused", sender, limit=settings.CONTRIBUTION_REFUSALS_PER_MINUTE, seconds=MINUTE
            )
        except ThrottledError:
            # The next attempt is turned away by ``check``; this one gets its own answer.
            return


def forget_old_buckets() -> int:
    """Remove counts whose window has passed; returns how many."""
    now = time.time()
    deleted = 0
    for seconds in (MINUTE, DAY):
        rows = ThrottleBucket.objects.filter(seconds=seconds, window__lt=int(now // seconds))
        deleted += rows.delete()[0]
    return deleted

"""Who works on a delivery: taken with a lease, given back with a result.

Invariant: a result counts only while the claim it was made under still holds, so two
workers never record one delivery twice, and a dead worker's deliveries come free.
"""

import uuid
from datetime import timedelta
from typing import TypeVar

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cms.notifications.models import Delivery
from cms.notifications.models.delivery import DeliveryQuerySet
from cms.notifications.retry import next_wait

DeliveryType = TypeVar("DeliveryType", bound=Delivery)


def claim_due(due: DeliveryQuerySet, most: int) -> list:
    """Take up to ``most`` of the ``due`` deliveries for this process.

    The attempt is counted here: a delivery that kills its worker runs out of attempts too.
    """
    # Looked at first without a lock: an idle worker must not take the write lock.
    if most <= 0 or not due.exists():
        return []
    token = uuid.uuid4().hex
    now = timezone.now()
    with transaction.atomic():
        # SQLite has one writer at a time; there the clause is left out, and not needed.
        rows = list(
            due.select_for_update(skip_locked=True, of=("self",)).order_by("due_at", "pk")[:most]
        )
        for row in rows:
            row.claim = token
            row.leased_until = now + timedelta(seconds=settings.NOTIFICATIONS_LEASE_SECONDS)
            row.attempts += 1
        due.model.objects.bulk_update(rows, ["claim", "leased_until", "attempts"])
    return rows


def mark_delivered(row: Delivery, **fields: object) -> bool:
    """Record the success of a claimed delivery; False when the claim was lost."""
    return finish(
        row,
        state=Delivery.State.DELIVERED,
        delivered_at=timezone.now(),
        last_error="",
        **fields,
    )


def mark_failed(
    row: Delivery, reason: str, *, permanent: bool = False, asked: int | None = None
) -> bool:
    """Record a failure: another time for it, or the dead letters; False when the claim was lost."""
    wait = None if permanent else next_wait(row.attempts, asked=asked)
    if wait is None:
        return finish(row, state=Delivery.State.DEAD, last_error=reason[:200])
    return finish(row, due_at=timezone.now() + wait, last_error=reason[:200])


def give_back(row: Delivery) -> bool:
    """Undo a claim that was not used: the worker is stopping."""
    return finish(row, attempts=row.attempts - 1)


def finish(row: Delivery, **fields: object) -> bool:
    mine = type(row).objects.filter(pk=row.pk, claim=row.claim, state=Delivery.State.PENDING)
    return bool(mine.update(claim="", leased_until=None, **fields))


def send_again(deliveries: DeliveryQuerySet) -> int:
    """Queue deliveries anew, with all their attempts before them; returns how many.

    Meant for dead letters and for replaying what was delivered; what a worker holds at
    the moment is left to it.
    """
    return deliveries.filter(leased_until__isnull=True).update(
        state=Delivery.State.PENDING,
        attempts=0,
        due_at=timezone.now(),
        delivered_at=None,
        claim="",
    )

"""What is kept how long.

Invariant: an event is forgotten only after everybody was told, and the change feed
knows up to where it has forgotten.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from cms.notifications.models import (
    AlertRequest,
    Delivery,
    LogPosition,
    OutgoingMail,
    WebhookDelivery,
)
from cms.publishing.models import PublicationEvent

MOST_EVENTS = 10_000


def forget_old() -> None:
    """Remove what is past its time: finished deliveries, unconfirmed requests, old events."""
    now = timezone.now()
    old = now - timedelta(days=settings.NOTIFICATIONS_KEEP_DAYS)
    for model in (OutgoingMail, WebhookDelivery):
        finished = model.objects.exclude(state=Delivery.State.PENDING).filter(created_at__lt=old)
        if finished.exists():
            finished.delete()
    unconfirmed = AlertRequest.objects.filter(
        created_at__lt=now - timedelta(hours=settings.ALERT_CONFIRM_HOURS)
    )
    if unconfirmed.exists():
        unconfirmed.delete()
    forget_old_events()


def forget_old_events() -> int:
    """Remove events past PUBLICATION_EVENT_KEEP_DAYS that have been told; returns how many."""
    limit = timezone.now() - timedelta(days=settings.PUBLICATION_EVENT_KEEP_DAYS)
    told = LogPosition.of(LogPosition.TOLD)
    old = PublicationEvent.objects.filter(sequence__lte=told, occurred_at__lt=limit)
    last = old.order_by("sequence")[:MOST_EVENTS].aggregate(last=Max("sequence"))["last"]
    if last is None:
        return 0
    with transaction.atomic():
        position = LogPosition.locked(LogPosition.PRUNED)
        # By number, not by time: a clock set back must not leave holes in the log.
        count, _ = PublicationEvent.objects.filter(sequence__lte=min(last, told)).delete()
        position.sequence = max(position.sequence, last)
        position.save(update_fields=["sequence"])
    return count

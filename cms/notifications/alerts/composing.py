"""From waiting items to a mail.

Invariant: a mail is written and its items are removed in one transaction, so an item is
told once; what is no longer public is not told.
"""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils import timezone

from cms.notifications.alerts.mails import queue_alert
from cms.notifications.alerts.schedule import last_boundary
from cms.notifications.catalogue import RecordFacts, catalogue
from cms.notifications.models import AlertItem, AlertSubscription, Frequency

logger = logging.getLogger("lamplight.notifications")


def compose_due_alerts() -> int:
    """Write the mails that are due; returns how many subscribers were dealt with."""
    if not AlertItem.objects.exists():
        return 0
    count = 0
    for subscription_id in list(due_subscriptions(timezone.now())):
        try:
            compose(subscription_id)
        except DatabaseError:
            raise
        except Exception:
            # One subscriber's mail that cannot be written must not hold up the others'.
            logger.exception("The alert of subscription %s was not written.", subscription_id)
        else:
            count += 1
    return count


def due_subscriptions(now: datetime) -> Iterator[int]:
    """Ids of subscribers with items whose frequency allows a mail at ``now``."""
    local = timezone.localtime(now)
    hour = settings.ALERT_DIGEST_HOUR
    since = {
        Frequency.INSTANT: now - timedelta(minutes=settings.ALERT_INSTANT_MINUTES),
        Frequency.DAILY: last_boundary(local, hour=hour, weekly=False),
        Frequency.WEEKLY: last_boundary(local, hour=hour, weekly=True),
    }
    allowed = Q()
    for frequency, moment in since.items():
        # Never written to yet: an instant alert goes out at once, a digest at its hour.
        waiting = Q(last_sent_at__lt=moment)
        if frequency is Frequency.INSTANT:
            waiting |= Q(last_sent_at__isnull=True)
        else:
            waiting |= Q(last_sent_at__isnull=True, confirmed_at__lt=moment)
        allowed |= Q(waiting, frequency=frequency)
    having = AlertItem.objects.values("subscription")
    return (
        AlertSubscription.objects.filter(allowed, pk__in=having)
        .order_by("pk")
        .values_list("pk", flat=True)
        .iterator()
    )


def compose(subscription_id: int) -> None:
    """Write one mail about everything waiting for the subscriber."""
    with transaction.atomic():
        # Locked: two workers must not write the same news twice.
        subscription = (
            AlertSubscription.objects.select_for_update().filter(pk=subscription_id).first()
        )
        if subscription is None:
            return
        items = list(subscription.items.all())
        if not items:
            return
        news, changes = sort_out(items)
        if news or changes:
            queue_alert(subscription, news, changes, last_sequence=items[-1].sequence)
            subscription.last_sent_at = timezone.now()
            subscription.save(update_fields=["last_sent_at"])
        subscription.items.filter(pk__in=[item.pk for item in items]).delete()


def sort_out(items: list[AlertItem]) -> tuple[list[RecordFacts], list[RecordFacts]]:
    """New and changed records, each once, the latest first, those still public."""
    facts = catalogue().describe({item.object_id for item in items})
    new = {item.object_id for item in items if item.action == "PUBLISHED"}
    latest = list(dict.fromkeys(item.object_id for item in reversed(items)))
    return (
        [facts[pk] for pk in latest if pk in facts and pk in new],
        [facts[pk] for pk in latest if pk in facts and pk not in new],
    )

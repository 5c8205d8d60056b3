"""From the event log to a row for everybody who is to be told.

Invariant: the position in the log moves in the transaction that writes the rows, so
every event is told to everybody once, in order, and none is skipped: the log has its
numbers in the order of commit.
"""

from django.db import transaction

from cms.notifications.catalogue import RecordFacts, catalogue
from cms.notifications.matching import wants
from cms.notifications.models import (
    AlertItem,
    AlertSubscription,
    LogPosition,
    WebhookDelivery,
    WebhookEndpoint,
)
from cms.notifications.payload import event_body
from cms.publishing.models import PublicationEvent

BATCH = 200
ROWS = 1000


def tell_everybody() -> int:
    """Deal with all events that have not been told yet; returns how many."""
    told = 0
    while count := tell_next():
        told += count
    return told


def tell_next() -> int:
    """Deal with the next events in one transaction; returns how many, 0 when up to date."""
    # Looked at first without a lock: an idle worker must not take the write lock.
    if not PublicationEvent.objects.filter(sequence__gt=LogPosition.of(LogPosition.TOLD)).exists():
        return 0
    with transaction.atomic():
        position = LogPosition.locked(LogPosition.TOLD)
        events = list(
            PublicationEvent.objects.filter(sequence__gt=position.sequence).order_by("sequence")[
                :BATCH
            ]
        )
        if not events:
            return 0
        write_webhook_deliveries(events)
        write_alert_items(events)
        position.sequence = events[-1].sequence
        position.save(update_fields=["sequence"])
    return len(events)


def write_webhook_deliveries(events: list[PublicationEvent]) -> None:
    """A delivery for every endpoint that takes the kind and existed when it happened."""
    endpoints = list(WebhookEndpoint.objects.all())
    if not endpoints:
        return
    bodies = {event.sequence: body_of(event) for event in events}
    WebhookDelivery.objects.bulk_create(
        (
            WebhookDelivery(endpoint=endpoint, sequence=event.sequence, body=bodies[event.sequence])
            for event in events
            for endpoint in endpoints
            if (not endpoint.kinds or event.kind in endpoint.kinds)
            and event.occurred_at >= endpoint.created_at
        ),
        batch_size=ROWS,
        ignore_conflicts=True,
    )


def body_of(event: PublicationEvent) -> str:
    return event_body(
        sequence=event.sequence,
        action=event.action,
        kind=event.kind,
        public_id=catalogue().public_id(event.kind, event.object_id),
        code=event.code,
        locale=event.locale,
        content_hash=event.content_hash,
        occurred_at=event.occurred_at,
    )


def write_alert_items(events: list[PublicationEvent]) -> None:
    """An item for every subscriber who wants the event."""
    telling = [event for event in events if event.action in ("PUBLISHED", "UPDATED")]
    if not telling or not AlertSubscription.objects.exists():
        return
    facts = catalogue().describe({event.object_id for event in telling})
    rows: list[AlertItem] = []
    for subscription in AlertSubscription.objects.order_by("pk").iterator(ROWS):
        rows += items_for(subscription, telling, facts)
        if len(rows) >= ROWS:
            AlertItem.objects.bulk_create(rows, ignore_conflicts=True)
            rows = []
    AlertItem.objects.bulk_create(rows, ignore_conflicts=True)


def items_for(
    subscription: AlertSubscription,
    events: list[PublicationEvent],
    facts: dict[int, RecordFacts],
) -> list[AlertItem]:
    """The items of one subscriber. What has been withdrawn since is not told."""
    return [
        AlertItem(
            subscription=subscription,
            sequence=event.sequence,
            object_id=event.object_id,
            action=event.action,
        )
        for event in events
        if event.object_id in facts
        and event.occurred_at >= subscription.confirmed_at
        and wants(
            subscription,
            action=event.action,
            locale=event.locale,
            facts=facts[event.object_id],
        )
    ]

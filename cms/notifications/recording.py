"""What an attempt's outcome means for the delivery, and for the endpoint behind it."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cms.notifications.channels.outcome import Outcome
from cms.notifications.claims import mark_delivered, mark_failed
from cms.notifications.models import (
    OutgoingMail,
    WebhookAttempt,
    WebhookDelivery,
    WebhookEndpoint,
)


def record_mail(mail: OutgoingMail, outcome: Outcome) -> None:
    """Store how sending a mail ended; a delivered mail's text is forgotten."""
    if outcome.delivered:
        mark_delivered(mail, text="", html="", headers={})
    else:
        mark_failed(mail, outcome.reason, permanent=outcome.permanent)


def record_call(delivery: WebhookDelivery, outcome: Outcome) -> None:
    """Store how a call ended, in the delivery, its log and its endpoint."""
    with transaction.atomic():
        WebhookAttempt.objects.create(
            delivery=delivery,
            status=outcome.status,
            outcome="delivered" if outcome.delivered else outcome.reason[:200],
            milliseconds=outcome.milliseconds,
        )
        if outcome.delivered:
            mark_delivered(delivery)
            note_success(delivery.endpoint_id)
        else:
            mark_failed(
                delivery, outcome.reason, permanent=outcome.permanent, asked=outcome.retry_after
            )
            note_failure(delivery.endpoint_id, gone=outcome.gone)


def note_success(endpoint_id: int) -> None:
    WebhookEndpoint.objects.filter(pk=endpoint_id, failing_since__isnull=False).update(
        failing_since=None
    )


def note_failure(endpoint_id: int, *, gone: bool) -> None:
    """Remember since when the endpoint fails; switch it off when it is hopeless."""
    now = timezone.now()
    endpoint = WebhookEndpoint.objects.filter(pk=endpoint_id)
    endpoint.filter(failing_since__isnull=True).update(failing_since=now)
    days = settings.WEBHOOK_GIVE_UP_DAYS
    if gone:
        endpoint.update(active=False, switched_off_because="It answered 410 Gone.")
    else:
        endpoint.filter(active=True, failing_since__lte=now - timedelta(days=days)).update(
            active=False, switched_off_because=f"It failed for {days} days."
        )

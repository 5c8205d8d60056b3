"""Mails, webhooks, alert subscriptions, and how far the event log has been told."""

from cms.notifications.models.alerts import (
    AlertChoices,
    AlertItem,
    AlertRequest,
    AlertSubscription,
    Frequency,
)
from cms.notifications.models.delivery import Delivery
from cms.notifications.models.mail import OutgoingMail
from cms.notifications.models.position import LogPosition
from cms.notifications.models.webhooks import (
    WebhookAttempt,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookSecret,
)

__all__ = [
    "AlertChoices",
    "AlertItem",
    "AlertRequest",
    "AlertSubscription",
    "Delivery",
    "Frequency",
    "LogPosition",
    "OutgoingMail",
    "WebhookAttempt",
    "WebhookDelivery",
    "WebhookEndpoint",
    "WebhookSecret",
]

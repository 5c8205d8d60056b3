"""Mails, webhooks, alert subscriptions, and how far the event log has been told."""

from cms.notifications.models.delivery import Delivery
from cms.notifications.models.mail import OutgoingMail

__all__ = [
    "Delivery",
    "OutgoingMail",
]

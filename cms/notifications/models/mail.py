"""The outbox of mails.

Invariant: a mail is written in the transaction that gives the reason for it, and its
text is forgotten once it has been handed over.
"""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.notifications.models.delivery import Delivery


class OutgoingMail(Delivery):
    """One mail to one recipient. ``message_id`` is the same at every attempt."""

    recipient = models.EmailField(_("recipient"), max_length=254)
    subject = models.CharField(_("subject"), max_length=255)
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(_("HTML"), blank=True)
    headers = models.JSONField(default=dict, blank=True)
    purpose = models.CharField(_("purpose"), max_length=40)
    unique_key = models.CharField(max_length=120, null=True, unique=True)  # noqa: DJ001 - many rows have none
    message_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta(Delivery.Meta):
        verbose_name = _("mail")
        verbose_name_plural = _("mails")

    def __str__(self) -> str:
        return f"{self.subject} → {self.recipient}"

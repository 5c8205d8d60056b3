"""People who asked to be told by mail.

Invariant: nobody is subscribed who has not confirmed from their own mailbox, and a
request changes nothing about an existing subscription until it is confirmed.
"""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Frequency(models.TextChoices):
    """How often a subscriber gets a mail, at most."""

    INSTANT = "INSTANT", _("As it happens")
    DAILY = "DAILY", _("Daily")
    WEEKLY = "WEEKLY", _("Weekly")


class AlertChoices(models.Model):
    """What to be told about. Empty lists mean everything."""

    address = models.EmailField(_("address"), max_length=254)
    kinds = models.JSONField(_("kinds"), default=list, blank=True)
    technologies = models.JSONField(_("technologies"), default=list, blank=True)
    topics = models.JSONField(_("topics"), default=list, blank=True)
    frequency = models.CharField(
        _("frequency"), max_length=8, choices=Frequency.choices, default=Frequency.WEEKLY
    )
    include_updates = models.BooleanField(_("changes too"), default=False)
    locale = models.CharField(_("language"), max_length=16)

    class Meta:
        abstract = True

    def choices(self) -> dict[str, object]:
        """What was chosen, without the address."""
        names = ("kinds", "technologies", "topics", "frequency", "include_updates", "locale")
        return {name: getattr(self, name) for name in names}


class AlertRequest(AlertChoices):
    """Somebody typed an address; whoever reads its mail may confirm."""

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    requester = models.CharField(max_length=32, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["address", "created_at"], name="alert_request_by_address"),
            models.Index(fields=["requester", "created_at"], name="alert_request_by_requester"),
            models.Index(fields=["created_at"], name="alert_request_by_age"),
        ]

    def __str__(self) -> str:
        return f"request {self.pk}"


class AlertSubscription(AlertChoices):
    """A confirmed subscriber. Unsubscribing deletes the row: nothing of the person stays."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed at"), default=timezone.now, editable=False)
    last_sent_at = models.DateTimeField(_("last mail"), null=True, editable=False)

    class Meta:
        verbose_name = _("alert subscription")
        verbose_name_plural = _("alert subscriptions")
        ordering = ["-confirmed_at"]
        constraints = [
            models.UniqueConstraint(fields=["address"], name="one_subscription_per_address")
        ]

    def __str__(self) -> str:
        return self.address


class AlertItem(models.Model):
    """An event a subscriber is to be told about; gone once the mail is written."""

    subscription = models.ForeignKey(
        AlertSubscription, on_delete=models.CASCADE, related_name="items"
    )
    sequence = models.BigIntegerField()
    object_id = models.BigIntegerField()
    action = models.CharField(max_length=16)

    class Meta:
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["subscription", "sequence"], name="one_alert_per_subscription_and_event"
            )
        ]

    def __str__(self) -> str:
        return f"{self.sequence} for {self.subscription_id}"

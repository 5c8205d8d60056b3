"""Partner sites that want to be called, their secrets, and what was sent to them.

Invariant: one delivery per endpoint and event; its body and its id never change, so a
receiver can tell a repeated call from a new one.
"""

import base64
import json
import secrets
import uuid
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.notifications.addresses import RefusedUrlError
from cms.notifications.http import check_url
from cms.notifications.models.delivery import Delivery


class WebhookEndpoint(models.Model):
    """An address that is called when something public changes."""

    name = models.CharField(_("name"), max_length=120, help_text=_("Who it belongs to."))
    url = models.CharField(
        _("URL"),
        max_length=2000,
        help_text=_("https only, port 443, a public address. Redirects are not followed."),
    )
    kinds = models.JSONField(
        _("kinds"), default=list, blank=True, help_text=_("None chosen means every kind.")
    )
    active = models.BooleanField(
        _("active"), default=True, help_text=_("Calls wait while it is switched off.")
    )
    failing_since = models.DateTimeField(_("failing since"), null=True, editable=False)
    switched_off_because = models.CharField(max_length=200, blank=True, editable=False)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("webhook endpoint")
        verbose_name_plural = _("webhook endpoints")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        try:
            check_url(self.url)
        except RefusedUrlError as refusal:
            raise ValidationError({"url": str(refusal)}) from None

    def live_secrets(self) -> list["WebhookSecret"]:
        """The secrets calls are signed with now, the newest first."""
        return list(self.secrets.live().order_by("-pk"))


class WebhookSecretQuerySet(models.QuerySet):
    """Secrets by whether they still sign."""

    def live(self):
        return self.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now()))


class WebhookSecret(models.Model):
    """What calls to one endpoint are signed with; shown once, when it is made."""

    endpoint = models.ForeignKey(WebhookEndpoint, on_delete=models.CASCADE, related_name="secrets")
    value = models.CharField(max_length=80, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(null=True, editable=False)

    objects = WebhookSecretQuerySet.as_manager()

    def __str__(self) -> str:
        return f"secret {self.pk} of {self.endpoint_id}"

    @classmethod
    def rotate(cls, endpoint: WebhookEndpoint) -> str:
        """A new secret for ``endpoint``, returned as the text to show once.

        The one before stays valid for WEBHOOK_SECRET_OVERLAP_HOURS, any older one ends
        now: never more than two sign at a time.
        """
        value = "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
        now = timezone.now()
        with transaction.atomic():
            WebhookEndpoint.objects.select_for_update().get(pk=endpoint.pk)
            live = list(cls.objects.filter(endpoint=endpoint).live().order_by("-pk"))
            for position, secret in enumerate(live):
                overlap = timedelta(hours=settings.WEBHOOK_SECRET_OVERLAP_HOURS)
                secret.expires_at = now if position else now + overlap
                secret.save(update_fields=["expires_at"])
            cls.objects.create(endpoint=endpoint, value=value)
        return value


def new_message_id() -> str:
    return f"msg_{uuid.uuid4().hex}"


class WebhookDelivery(Delivery):
    """One event for one endpoint. ``sequence`` is null for a test call."""

    endpoint = models.ForeignKey(
        WebhookEndpoint, on_delete=models.CASCADE, related_name="deliveries", editable=False
    )
    sequence = models.BigIntegerField(_("event"), null=True, editable=False)
    message_id = models.CharField(
        _("message id"), max_length=40, default=new_message_id, unique=True, editable=False
    )
    body = models.TextField(_("body"), editable=False)

    class Meta(Delivery.Meta):
        verbose_name = _("webhook delivery")
        verbose_name_plural = _("webhook deliveries")
        constraints = [
            models.UniqueConstraint(
                fields=["endpoint", "sequence"], name="one_delivery_per_endpoint_and_event"
            )
        ]

    def __str__(self) -> str:
        return f"{self.message_id} → {self.endpoint}"

    @property
    def about(self) -> str:
        """What it says, for people: ``entry.published FAPI-MID-003``."""
        said = json.loads(self.body)
        return f"{said.get('type', '')} {said.get('data', {}).get('code', '')}".strip()


class WebhookAttempt(models.Model):
    """One call and how it ended. Nothing of the answer's body is kept."""

    delivery = models.ForeignKey(
        WebhookDelivery, on_delete=models.CASCADE, related_name="attempt_log"
    )
    made_at = models.DateTimeField(default=timezone.now)
    status = models.PositiveSmallIntegerField(null=True)
    outcome = models.CharField(max_length=200)
    milliseconds = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M:%S} {self.outcome}"

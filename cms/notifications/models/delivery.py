"""What everything that leaves the house has in common: a state, attempts, a claim.

Invariant: a row is PENDING until somebody outside has accepted it, so a process that
dies at any moment loses nothing; it may send twice, never not at all.
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DeliveryQuerySet(models.QuerySet):
    """Deliveries by what has to be done about them."""

    def pending(self):
        return self.filter(state=Delivery.State.PENDING)

    def due(self):
        """Pending, its time has come, and no living worker holds it."""
        now = timezone.now()
        free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
        return self.pending().filter(free, due_at__lte=now)

    def dead(self):
        return self.filter(state=Delivery.State.DEAD)


class Delivery(models.Model):
    """One thing to be handed to somebody outside, at least once."""

    class State(models.TextChoices):
        PENDING = "PENDING", _("Pending")
        DELIVERED = "DELIVERED", _("Delivered")
        DEAD = "DEAD", _("Given up")

    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.PENDING, editable=False
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0, editable=False)
    due_at = models.DateTimeField(_("due at"), default=timezone.now, editable=False)
    claim = models.CharField(max_length=32, blank=True, editable=False)
    leased_until = models.DateTimeField(null=True, editable=False)
    last_error = models.CharField(_("last error"), max_length=200, blank=True, editable=False)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    delivered_at = models.DateTimeField(_("delivered at"), null=True, editable=False)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="PENDING"), name="%(class)s_due"),
            models.Index(fields=["state", "created_at"], name="%(class)s_by_state"),
        ]

    @property
    def is_dead(self) -> bool:
        return self.state == self.State.DEAD

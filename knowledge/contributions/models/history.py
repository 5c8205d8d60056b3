"""What happened to a contribution, what reviewers noted, and replies they use again.

Invariant: the history is append-only.
"""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledge.contributions.kinds import STATE_CHOICES, ReplyPurpose
from knowledge.contributions.models.contribution import Contribution


class ContributionEvent(models.Model):
    """One step: who did what, and what was said to or by the contributor."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="events")
    action = models.CharField(max_length=20)
    state = models.CharField(max_length=16, choices=STATE_CHOICES)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    message = models.TextField(blank=True)
    occurred_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["occurred_at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.action} → {self.state}"


class Note(models.Model):
    """What a reviewer tells other reviewers; no one else ever sees it."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.TextField()
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["written_at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"Note {self.pk}"


class CannedReply(models.Model):
    """A text for contributors that reviewers use again."""

    purpose = models.CharField(
        _("purpose"), max_length=8, choices=ReplyPurpose.choices, default=ReplyPurpose.DECLINE
    )
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"), max_length=4000)

    class Meta:
        verbose_name = _("canned reply")
        verbose_name_plural = _("canned replies")
        ordering = ["purpose", "title"]

    def __str__(self) -> str:
        return self.title

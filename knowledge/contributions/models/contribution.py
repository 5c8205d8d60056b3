"""A proposal and where it stands.

Invariant: no row here names or reaches its sender; that is in ``Contributor``.
"""

import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledge.contributions.kinds import STATE_CHOICES, ContributionKind
from knowledge.contributions.states import OPEN_STATES, State
from knowledge.models import Entry, Technology

_STATUS_SALT = "contributions.status"
# No letters or digits that are read for one another over the telephone.
_REFERENCE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_reference() -> str:
    """A short name for talking about a contribution: ``C-7F3K9QHM``."""
    return "C-" + "".join(secrets.choice(_REFERENCE_LETTERS) for _position in range(8))


class ContributionQuerySet(models.QuerySet):
    """Selections of the moderation queue."""

    def unanswered(self):
        """Those a reviewer has to do something about."""
        return self.filter(state__in=[State.RECEIVED, State.IN_REVIEW])

    def awaiting_anyone(self):
        """Those no one has claimed."""
        return self.filter(state=State.RECEIVED)

    def claimed_by(self, user):
        """Open ones that ``user`` works on."""
        return self.filter(state__in=OPEN_STATES, claimed_by=user)


class Contribution(models.Model):
    """A question, error, snippet, solution, correction or testimonial from outside."""

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    kind = models.CharField(_("kind"), max_length=16, choices=ContributionKind.choices)
    state = models.CharField(
        _("state"), max_length=16, choices=STATE_CHOICES, default=State.RECEIVED
    )
    title = models.CharField(_("title"), max_length=500)
    locale = models.CharField(max_length=16)
    technology = models.ForeignKey(
        Technology,
        verbose_name=_("technology"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    fields = models.JSONField(default=dict)
    edited_fields = models.JSONField(default=dict, blank=True)
    masked = models.JSONField(default=list, blank=True)
    shown_duplicates = models.JSONField(default=list, blank=True)
    likely_duplicates = models.JSONField(default=list, blank=True)

    target = models.ForeignKey(
        Entry, null=True, blank=True, on_delete=models.SET_NULL, related_name="contributions"
    )
    target_part = models.CharField(max_length=40, blank=True)
    base_text = models.TextField(blank=True)

    spam_score = models.PositiveIntegerField(_("spam score"), default=0)
    spam_reasons = models.JSONField(default=list, blank=True)
    form_nonce = models.CharField(max_length=32, blank=True, db_index=True)
    text_hash = models.CharField(max_length=64, db_index=True)

    licence = models.CharField(max_length=64)
    submitted_at = models.DateTimeField(_("submitted"), default=timezone.now, db_index=True)
    changed_at = models.DateTimeField(default=timezone.now)

    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("claimed by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    claimed_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    # What the contributor is told: the open question, or the reason of the decision.
    message = models.TextField(blank=True)
    duplicate_of = models.ForeignKey(
        Entry, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    result = models.ForeignKey(
        Entry,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="accepted_contributions",
    )
    # Where accepting leads when it makes no entry, as "app.model:pk".
    result_reference = models.CharField(max_length=120, blank=True)
    result_revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    # Letters about a decision leave when it can no longer be undone.
    notice_due_at = models.DateTimeField(null=True, blank=True, db_index=True)
    # When it goes if nobody does anything about it; announced that long before.
    deletion_due_at = models.DateTimeField(_("goes on"), null=True, blank=True, db_index=True)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["-submitted_at", "-pk"]
        indexes = [models.Index(fields=["state", "submitted_at"], name="contribution_queue")]
        default_permissions = ("view",)
        permissions = [("moderate_contribution", "Can moderate contributions")]

    def __str__(self) -> str:
        return self.reference

    @property
    def status_token(self) -> str:
        """The private key of the contributor's status page; computed, so no dump holds it."""
        return signing.Signer(salt=_STATUS_SALT).sign(self.reference)

    @classmethod
    def for_token(cls, token: str) -> "Contribution | None":
        """The contribution a status token opens; None for any other text."""
        try:
            reference = signing.Signer(salt=_STATUS_SALT).unsign(token)
        except signing.BadSignature:
            return None
        return cls.objects.filter(reference=reference).first()

    @property
    def current_state(self) -> State:
        return State(self.state)

    @property
    def current_fields(self) -> dict[str, str]:
        """The proposal with the reviewer's edits."""
        return {**self.fields, **self.edited_fields}

    @property
    def undo_until(self):
        """The moment after which the decision stands; None when there is none."""
        if self.decided_at is None:
            return None
        return self.decided_at + timedelta(seconds=settings.CONTRIBUTION_UNDO_SECONDS)

    @property
    def claim_is_stale(self) -> bool:
        """True when a claim is so old that anyone may take it over."""
        limit = timedelta(hours=settings.CONTRIBUTION_CLAIM_HOURS)
        return self.claimed_at is None or self.claimed_at + limit < timezone.now()

"""What can be proposed, and the choices that go with it. Values are GraphQL's wire values."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.contributions.states import State
from knowledge.kinds import Kind


class ContributionKind(models.TextChoices):
    """What someone proposes."""

    QUESTION = "QUESTION", _("Question")
    ERROR = "ERROR", _("Error")
    SNIPPET = "SNIPPET", _("Snippet")
    SOLUTION = "SOLUTION", _("Solution")
    CORRECTION = "CORRECTION", _("Correction")
    TESTIMONIAL = "TESTIMONIAL", _("Testimonial")


# The kind of entry that accepting makes.
NEW_ENTRY_KINDS = {
    ContributionKind.QUESTION: Kind.INTERVIEW_QUESTION,
    ContributionKind.ERROR: Kind.DEBUG_ENTRY,
    ContributionKind.SNIPPET: Kind.CODE_SNIPPET,
}


class CreditConsent(models.TextChoices):
    """What the contributor agreed to about being named."""

    NONE = "NONE", _("Not to be named")
    UNTIL_ERASED = "UNTIL_ERASED", _("To be named until they ask to be forgotten")
    PERMANENT = "PERMANENT", _("To be named for good")


class ReplyPurpose(models.TextChoices):
    """What a canned reply is for."""

    ASK = "ASK", _("Question to the contributor")
    DECLINE = "DECLINE", _("Reason for declining")
    ACCEPT = "ACCEPT", _("Thanks on accepting")


STATE_LABELS = {
    State.RECEIVED: _("Received"),
    State.QUARANTINED: _("Suspected spam"),
    State.IN_REVIEW: _("In review"),
    State.WAITING: _("Waiting for the contributor"),
    State.ACCEPTED: _("Accepted"),
    State.PUBLISHED: _("Published"),
    State.DECLINED: _("Declined"),
    State.DUPLICATE: _("Duplicate"),
    State.SPAM: _("Spam"),
    State.WITHDRAWN: _("Withdrawn"),
}
STATE_CHOICES = [(state.value, label) for state, label in STATE_LABELS.items()]

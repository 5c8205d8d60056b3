"""Tables of contributions. Those of people are apart: they have a clock and an end."""

from knowledge.contributions.models.contribution import Contribution
from knowledge.contributions.models.contributor import Contributor
from knowledge.contributions.models.history import CannedReply, ContributionEvent, Note
from knowledge.contributions.models.submission import SubmissionKey, ThrottleBucket

__all__ = [
    "CannedReply",
    "Contribution",
    "ContributionEvent",
    "Contributor",
    "Note",
    "SubmissionKey",
    "ThrottleBucket",
]

"""Replies that the demonstration's reviewers begin with.

Invariant: who has any of their own gets none of these.
"""

from knowledge.contributions.kinds import ReplyPurpose
from knowledge.contributions.models import CannedReply

REPLIES = (
    (
        ReplyPurpose.ASK,
        "Which version?",
        "Which versions of the language, the library and the operating system is it about?",
    ),
    (
        ReplyPurpose.ASK,
        "Smallest example",
        "Could you send the smallest piece of code that still shows it?",
    ),
    (
        ReplyPurpose.DECLINE,
        "Not our subject",
        "Thank you. The archive is about programming, and this goes beyond it.",
    ),
    (
        ReplyPurpose.DECLINE,
        "Cannot be checked",
        "Thank you. We publish what we have tried ourselves, and this we could not reproduce.",
    ),
    (
        ReplyPurpose.ACCEPT,
        "Thanks",
        "Thank you for the care you took. An editor will go over it now.",
    ),
)


def load_replies() -> int:
    """Canned replies, where there are none; returns how many were made."""
    if CannedReply.objects.exists():
        return 0
    replies = [
        CannedReply(purpose=purpose, title=title, text=text) for purpose, title, text in REPLIES
    ]
    return len(CannedReply.objects.bulk_create(replies))

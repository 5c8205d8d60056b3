"""Submissions as strangers send them, and contributions as reviewers find them."""

from typing import Any

from django.contrib.auth.models import Group
from django.core import signing
from django.utils import timezone

from cms.users.models import User
from knowledge.contributions.form_tokens import issue_form_token
from knowledge.contributions.intake import Submission, submit_contribution
from knowledge.contributions.kinds import ContributionKind, CreditConsent
from knowledge.contributions.models import Contribution
from knowledge.models import Category, Technology
from tests.factories import terms

SENDER = "203.0.113.7"


def form_token(age: int = 60) -> str:
    """A form token that was issued ``age`` seconds ago."""
    from time import time
    from unittest import mock

    with mock.patch.object(signing.time, "time", return_value=time() - age):
        return issue_form_token()


FIELDS: dict[str, dict[str, Any]] = {
    ContributionKind.QUESTION: {
        "title": "How do generators differ from lists in memory?",
        "technology": "fastapi",
        "category": "security",
        "level": "MID",
        "difficulty": "4",
        "shortAnswer": "A generator yields **one** item at a time.",
        "deepDive": "It keeps its frame.\n\n```python\nyield 1\n```",
    },
    ContributionKind.ERROR: {
        "title": "Connection refused when the pool is exhausted",
        "technology": "fastapi",
        "errorKind": "NETWORK",
        "errorMessage": "ConnectionRefusedError: [Errno 111] Connection refused",
        "stackTrace": 'Traceback (most recent call last):\n  File "a.py", line 3',
        "symptom": "Requests hang.",
        "rootCause": "The pool is too small.",
        "fix": "Make the pool larger.",
        "language": "python",
        "fixCode": "pool = Pool(50)\n",
    },
    ContributionKind.SNIPPET: {
        "title": "Retry with exponential back-off",
        "technology": "fastapi",
        "snippetKind": "UTILITY",
        "description": "Tries again, each time waiting longer.",
        "language": "py",
        "fileName": "retry.py",
        "code": "def retry():\n    pass\n",
        "usage": "Call `retry()`.",
    },
    ContributionKind.TESTIMONIAL: {
        "text": "The archive got me through two interviews.",
        "authorName": "Ada",
        "authorRole": "Engineer",
    },
}


def submission(kind: str = ContributionKind.QUESTION, **values: Any) -> Submission:
    """A complete submission; ``fields`` replace those of the proposal."""
    if not Category.objects.filter(slug="security").exists():
        terms.category()
    if not Technology.objects.filter(slug="fastapi").exists():
        terms.technology()
    given = values.pop("fields", {})
    return Submission(
        kind=ContributionKind(kind),
        fields={**FIELDS.get(ContributionKind(kind), {}), **given},
        **{
            "locale": "en",
            "form_token": values.pop("form_token", None) or form_token(),
            "accepts_licence": True,
            **values,
        },
    )


def received(kind: str = ContributionKind.QUESTION, **values: Any) -> Contribution:
    """A contribution in the queue. ``confirmed`` says that its address was confirmed."""
    confirmed = values.pop("confirmed", False)
    sender = values.pop("sender", SENDER)
    contribution = submit_contribution(submission=submission(kind, **values), sender=sender)
    if confirmed:
        contribution.contributor.email_confirmed_at = timezone.now()
        contribution.contributor.save()
    return contribution


def from_ada(kind: str = ContributionKind.QUESTION, **values: Any) -> Contribution:
    """A contribution with a confirmed address and the wish to be credited."""
    defaults = {
        "email": "ada@lovelace.example",
        "credit": CreditConsent.UNTIL_ERASED,
        "credit_name": "Ada Lovelace",
        "credit_url": "https://ada.example/",
        "confirmed": True,
    }
    return received(kind, **{**defaults, **values})


def moderator(username: str = "mod") -> User:
    """Someone who moderates and may do nothing else."""
    user = User.objects.create_user(username, f"{username}@lamplight.example", "pw")
    user.groups.add(Group.objects.get(name="Moderator"))
    return user

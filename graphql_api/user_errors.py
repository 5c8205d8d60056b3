"""Errors in what a sender typed: part of a mutation's answer, each with a code and a place.

Invariant: the list of codes is closed; a front end can handle every one of them.
"""

import graphene

from graphql_api.knowledge.enums import labelled
from knowledge.contributions.errors import ContributionErrorCode, Problem

_DESCRIPTIONS: dict[str, str] = {
    "REQUIRED": "The field must be filled in.",
    "TOO_LONG": "The text is longer than allowed.",
    "TOO_SHORT": "The text is shorter than allowed.",
    "INVALID": "The value is not one that is allowed here.",
    "NOT_FOUND": "There is nothing published under this name.",
    "CONSENT_REQUIRED": "Without this consent nothing can be accepted.",
    "FORM_TOKEN_INVALID": "The form token is missing or was not issued here.",
    "FORM_TOKEN_TOO_YOUNG": "The form was sent faster than anyone types. Wait and send again.",
    "FORM_TOKEN_EXPIRED": "The form token is too old. Fetch a new one and send again.",
    "IDEMPOTENCY_KEY_REUSED": "The idempotency key stands for another submission.",
    "THROTTLED": "Too many. Try again later.",
    "PERMISSION_DENIED": "This is not for the sender to do.",
    "TRANSITION_IMPOSSIBLE": "It is too late for this: the contribution has moved on.",
    "CLAIMED_BY_ANOTHER": "Someone else is working on it.",
    "CHANGED_MEANWHILE": "What it is about has changed meanwhile.",
    "CONFLICT": "It contradicts a newer text.",
    "UNDO_TOO_LATE": "It can no longer be taken back.",
}
# What only reviewers meet, and reviewers do not come this way.
_INTERNAL = {
    ContributionErrorCode.PERMISSION_DENIED,
    ContributionErrorCode.CLAIMED_BY_ANOTHER,
    ContributionErrorCode.CHANGED_MEANWHILE,
    ContributionErrorCode.CONFLICT,
    ContributionErrorCode.UNDO_TOO_LATE,
}

UserErrorCode = labelled(
    "UserErrorCode",
    "What is wrong with an input.",
    {code.value: _DESCRIPTIONS[code] for code in ContributionErrorCode if code not in _INTERNAL},
)


class UserError(graphene.ObjectType):
    """Something in the input that its sender can put right."""

    code = graphene.NonNull(UserErrorCode, description="What is wrong, for programs.")
    message = graphene.NonNull(graphene.String, description="What is wrong, for people.")
    path = graphene.NonNull(
        graphene.List(graphene.NonNull(graphene.String)),
        description="The input field it is about, from the argument down. "
        "Empty: the input as a whole.",
    )


def user_error(problem: Problem, path: tuple[str, ...]) -> UserError:
    """A problem of the domain as the sender sees it; ``path`` is its place in the input."""
    return UserError(code=problem.code.value, message=problem.message, path=list(path))

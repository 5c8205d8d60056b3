"""What senders see of their contribution, and of nobody else's.

Invariant: neither scores nor reviewers nor notes are here, and a decision shows only when
it stands.
"""

from typing import Any

import graphene
from django.utils import timezone

from graphql_api.knowledge.enums import labelled
from graphql_api.scalars import DateTime
from graphql_api.user_errors import UserError
from knowledge.contributions.kinds import ContributionKind as KindChoices
from knowledge.contributions.models import Contribution as ContributionModel
from knowledge.contributions.states import State
from knowledge.models import PublishedEntry

ContributionKind = labelled(
    "ContributionKind",
    "What was proposed.",
    {value: f"{label}." for value, label in KindChoices.choices},
)
ContributionState = labelled(
    "ContributionState",
    "Where a contribution stands, as its sender is told.",
    {
        "RECEIVED": "It arrived and waits for a reviewer.",
        "IN_REVIEW": "A reviewer is working on it.",
        "WAITING": "A reviewer asked something; see `message`.",
        "ACCEPTED": "It will be published when an editor has gone over it.",
        "PUBLISHED": "It is published.",
        "DECLINED": "It will not be published; see `message`.",
        "DUPLICATE": "The archive has it already.",
        "WITHDRAWN": "Its sender took it back.",
    },
)
# Suspicions are not told: whoever is wrongly suspected is rescued, the others need no lesson.
_TOLD_AS = {State.QUARANTINED: State.RECEIVED, State.SPAM: State.RECEIVED}


class Masked(graphene.ObjectType):
    """Something in the text that looked secret and was masked before it was stored."""

    field = graphene.NonNull(graphene.String, description="The field it was in.")
    what = graphene.NonNull(graphene.String, description="What it looked like, e.g. `PASSWORD`.")
    count = graphene.NonNull(graphene.Int, description="How many of them.")


class EntryReference(graphene.ObjectType):
    """A published entry by its names."""

    code = graphene.NonNull(graphene.String, description="Its code.")
    title = graphene.NonNull(graphene.String, description="Its title.")
    path = graphene.NonNull(graphene.String, description="Where front ends show it.")


class DuplicateCandidate(EntryReference):
    """A published entry that may say the same."""

    kind = graphene.NonNull(graphene.String, description="Its kind.")
    score = graphene.NonNull(graphene.Float, description="How alike, from 0 to 1.")


class ContributionForm(graphene.ObjectType):
    """What a form needs before it can be sent."""

    token = graphene.NonNull(graphene.String, description="Send it as `formToken`; use it once.")
    minimum_age_seconds = graphene.NonNull(
        graphene.Int, description="The form is refused when sent faster than this."
    )
    maximum_age_seconds = graphene.NonNull(
        graphene.Int, description="The token is good for this long."
    )
    licence = graphene.NonNull(
        graphene.String, description="The licence contributions are given under (SPDX)."
    )


class Contribution(graphene.ObjectType):
    """A contribution, for the one who sent it."""

    reference = graphene.NonNull(graphene.String, description="Its name in letters about it.")
    kind = graphene.NonNull(ContributionKind, description="What was proposed.")
    state = graphene.NonNull(ContributionState, description="Where it stands.")
    title = graphene.NonNull(graphene.String, description="Its title, as plain text.")
    status_token = graphene.NonNull(
        graphene.String, description="Opens `contribution(token:)`. Keep it to yourself."
    )
    submitted_at = graphene.NonNull(DateTime, description="When it arrived.")
    deletion_due_at = DateTime(
        description="When it is deleted if nobody does anything about it; null until that is near."
    )
    message = graphene.String(
        description="A reviewer's question or the reason of the decision, as plain text."
    )
    masked = graphene.NonNull(
        graphene.List(graphene.NonNull(Masked)), description="What was masked in the text."
    )
    licence = graphene.NonNull(graphene.String, description="The licence it was given under.")
    has_address = graphene.NonNull(graphene.Boolean, description="An address was left.")
    address_confirmed = graphene.NonNull(
        graphene.Boolean, description="The address was confirmed, so letters are sent to it."
    )
    entry = graphene.Field(
        EntryReference, description="The published entry it became or went into."
    )
    duplicate_of = graphene.Field(
        EntryReference, description="The published entry that says it already."
    )

    @staticmethod
    def resolve_kind(row: ContributionModel, info: Any) -> str:
        return KindChoices(row.kind).value

    @staticmethod
    def resolve_state(row: ContributionModel, info: Any) -> str:
        return told_state(row)

    @staticmethod
    def resolve_message(row: ContributionModel, info: Any) -> str | None:
        return row.message or None if told_state(row) == row.state else None

    @staticmethod
    def resolve_has_address(row: ContributionModel, info: Any) -> bool:
        person = getattr(row, "contributor", None)
        return bool(person and person.email)

    @staticmethod
    def resolve_address_confirmed(row: ContributionModel, info: Any) -> bool:
        person = getattr(row, "contributor", None)
        return bool(person and person.can_be_told)

    @staticmethod
    def resolve_entry(row: ContributionModel, info: Any) -> EntryReference | None:
        return published(row.result_id) if row.state == State.PUBLISHED else None

    @staticmethod
    def resolve_duplicate_of(row: ContributionModel, info: Any) -> EntryReference | None:
        return published(row.duplicate_of_id) if told_state(row) == State.DUPLICATE else None


class ContributionPayload(graphene.ObjectType):
    """What became of a mutation: the contribution, or what is wrong."""

    contribution = graphene.Field(
        Contribution, description="The contribution; null when there are errors."
    )
    errors = graphene.NonNull(
        graphene.List(graphene.NonNull(UserError)),
        description="What is wrong with the input; empty when it was taken.",
    )


def told_state(row: ContributionModel) -> str:
    """The state as the sender is told: a decision shows when it can no longer be undone."""
    state = _TOLD_AS.get(row.current_state, row.current_state)
    undecided = state in (State.ACCEPTED, State.DECLINED, State.DUPLICATE)
    if undecided and row.undo_until is not None and row.undo_until > timezone.now():
        return State.IN_REVIEW.value
    return state.value


def published(object_id: int | None) -> EntryReference | None:
    """The entry as delivery knows it; None while it is not published."""
    document = PublishedEntry.objects.visible().filter(pk=object_id).first()
    if document is None:
        return None
    return EntryReference(
        code=document.code, title=document.card["title"], path=document.card["path"]
    )

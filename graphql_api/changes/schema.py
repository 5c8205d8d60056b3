"""``changes``: everything that became public, changed or went away, in order, from a cursor on.

Invariant: following the cursors to the end and reading each named entry gives exactly
what is public; a cursor that can no longer promise that is refused.
"""

from dataclasses import dataclass
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from cms.notifications.cursor import decode_cursor, encode_cursor
from cms.notifications.models import LogPosition
from cms.publishing.models import ContentVersion, PublicationEvent
from cms.publishing.scope import current_scope
from graphql_api.cursors import invalid_cursor
from graphql_api.errors import ApiError, ErrorCode
from graphql_api.knowledge.enums import EntryKind, labelled
from graphql_api.knowledge.global_ids import global_id
from graphql_api.knowledge.node import NODE_TYPES
from graphql_api.scalars import DateTime
from knowledge.kinds import Kind

ChangeAction = labelled(
    "ChangeAction",
    "What happened to an entry.",
    {
        "PUBLISHED": "It became public.",
        "UPDATED": "It was public and reads differently now.",
        "UNPUBLISHED": "It was withdrawn; it may come back.",
        "DELETED": "It was deleted; its code is never used again.",
    },
)


class Change(graphene.ObjectType):
    """Something that happened to one entry in one language. Read the entry for what it is now."""

    cursor = graphene.String(
        required=True, description="The place after this change, for `after`; as in webhooks."
    )
    action = ChangeAction(required=True, description="What happened.")
    kind = EntryKind(required=True, description="Which kind of entry it is, or was.")
    id = graphene.ID(required=True, description="The entry, for `node`, which may be gone.")
    code = graphene.String(required=True, description="Its code.")
    locale = graphene.String(required=True, description="Its language.")
    content_hash = graphene.String(
        required=True, description="Its content after the change; before, if it is gone."
    )
    occurred_at = DateTime(required=True, description="When it happened.")

    @staticmethod
    def resolve_action(event: PublicationEvent, info: GraphQLResolveInfo) -> str:
        bounds = current_scope().technologies
        if bounds is None or event.technology in bounds:
            return event.action
        # For this reader it is gone: it is about another technology now.
        return PublicationEvent.Action.UNPUBLISHED.value

    @staticmethod
    def resolve_cursor(event: PublicationEvent, info: GraphQLResolveInfo) -> str:
        return encode_cursor(event.sequence)

    @staticmethod
    def resolve_id(event: PublicationEvent, info: GraphQLResolveInfo) -> str:
        return global_id(NODE_TYPES[event.kind]._meta.name, event.object_id)


@dataclass(frozen=True, slots=True)
class ChangePage:
    """Changes, the sequence reached with them, and whether there are more."""

    nodes: list[PublicationEvent]
    reached: int
    has_more: bool


class ChangeConnection(graphene.ObjectType):
    """Changes in the order in which they became visible."""

    nodes = graphene.List(
        graphene.NonNull(Change), required=True, description="The changes, the oldest first."
    )
    end_cursor = graphene.String(
        required=True,
        description="Where to go on from, also when there were no changes. Keep it.",
    )
    has_next_page = graphene.Boolean(required=True, description="There are more already.")

    @staticmethod
    def resolve_end_cursor(page: ChangePage, info: GraphQLResolveInfo) -> str:
        return encode_cursor(page.reached)

    @staticmethod
    def resolve_has_next_page(page: ChangePage, info: GraphQLResolveInfo) -> bool:
        return page.has_more


class ChangesQuery(graphene.ObjectType):
    """What has changed."""

    changes = graphene.NonNull(
        ChangeConnection,
        after=graphene.Argument(
            graphene.String,
            description="Changes after this cursor. Without it, from the oldest that is kept.",
        ),
        first=graphene.Argument(
            graphene.Int,
            default_value=20,
            description="How many at most. 0 asks for the present cursor only: begin with it, "
            "read all entries, then follow the changes.",
        ),
        kinds=graphene.Argument(
            graphene.List(graphene.NonNull(EntryKind)), description="Only these kinds."
        ),
        description="What happened to entries since a cursor, withdrawn ones included. "
        "`CURSOR_EXPIRED`: the cursor is older than what is kept; read everything anew.",
    )

    @staticmethod
    def resolve_changes(
        root: None,
        info: GraphQLResolveInfo,
        first: int = 20,
        after: str | None = None,
        kinds: list[Any] | None = None,
    ) -> ChangePage:
        info.context.is_private = True
        if first is None or first < 0:
            raise ApiError(ErrorCode.BAD_USER_INPUT, "first must be 0 or more.")
        # Read before the log: whatever is committed up to it is seen below.
        version = ContentVersion.current()
        start = starting_point(after, version)
        if first == 0:
            return ChangePage([], version if after is None else start, after is not None)
        chosen = [getattr(kind, "value", kind) for kind in kinds] if kinds else Kind.values
        rows = list(
            PublicationEvent.objects.within(current_scope())
            .filter(sequence__gt=start, kind__in=chosen)
            .order_by("sequence")[: first + 1]
        )
        nodes = rows[:first]
        if len(rows) > first:
            return ChangePage(nodes, nodes[-1].sequence, True)
        last = nodes[-1].sequence if nodes else start
        return ChangePage(nodes, max(last, version), False)


def starting_point(after: str | None, version: int) -> int:
    """The sequence that ``after`` stands for. Raises ``ApiError``."""
    pruned = LogPosition.of(LogPosition.PRUNED)
    if after is None:
        return pruned
    try:
        start = decode_cursor(after)
    except ValueError:
        raise invalid_cursor() from None
    # Ahead of us: it was issued by a database that this one is an older copy of.
    if start < pruned or start > version:
        raise ApiError(
            ErrorCode.CURSOR_EXPIRED,
            "The cursor is older than what is kept. Read everything anew.",
        )
    return start

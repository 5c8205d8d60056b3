"""Finding things again by id alone: Relay's ``node`` and ``nodes``."""

from collections.abc import Sequence
from typing import Any

import graphene
from django.conf import settings

from graphql_api.context import RequestContext
from graphql_api.errors import ApiError, ErrorCode
from graphql_api.knowledge.drafts import draft_record
from graphql_api.knowledge.global_ids import GlobalId, read_global_id
from graphql_api.knowledge.kinds import KIND_OF_TYPE
from graphql_api.knowledge.node import NODE_FINDERS, Node
from graphql_api.knowledge.reading import Reading
from graphql_api.knowledge.selection import Needs, needs
from graphql_api.knowledge.singles import entries_by_pk
from graphql_api.knowledge.terms import TERM_TYPES
from graphql_api.knowledge.vocabulary import vocabulary
from graphql_api.records import Batch

TERM_OF_TYPE = {term_type._meta.name: kind for kind, term_type in TERM_TYPES.items()}


def node_field() -> graphene.Field:
    """``node(id:)``."""

    def resolve(root: None, info: graphene.ResolveInfo, id: str) -> Any:
        return find_nodes([read_global_id(id)], needs(info), info.context)[0]

    return graphene.Field(
        Node,
        description="Whatever has this id, in the language the id stands for; null when it is "
        "not published (any more).",
        id=graphene.Argument(graphene.ID, required=True, description="An id this API gave out."),
        resolver=resolve,
    )


def nodes_field() -> graphene.Field:
    """``nodes(ids:)``."""

    def resolve(root: None, info: graphene.ResolveInfo, ids: list[str]) -> list[Any]:
        if len(ids) > settings.GRAPHQL_MAX_PAGE_SIZE:
            raise ApiError(
                ErrorCode.PAGE_SIZE_TOO_LARGE,
                f"ids takes at most {settings.GRAPHQL_MAX_PAGE_SIZE} ids.",
                maximum=settings.GRAPHQL_MAX_PAGE_SIZE,
            )
        return find_nodes([read_global_id(one) for one in ids], needs(info), info.context)

    return graphene.Field(
        graphene.List(Node),
        required=True,
        description="Whatever has these ids, in their order; null for each that is not published.",
        ids=graphene.Argument(
            graphene.List(graphene.NonNull(graphene.ID)),
            required=True,
            description="Ids this API gave out, at most as many as a page has rows.",
        ),
        resolver=resolve,
    )


def find_nodes(ids: Sequence[GlobalId], wanted: Needs, context: RequestContext) -> list[Any]:
    """What ``ids`` stand for, in their order; all entries in one statement."""
    pks = [one.pk for one in ids if one.type_name in KIND_OF_TYPE]
    entries = entries_by_pk(pks, wanted) if pks else {}
    draft = draft_record(context)
    if draft is not None and draft.pk in pks:
        Batch(Reading(draft.locale), wanted).adopt([draft])
        entries[draft.kind, draft.pk] = draft
    others = {
        name: find([one.pk for one in ids if one.type_name == name], context)
        for name, find in NODE_FINDERS.items()
        if any(one.type_name == name for one in ids)
    }
    found: list[Any] = []
    for one in ids:
        if one.type_name in KIND_OF_TYPE:
            found.append(entries.get((KIND_OF_TYPE[one.type_name].value, one.pk)))
        elif one.type_name in TERM_OF_TYPE:
            found.append(vocabulary(context).by_id(TERM_OF_TYPE[one.type_name], one.pk))
        elif one.type_name in others:
            found.append(others[one.type_name].get(one.pk))
        else:
            raise ApiError(ErrorCode.BAD_USER_INPUT, "This is not an id of this API.")
    return found

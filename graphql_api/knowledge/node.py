"""Relay's Node: anything that an id alone finds again."""

from typing import Any

import graphene

# Kind of a record (``record.kind``) → its object type; each type enters itself.
NODE_TYPES: dict[str, type[graphene.ObjectType]] = {}


class Node(graphene.Interface):
    """Something that `node(id:)` finds."""

    id = graphene.ID(required=True, description="Unique across all types; for `node`.")

    @classmethod
    def resolve_type(cls, source: Any, info: graphene.ResolveInfo) -> type[graphene.ObjectType]:
        return NODE_TYPES[source.kind]

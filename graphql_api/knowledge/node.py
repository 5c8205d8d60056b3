"""Relay's Node: anything that an id alone finds again."""

from collections.abc import Callable, Sequence
from typing import Any

import graphene

from graphql_api.context import RequestContext

# Kind of a record (``record.kind``) → its object type; each type enters itself.
NODE_TYPES: dict[str, type[graphene.ObjectType]] = {}

# Python class of anything else that is found → its object type.
NODE_CLASSES: dict[type, type[graphene.ObjectType]] = {}

# Primary keys → what the public may see of them, by primary key, in few statements.
Finder = Callable[[Sequence[int], RequestContext], dict[int, Any]]

# Name of an object type that is neither entry nor term → how its ids are found.
NODE_FINDERS: dict[str, Finder] = {}


class Node(graphene.Interface):
    """Something that `node(id:)` finds."""

    id = graphene.ID(required=True, description="Unique across all types; for `node`.")

    @classmethod
    def resolve_type(cls, source: Any, info: graphene.ResolveInfo) -> type[graphene.ObjectType]:
        return NODE_CLASSES.get(type(source)) or NODE_TYPES[source.kind]


class FoundNode(dict[str, Any]):
    """A document that came by its id; each type makes a class of it, to be told by."""


def register_node(found: type, shown: type[graphene.ObjectType], find: Finder) -> None:
    """Let ``node`` find ids of the type ``shown``; ``find`` answers with objects of ``found``."""
    NODE_CLASSES[found] = shown
    NODE_FINDERS[shown._meta.name] = find

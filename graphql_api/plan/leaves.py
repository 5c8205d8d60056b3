"""Leaf values as the wire wants them.

Invariant: a value is passed on untouched only where the type's own ``serialize`` would have
returned it unchanged; any other value goes through ``serialize``.
"""

from collections.abc import Callable
from typing import Any

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLFloat,
    GraphQLID,
    GraphQLInt,
    GraphQLLeafType,
    GraphQLString,
    is_specified_scalar_type,
)

from graphql_api.plan.giving_up import GivenUp
from graphql_api.scalars import JSON, DateTime

Serializer = Callable[[Any], Any]

LARGEST_INT = 2**31 - 1


def serializer(leaf: GraphQLLeafType) -> Serializer:
    """What turns a value that is not None into JSON data; raises ``GivenUp``."""
    if isinstance(leaf, GraphQLEnumType):
        return _enum(leaf)
    if is_specified_scalar_type(leaf):
        return _SPECIFIED.get(leaf.name) or _checked(leaf)
    graphene_type = getattr(leaf, "graphene_type", None)
    if graphene_type is DateTime:
        return _text_or(leaf)
    if graphene_type is JSON:
        return _unchanged
    return _checked(leaf)


def untouched(leaf: GraphQLLeafType) -> type | None:
    """The Python type whose every value is passed on as it is; None when there is no such type."""
    if leaf in (GraphQLString, GraphQLID) or getattr(leaf, "graphene_type", None) is DateTime:
        return str
    return bool if leaf is GraphQLBoolean else None


def _checked(leaf: GraphQLLeafType) -> Serializer:
    def serialize(value: Any) -> Any:
        result = leaf.serialize(value)
        if result is None:
            raise GivenUp
        return result

    return serialize


def _unchanged(value: Any) -> Any:
    return value


def _text_or(leaf: GraphQLLeafType) -> Serializer:
    serialize = _checked(leaf)

    def text(value: Any) -> Any:
        return value if type(value) is str else serialize(value)

    return text


def names_as_they_are(leaf: GraphQLEnumType) -> frozenset[str]:
    """The names that stored documents hold themselves, and that are passed on."""
    return frozenset(
        name
        for name, value in leaf.values.items()
        if getattr(value.value, "value", value.value) == name
    )


def _enum(leaf: GraphQLEnumType) -> Serializer:
    serialize = _checked(leaf)
    same = names_as_they_are(leaf)

    def name_of(value: Any) -> Any:
        return value if type(value) is str and value in same else serialize(value)

    return name_of


def _whole_number(value: Any) -> Any:
    if type(value) is int and -LARGEST_INT - 1 <= value <= LARGEST_INT:
        return value
    return _checked(GraphQLInt)(value)


def _boolean(value: Any) -> Any:
    return value if type(value) is bool else _checked(GraphQLBoolean)(value)


_SPECIFIED: dict[str, Serializer] = {
    GraphQLString.name: _text_or(GraphQLString),
    GraphQLID.name: _text_or(GraphQLID),
    GraphQLInt.name: _whole_number,
    GraphQLBoolean.name: _boolean,
    GraphQLFloat.name: _checked(GraphQLFloat),
}

"""Values for every argument of the schema, so that none is left untried."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
    is_required_input_field,
)

MAX_DEPTH = 3


@dataclass(frozen=True)
class Guesses:
    """What someone who knows too much would write: by scalar, most telling first."""

    texts: tuple[str, ...]
    ids: tuple[str, ...]
    locales: tuple[str, ...] = ("en", "de")
    integers: tuple[int, ...] = (1, 2)
    moments: tuple[str, ...] = ("2000-01-01T00:00:00Z", "2100-01-01T00:00:00Z")
    by_name: dict[str, tuple[str, ...]] = field(default_factory=dict)


def values(
    name: str, argument: GraphQLArgument | GraphQLInputField, guesses: Guesses
) -> Iterator[Any]:
    """Every value worth giving to the argument, as JSON has it."""
    yield from _values(name, argument.type, guesses, 0)


def _values(name: str, of: GraphQLInputType, guesses: Guesses, depth: int) -> Iterator[Any]:
    match of:
        case GraphQLNonNull():
            yield from _values(name, of.of_type, guesses, depth)
        case GraphQLList():
            for value in _values(name, of.of_type, guesses, depth):
                yield [value]
        case GraphQLEnumType():
            # Inside and, or and not, what an enum can hold has been tried outside of them.
            yield from list(of.values)[: None if depth < 2 else 1]
        case GraphQLInputObjectType():
            if depth < MAX_DEPTH:
                needed = {
                    key: next(_values(key, entry.type, guesses, depth + 1))
                    for key, entry in of.fields.items()
                    if is_required_input_field(entry)
                }
                for key, entry in of.fields.items():
                    for value in _values(key, entry.type, guesses, depth + 1):
                        yield {**needed, key: value}
        case GraphQLScalarType():
            yield from _scalars(name, of.name, guesses, depth)


def _scalars(name: str, scalar: str, guesses: Guesses, depth: int) -> Iterator[Any]:
    if name in guesses.by_name:
        yield from guesses.by_name[name]
    elif name == "locale":
        yield from guesses.locales
    elif scalar == "Boolean":
        yield from (True, False)
    elif scalar in ("Int", "Float"):
        yield from guesses.integers
    elif scalar == "DateTime":
        yield from guesses.moments
    elif scalar == "ID":
        yield from guesses.ids
    else:
        yield from guesses.texts[: None if depth < 3 else 1]

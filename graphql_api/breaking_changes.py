"""What between two schema definitions can break a client that was written for the older one.

Invariant: removing what the older definition had marked ``@deprecated`` is announced, and
so is no break; everything else that a valid operation could notice is one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
)
from graphql.utilities import find_breaking_changes, find_dangerous_changes


@dataclass(frozen=True, slots=True)
class SchemaChanges:
    """Sentences about what changed, in the order of their text."""

    breaking: tuple[str, ...]
    """A valid operation of before is refused now, or its answer has another form."""
    announced: tuple[str, ...]
    """What was deprecated is gone."""
    dangerous: tuple[str, ...]
    """Operations go on, but a client may meet what it does not know: a new enum value."""

    def lines(self) -> list[str]:
        """One line a change, with what it is."""
        return [
            *(f"Breaking: {text}" for text in self.breaking),
            *(f"Removed after its deprecation: {text}" for text in self.announced),
            *(f"May surprise clients: {text}" for text in self.dangerous),
        ]


def schema_changes(before: str, after: str) -> SchemaChanges:
    """Compare two schema definitions; raises ``GraphQLError`` when one is not valid."""
    old, new = build_schema(before), build_schema(after)
    expected = set(_announced_removals(old))
    found = {change.description for change in find_breaking_changes(old, new)}
    return SchemaChanges(
        breaking=tuple(sorted(found - expected)),
        announced=tuple(sorted(found & expected)),
        dangerous=tuple(
            sorted({change.description for change in find_dangerous_changes(old, new)})
        ),
    )


def _announced_removals(schema: GraphQLSchema) -> Iterator[str]:
    """The sentences that graphql-core has for removing what is deprecated."""
    for name, found in schema.type_map.items():
        if isinstance(found, GraphQLEnumType):
            for value in _deprecated(found.values):
                yield f"{value} was removed from enum type {name}."
        elif isinstance(found, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            for field in _deprecated(found.fields):
                yield f"{name}.{field} was removed."
            for field, definition in found.fields.items():
                for argument in _deprecated(getattr(definition, "args", {})):
                    yield f"{name}.{field} arg {argument} was removed."


def _deprecated(members: Mapping[str, Any]) -> list[str]:
    return [name for name, member in members.items() if member.deprecation_reason is not None]

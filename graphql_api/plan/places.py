"""Where in an operation a field stands.

Invariant: two fields of an operation that answer under different paths have different
places; a place is compared by identity alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    OperationDefinitionNode,
)


@dataclass(frozen=True, slots=True, eq=False)
class Operation:
    """A validated operation and the values that decide what it selects."""

    schema: GraphQLSchema
    fragments: dict[str, FragmentDefinitionNode]
    operation: OperationDefinitionNode
    deciding: dict[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A field of an operation, with all nodes that ask for it."""

    document: Operation
    parent_type: GraphQLObjectType
    return_type: GraphQLOutputType
    nodes: list[FieldNode]
    resolve: Callable[..., Any] | None = None

    @property
    def name(self) -> str:
        """The field's name in the schema."""
        return self.nodes[0].name.value

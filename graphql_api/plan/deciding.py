"""The variables that decide what an operation selects.

Invariant: two requests for one operation that agree in these variables run the same plan;
arguments of root fields are no part of it, they are bound anew for each request.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from graphql import (
    ArgumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    ListValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
)


def deciding_variables(
    operation: OperationDefinitionNode, fragments: Mapping[str, FragmentDefinitionNode]
) -> frozenset[str]:
    """Names of the variables in directives and in arguments below the root fields."""
    found: set[str] = set()
    # Each fragment is looked at once as part of the root and once as part of a field.
    seen: set[tuple[str, bool]] = set()
    waiting: list[tuple[SelectionSetNode, bool]] = [(operation.selection_set, True)]
    while waiting:
        selections, at_root = waiting.pop()
        for node in selections.selections:
            for directive in node.directives:
                found.update(_in_arguments(directive.arguments))
            if isinstance(node, FieldNode):
                if not at_root:
                    found.update(_in_arguments(node.arguments))
                if node.selection_set:
                    waiting.append((node.selection_set, False))
            elif isinstance(node, InlineFragmentNode):
                waiting.append((node.selection_set, at_root))
            elif isinstance(node, FragmentSpreadNode):
                key = node.name.value, at_root
                if key not in seen:
                    seen.add(key)
                    waiting.append((fragments[node.name.value].selection_set, at_root))
    return frozenset(found)


def variant(names: frozenset[str], variables: Mapping[str, Any]) -> tuple[Any, ...] | None:
    """The values of ``names``, to tell plans apart; None when they cannot be compared."""
    values = tuple((name, variables[name]) for name in sorted(names) if name in variables)
    try:
        hash(values)
    except TypeError:
        return None
    # 1 and True are equal, and decide differently.
    return tuple((name, type(value), value) for name, value in values)


def _in_arguments(arguments: tuple[ArgumentNode, ...]) -> Iterator[str]:
    for argument in arguments:
        yield from variables_in(argument.value)


def variables_in(value: ValueNode) -> Iterator[str]:
    """The names of the variables that a written value contains."""
    if isinstance(value, VariableNode):
        yield value.name.value
    elif isinstance(value, ListValueNode):
        for item in value.values:
            yield from variables_in(item)
    elif isinstance(value, ObjectValueNode):
        for field in value.fields:
            yield from variables_in(field.value)

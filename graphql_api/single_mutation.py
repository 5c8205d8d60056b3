"""Public mutations stand alone in their operation.

Invariant: when an operation holds more than one, none of them runs; aliases therefore
multiply no attempt.
"""

from collections.abc import Iterator

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLResolveInfo,
    InlineFragmentNode,
    SelectionSetNode,
)

from graphql_api.errors import ApiError, ErrorCode


def require_single_mutation(info: GraphQLResolveInfo) -> None:
    """Raise ``ApiError`` unless the running field is the only one of its operation."""
    fields = _fields(info, info.operation.selection_set)
    next(fields)
    if next(fields, None) is not None:
        raise ApiError(
            ErrorCode.ONE_MUTATION_PER_OPERATION, "Send each mutation in an operation of its own."
        )


def _fields(info: GraphQLResolveInfo, selections: SelectionSetNode) -> Iterator[FieldNode]:
    for selection in selections.selections:
        if isinstance(selection, FieldNode):
            # The name of the type costs nothing and tries nothing.
            if selection.name.value != "__typename":
                yield selection
        elif isinstance(selection, InlineFragmentNode):
            yield from _fields(info, selection.selection_set)
        elif isinstance(selection, FragmentSpreadNode):
            yield from _fields(info, info.fragments[selection.name.value].selection_set)

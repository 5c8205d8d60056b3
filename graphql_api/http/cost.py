"""What an operation could cost, counted before it runs.

Invariant: a field costs 1 and an object 2; ``__typename``, which clients add everywhere, and
introspection, which has its own limits, cost nothing. What a list selects is counted as
often as the list may be long: the asked page size (or the default one) for a list in pages,
the number of ids for a list of ids, and an assumed length for any other. A selection on an
interface counts as its dearest type.
"""

from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    GraphQLUnionType,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
)

from cms.configured import configured
from graphql_api.errors import ErrorCode
from graphql_api.http import refusals
from graphql_api.http.documents import ParsedDocument
from graphql_api.http.measures import INTROSPECTION_ROOTS

FIELD_COST = 1
OBJECT_COST = 2
_PAGE_ARGUMENTS = ("first", "last", "perPage")
# Different page sizes of one document whose cost is remembered.
_REMEMBERED = 32


def operation_cost(
    parsed: ParsedDocument,
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    variables: dict[str, Any],
) -> int:
    """The cost of a validated operation with coerced variables.

    Raises ``Refused`` with PAGE_SIZE_TOO_LARGE or QUERY_TOO_COSTLY.
    """
    at = operation.loc.start if operation.loc else 0
    counted = parsed.counted.get(at)
    cost = None if counted is None else parsed.costs.get(_key(at, counted, variables))
    if cost is None:
        estimate = _Estimate(schema, parsed.fragments, variables)
        cost = estimate.of(operation)
        if len(parsed.costs) >= _REMEMBERED:
            parsed.costs.clear()
        # Every field was walked, so no other variable can decide about a length.
        counted = parsed.counted[at] = tuple(sorted(estimate.counted))
        parsed.costs[_key(at, counted, variables)] = cost
    maximum = configured.GRAPHQL_MAX_COST
    if cost > maximum:
        raise refusals.over_limit(
            ErrorCode.QUERY_TOO_COSTLY,
            f"The operation could cost {cost}, at most {maximum} is allowed: "
            "ask for smaller pages or fewer nested lists.",
            cost=cost if cost < 2**53 else 2**53,
            maximum=maximum,
        )
    return cost


def _key(at: int, counted: tuple[str, ...], variables: dict[str, Any]) -> tuple:
    """What tells costs apart: the operation, and the values that lists are as long as."""
    values = map(variables.get, counted)
    return at, *(len(one) if isinstance(one, list) else one for one in values)


class _Estimate:
    """One walk over one operation. Each selection is counted once for each type.

    ``counted``: the variables that any length was taken from.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: dict[str, FragmentDefinitionNode],
        variables: dict[str, Any],
    ) -> None:
        self.schema = schema
        self.fragments = fragments
        self.variables = variables
        self.known: dict[tuple[int, str, int | None], int] = {}
        self.counted: set[str] = set()

    def of(self, operation: OperationDefinitionNode) -> int:
        root = self.schema.get_root_type(operation.operation)
        return self._selection(operation.selection_set, root, None) if root else 0

    def _selection(
        self, selections: SelectionSetNode, parent: GraphQLNamedType, page: int | None
    ) -> int:
        if isinstance(parent, GraphQLObjectType):
            return self._on_object(selections, parent, page)
        if isinstance(parent, GraphQLInterfaceType | GraphQLUnionType):
            return max(
                (
                    self._on_object(selections, possible, page)
                    for possible in self.schema.get_possible_types(parent)
                ),
                default=0,
            )
        return 0

    def _on_object(
        self, selections: SelectionSetNode, parent: GraphQLObjectType, page: int | None
    ) -> int:
        key = (id(selections), parent.name, page)
        cost = self.known.get(key)
        if cost is None:
            cost = 0
            for selection in selections.selections:
                if isinstance(selection, FieldNode):
                    cost += self._field(selection, parent, page)
                elif isinstance(selection, FragmentSpreadNode):
                    cost += self._fragment(self.fragments[selection.name.value], parent, page)
                elif isinstance(selection, InlineFragmentNode):
                    cost += self._fragment(selection, parent, page)
            self.known[key] = cost
        return cost

    def _fragment(
        self,
        fragment: FragmentDefinitionNode | InlineFragmentNode,
        parent: GraphQLObjectType,
        page: int | None,
    ) -> int:
        condition = fragment.type_condition
        if condition is not None and not self._applies(condition.name.value, parent):
            return 0
        return self._on_object(fragment.selection_set, parent, page)

    def _applies(self, condition: str, parent: GraphQLObjectType) -> bool:
        if condition == parent.name:
            return True
        wanted = self.schema.type_map.get(condition)
        return isinstance(
            wanted, GraphQLInterfaceType | GraphQLUnionType
        ) and self.schema.is_sub_type(wanted, parent)

    def _field(self, node: FieldNode, parent: GraphQLObjectType, page: int | None) -> int:
        if node.name.value in INTROSPECTION_ROOTS or node.name.value == "__typename":
            return 0
        definition = parent.fields[node.name.value]
        if node.selection_set is None:
            return FIELD_COST
        asked = self._length(node, definition)
        inner = get_named_type(definition.type)
        if not _is_list(definition.type):
            # A connection: its lists have the length that was asked of it.
            return OBJECT_COST + self._selection(node.selection_set, inner, asked)
        length = asked if asked is not None else page
        if length is None:
            length = configured.GRAPHQL_ASSUMED_LIST_LENGTH
        return length * (OBJECT_COST + self._selection(node.selection_set, inner, None))

    def _length(self, node: FieldNode, definition: GraphQLField) -> int | None:
        """How many items the field's arguments ask for; None when it takes no such argument."""
        arguments = {argument.name.value: argument.value for argument in node.arguments}
        if "ids" in definition.args and "ids" in arguments:
            ids = arguments["ids"]
            if isinstance(ids, ListValueNode):
                return len(ids.values)
            value = self._value(ids) if isinstance(ids, VariableNode) else ids
            return len(value) if isinstance(value, list) else 1
        if not any(name in definition.args for name in _PAGE_ARGUMENTS):
            return None
        sizes = []
        for name in _PAGE_ARGUMENTS:
            size = self._integer(arguments.get(name))
            if size is not None:
                self._check_page_size(name, size)
                sizes.append(max(size, 0))
        return max(sizes) if sizes else configured.GRAPHQL_DEFAULT_PAGE_SIZE

    def _integer(self, value: object) -> int | None:
        if isinstance(value, IntValueNode):
            return int(value.value)
        if isinstance(value, VariableNode):
            found = self._value(value)
            return found if isinstance(found, int) else None
        return None

    def _value(self, node: VariableNode) -> Any:
        self.counted.add(node.name.value)
        return self.variables.get(node.name.value)

    @staticmethod
    def _check_page_size(name: str, size: int) -> None:
        maximum = configured.GRAPHQL_MAX_PAGE_SIZE
        if size > maximum:
            raise refusals.over_limit(
                ErrorCode.PAGE_SIZE_TOO_LARGE,
                f"{name} may be at most {maximum}.",
                maximum=maximum,
            )


def _is_list(type_: GraphQLOutputType) -> bool:
    if isinstance(type_, GraphQLNonNull):
        type_ = type_.of_type
    return isinstance(type_, GraphQLList)

"""The variables of a request, coerced as its operation declares them.

Invariant: the result is that of graphql-core's ``get_variable_values``; a value that is not
plainly of its type, and any error, is left to it.

What a declaration asks for is told once for an operation and not at each request: most
variables are texts, numbers and names of enum values, of which only the type is looked at.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLError,
    GraphQLID,
    GraphQLInputType,
    GraphQLInt,
    GraphQLNonNull,
    GraphQLSchema,
    GraphQLString,
    OperationDefinitionNode,
    Undefined,
    VariableDefinitionNode,
    is_input_type,
    type_from_ast,
    value_from_ast,
)
from graphql.execution.values import get_variable_values

# Values as a client sent them → coerced ones, or what is wrong with them.
Coercer = Callable[[dict[str, Any]], dict[str, Any] | list[GraphQLError]]
# A value → the coerced one; Undefined where only graphql-core can tell.
_Leaf = Callable[[Any], Any]

_LARGEST_INT = 2**31 - 1


@dataclass(frozen=True, slots=True)
class _Declared:
    """``default`` is Undefined where there is none."""

    name: str
    coerce: _Leaf
    may_be_null: bool
    default: Any


def coercer(schema: GraphQLSchema, operation: OperationDefinitionNode) -> Coercer:
    """What coerces the variables of ``operation``."""
    definitions = operation.variable_definitions or ()
    declared = [_declared(schema, one) for one in definitions]

    def coerced(given: dict[str, Any]) -> dict[str, Any] | list[GraphQLError]:
        found = {}
        for one in declared:
            if one is None:
                break
            if one.name not in given:
                if one.default is not Undefined:
                    found[one.name] = one.default
                elif not one.may_be_null:
                    break
                continue
            value = given[one.name]
            value = one.coerce(value) if value is not None or not one.may_be_null else None
            if value is Undefined:
                break
            found[one.name] = value
        else:
            return found
        return get_variable_values(schema, definitions, given)

    return coerced


def _declared(schema: GraphQLSchema, definition: VariableDefinitionNode) -> _Declared | None:
    """None for a type of which more than the value's own type must be looked at."""
    kind: Any = type_from_ast(schema, definition.type)
    if not is_input_type(kind):
        return None
    is_required = isinstance(kind, GraphQLNonNull)
    leaf = _leaf(kind.of_type if is_required else kind)
    if leaf is None:
        return None
    default = Undefined
    if definition.default_value:
        default = value_from_ast(definition.default_value, kind)
        if default is Undefined:
            return None
    return _Declared(definition.variable.name.value, leaf, not is_required, default)


def _leaf(kind: GraphQLInputType) -> _Leaf | None:
    if isinstance(kind, GraphQLEnumType):
        return _enum(kind)
    if kind is GraphQLInt:
        return _whole_number
    if kind is GraphQLBoolean:
        return _boolean
    return _text if kind in (GraphQLString, GraphQLID) else None


def _text(value: Any) -> Any:
    return value if type(value) is str else Undefined


def _boolean(value: Any) -> Any:
    return value if type(value) is bool else Undefined


def _whole_number(value: Any) -> Any:
    if type(value) is int and -_LARGEST_INT - 1 <= value <= _LARGEST_INT:
        return value
    return Undefined


def _enum(kind: GraphQLEnumType) -> _Leaf:
    values: Mapping[str, Any] = {name: kind.parse_value(name) for name in kind.values}
    return lambda value: values.get(value, Undefined) if type(value) is str else Undefined

"""The arguments of a root field, bound to the variables of a request.

Invariant: the result is that of graphql-core's ``get_argument_values``; where that would
report an error, the plan gives up.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLNonNull,
    ObjectValueNode,
    Undefined,
    ValueNode,
    VariableNode,
    value_from_ast,
)

from graphql_api.plan.deciding import variables_in
from graphql_api.plan.giving_up import GivenUp

# Coerced variables → the resolver's keyword arguments.
Binder = Callable[[Mapping[str, Any]], dict[str, Any]]
# Coerced variables → a value, Undefined where there is none.
_Maker = Callable[[Mapping[str, Any]], Any]
# Stands for the value of a field that the object will not have.
_LEFT_OUT = object()


@dataclass(frozen=True, slots=True)
class _Named:
    """An argument that is a variable and nothing else."""

    key: str
    variable: str
    default: Any
    is_required: bool

    def bind(self, bound: dict[str, Any], variables: Mapping[str, Any]) -> None:
        value = variables.get(self.variable, self.default)
        if self.is_required and (value is None or value is Undefined):
            raise GivenUp
        if value is not Undefined:
            bound[self.key] = value


@dataclass(frozen=True, slots=True)
class _Built:
    """An argument written out, with variables inside."""

    key: str
    make: _Maker

    def bind(self, bound: dict[str, Any], variables: Mapping[str, Any]) -> None:
        value = self.make(variables)
        if value is Undefined:
            raise GivenUp
        bound[self.key] = value


def binder(
    definition: GraphQLField, node: FieldNode, *, objects_as_mappings: bool = False
) -> Binder:
    """How the arguments written at ``node`` are bound; raises ``GivenUp`` when they never can.

    ``objects_as_mappings``: input objects with variables in them come as dictionaries, and not
    as what a resolver may read attributes of, which takes longer to make.
    """
    written = {one.name.value: one.value for one in node.arguments}
    fixed: dict[str, Any] = {}
    varying: list[_Named | _Built] = []
    for name, argument in definition.args.items():
        key = argument.out_name or name
        value = written.get(name)
        is_required = isinstance(argument.type, GraphQLNonNull)
        if isinstance(value, VariableNode):
            default = argument.default_value
            varying.append(_Named(key, value.name.value, default, is_required))
        elif value is not None and any(True for _ in variables_in(value)):
            varying.append(_Built(key, _maker(value, argument.type, objects_as_mappings)))
        elif value is not None:
            fixed[key] = _value(value, argument.type)
        elif argument.default_value is not Undefined:
            fixed[key] = argument.default_value
        elif is_required:
            raise GivenUp

    def bind(variables: Mapping[str, Any]) -> dict[str, Any]:
        bound = dict(fixed)
        for one in varying:
            one.bind(bound, variables)
        return bound

    return bind


def _maker(node: ValueNode, kind: GraphQLInputType, as_mapping: bool) -> _Maker:
    """What makes the value that is written at ``node`` of the variables in it."""
    inner: Any = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
    is_object = isinstance(inner, GraphQLInputObjectType) and not inner.is_one_of
    if is_object and isinstance(node, ObjectValueNode):
        return _object_maker(node, inner, as_mapping)
    return lambda variables: value_from_ast(node, kind, dict(variables))


def _object_maker(node: ObjectValueNode, kind: GraphQLInputObjectType, as_mapping: bool) -> _Maker:
    written = {one.name.value: one.value for one in node.fields}
    fields = [
        (field.out_name or name, made)
        for name, field in kind.fields.items()
        if (made := _field_maker(written.get(name), field, as_mapping)) is not None
    ]

    def make(variables: Mapping[str, Any]) -> Any:
        found = {}
        for key, made in fields:
            value = made(variables)
            if value is Undefined:
                return Undefined
            if value is not _LEFT_OUT:
                found[key] = value
        return found if as_mapping else kind.out_type(found)

    return make


def _field_maker(
    node: ValueNode | None, field: GraphQLInputField, as_mapping: bool
) -> _Maker | None:
    """What makes the value of a field of an input object; None for one that is left out."""
    is_required = isinstance(field.type, GraphQLNonNull)
    default = field.default_value
    if default is Undefined and not is_required:
        default = _LEFT_OUT
    if node is None:
        return None if default is _LEFT_OUT else lambda variables: default
    if isinstance(node, VariableNode):
        name = node.name.value

        def named(variables: Mapping[str, Any]) -> Any:
            # A variable without a value is as if the field had not been written.
            value = variables.get(name, default)
            return Undefined if value is None and is_required else value

        return named
    if any(True for _ in variables_in(node)):
        return _maker(node, field.type, as_mapping)
    value = value_from_ast(node, field.type)
    return lambda variables: value


def _value(node: ValueNode, kind: GraphQLInputType) -> Any:
    value = value_from_ast(node, kind)
    if value is Undefined:
        raise GivenUp
    return value

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
    GraphQLInputType,
    GraphQLNonNull,
    Undefined,
    ValueNode,
    VariableNode,
    value_from_ast,
)

from graphql_api.plan.deciding import variables_in
from graphql_api.plan.giving_up import GivenUp

# Coerced variables → the resolver's keyword arguments.
Binder = Callable[[Mapping[str, Any]], dict[str, Any]]


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
    node: ValueNode
    kind: GraphQLInputType

    def bind(self, bound: dict[str, Any], variables: Mapping[str, Any]) -> None:
        bound[self.key] = _value(self.node, self.kind, variables)


def binder(definition: GraphQLField, node: FieldNode) -> Binder:
    """How the arguments written at ``node`` are bound; raises ``GivenUp`` when they never can."""
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
            varying.append(_Built(key, value, argument.type))
        elif value is not None:
            fixed[key] = _value(value, argument.type, {})
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


def _value(node: ValueNode, kind: GraphQLInputType, variables: Mapping[str, Any]) -> Any:
    value = value_from_ast(node, kind, dict(variables))
    if value is Undefined:
        raise GivenUp
    return value

"""NUL characters: a space in a text that is only looked for, refused everywhere else.

Invariant: no text with NUL reaches a resolver, and so no database, which could not store it.
"""

from collections import Counter
from typing import Any

from graphql import (
    ArgumentNode,
    DocumentNode,
    FieldNode,
    StringValueNode,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    visit,
)

from graphql_api.errors import ErrorCode
from graphql_api.http import refusals

NUL = "\x00"
# Fields of Query, and the argument of each that takes what somebody pasted or typed. It is
# compared with the index in words and never stored.
LOOKED_FOR = {"search": "query", "suggest": "query", "lookupError": "trace"}


def clean_document(document: DocumentNode) -> None:
    """Replace NULs in texts that are looked for, in place; raises ``Refused`` for others."""
    visit(document, _Cleaner())


def clean_variables(document: DocumentNode, variables: dict[str, Any]) -> dict[str, Any]:
    """The variables with a space for each NUL of a text that is only looked for.

    Raises ``Refused`` when any other holds a NUL.
    """
    only_looked_for = _Uses(document).only_looked_for()
    cleaned = {}
    for name, value in variables.items():
        if isinstance(value, str) and name in only_looked_for:
            value = value.replace(NUL, " ")
        if holds_nul({name: value}):
            raise refusals.over_limit(
                ErrorCode.BAD_USER_INPUT, "A variable contains a NUL character."
            )
        cleaned[name] = value
    return cleaned


def holds_nul(value: Any) -> bool:
    """True when a text in ``value``, or a name in its objects, contains NUL."""
    stack = [value]
    while stack:
        one = stack.pop()
        if isinstance(one, str):
            if NUL in one:
                return True
        elif isinstance(one, dict):
            stack += [*one.keys(), *one.values()]
        elif isinstance(one, list):
            stack += one
    return False


def _looked_for(field: FieldNode) -> ArgumentNode | None:
    wanted = LOOKED_FOR.get(field.name.value)
    return next((one for one in field.arguments if one.name.value == wanted), None)


class _Cleaner(Visitor):
    def enter_field(self, node: FieldNode, *_: object) -> None:
        argument = _looked_for(node)
        if argument is not None and isinstance(argument.value, StringValueNode):
            argument.value.value = argument.value.value.replace(NUL, " ")

    def enter_string_value(self, node: StringValueNode, *_: object) -> None:
        if NUL in node.value:
            raise refusals.over_limit(
                ErrorCode.BAD_USER_INPUT, "A text in the document contains a NUL character."
            )


class _Uses(Visitor):
    """How often each variable is used, and how often of that to be looked for."""

    def __init__(self, document: DocumentNode) -> None:
        super().__init__()
        self._all: Counter[str] = Counter()
        self._to_look_for: Counter[str] = Counter()
        visit(document, self)

    def only_looked_for(self) -> set[str]:
        """Names of the variables that are used for nothing else."""
        return {name for name, count in self._to_look_for.items() if self._all[name] == count}

    def enter_field(self, node: FieldNode, *_: object) -> None:
        argument = _looked_for(node)
        if argument is not None and isinstance(argument.value, VariableNode):
            self._to_look_for[argument.value.name.value] += 1

    def enter_variable_definition(self, node: VariableDefinitionNode, *_: object) -> None:
        self._all[node.variable.name.value] -= 1

    def enter_variable(self, node: VariableNode, *_: object) -> None:
        self._all[node.name.value] += 1

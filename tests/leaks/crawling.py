"""Asks everything that the schema lets a stranger ask, and keeps every answer."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLSchema,
    get_named_type,
    is_composite_type,
    is_leaf_type,
    is_required_argument,
)

from tests.leaks.arguments import Guesses, values
from tests.support.full_selection import full_query


@dataclass(frozen=True)
class Question:
    """One operation and its variables."""

    text: str
    variables: str

    @property
    def is_repeatable(self) -> bool:
        """False for what differs by itself: the history of withdrawals, a form's fresh token."""
        return not re.search(r"[{ ](changes|contributionForm)\b", self.text)

    def __str__(self) -> str:
        return f"{self.text[:120]} {self.variables}"


def questions(schema: GraphQLSchema, guesses: Guesses) -> Iterator[Question]:
    """Every root field with every field below it, and with every argument."""
    assert schema.query_type is not None
    for name, field in schema.query_type.fields.items():
        required = required_arguments(field, guesses)
        for arguments in required:
            yield whole(schema, name, field, arguments)
        for argument_name, argument in field.args.items():
            if is_required_argument(argument):
                continue
            for value in values(argument_name, argument, guesses):
                arguments = {**required[0], argument_name: value}
                text = f"{header(field, arguments)} {{ {call(name, arguments)} {brief(field)} }}"
                yield Question(text, json.dumps(arguments))


def required_arguments(field: GraphQLField, guesses: Guesses) -> list[dict[str, Any]]:
    """One set of required arguments for each value of the first one; [{}] when none is."""
    names = [name for name, argument in field.args.items() if is_required_argument(argument)]
    if not names:
        return [{}]
    rest = {name: next(values(name, field.args[name], guesses)) for name in names[1:]}
    return [{names[0]: value, **rest} for value in values(names[0], field.args[names[0]], guesses)]


def header(field: GraphQLField, arguments: dict[str, Any]) -> str:
    """``query ($code: String!)``: the variables that carry the arguments."""
    declared = ", ".join(f"${name}: {field.args[name].type}" for name in arguments)
    return f"query ({declared})" if declared else "query"


def call(name: str, arguments: dict[str, Any]) -> str:
    """A field whose arguments come from variables of the same names."""
    written = ", ".join(f"{key}: ${key}" for key in arguments)
    return f"{name}({written})" if written else name


def whole(
    schema: GraphQLSchema, name: str, field: GraphQLField, arguments: dict[str, Any]
) -> Question:
    """An operation with every field below, following references between entries once."""
    written = call(name, arguments)
    if is_composite_type(get_named_type(field.type)):
        text = full_query(schema, written, references=1)
    else:
        text = f"{{ found: {written} }}"
    return Question(f"{header(field, arguments)} {text}", json.dumps(arguments))


def brief(field: GraphQLField) -> str:
    """Counts and the plain fields of what a list holds."""
    target = get_named_type(field.type)
    if not is_composite_type(target):
        return ""
    parts = ["__typename"]
    for name, child in getattr(target, "fields", {}).items():
        kind = get_named_type(child.type)
        if any(is_required_argument(argument) for argument in child.args.values()):
            continue
        if is_leaf_type(kind):
            parts.append(name)
        elif name in ("nodes", "edges", "pageInfo"):
            parts.append(f"{name} {{ {' '.join(plain_fields(kind))} }}")
    return "{ " + " ".join(parts) + " }"


def plain_fields(of: object) -> list[str]:
    """The fields of a type that need no selection and no argument."""
    return ["__typename"] + [
        name
        for name, child in getattr(of, "fields", {}).items()
        if is_leaf_type(get_named_type(child.type))
        and not any(is_required_argument(argument) for argument in child.args.values())
    ]


def ask(client, question: Question, **headers: str) -> str:
    """The answer's body, with errors in it as a stranger reads them."""
    body = {"query": question.text, "variables": json.loads(question.variables)}
    response = client.post("/graphql", json.dumps(body), "application/json", headers=headers)
    return response.content.decode()

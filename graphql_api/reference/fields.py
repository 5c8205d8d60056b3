"""Root fields and inputs as the schema describes them.

Invariant: every argument of every root field is named; one that many fields take in the
same sense is described once, above them all.
"""

from collections import Counter
from collections.abc import Iterable

from graphql import (
    GraphQLArgument,
    GraphQLInputObjectType,
    GraphQLObjectType,
    GraphQLSchema,
    Undefined,
    build_schema,
    print_ast,
)
from graphql.utilities import ast_from_value

SHARED_BY = 4
Meaning = tuple[str, str, str]


def root_fields(definition: str, type_name: str) -> str:
    """A heading, a sentence and the arguments of every field of ``type_name``, as Markdown."""
    schema = build_schema(definition)
    root = schema.type_map[type_name]
    if not isinstance(root, GraphQLObjectType):
        raise TypeError(f"{type_name} has no fields.")
    shared = _shared(root)
    lines = []
    if shared:
        lines += ["Arguments that many fields take:", ""]
        lines += [_bullet(name, kind, text) for name, kind, text in sorted(shared)]
        lines.append("")
    for name, field in root.fields.items():
        lines += [f"#### `{name}`: `{field.type}`", "", _one_line(field.description), ""]
        meanings = [_meaning(key, argument) for key, argument in field.args.items()]
        lines += [_bullet(*meaning) for meaning in meanings if meaning not in shared]
        if common := [meaning[0] for meaning in meanings if meaning in shared]:
            lines.append(f"- As above: {_quoted(common)}.")
        if meanings:
            lines.append("")
    return "\n".join(lines).rstrip()


def inputs(definition: str) -> str:
    """A table of the fields of every input that a root field takes, as Markdown."""
    schema = build_schema(definition)
    lines = []
    for found in _inputs_of(schema):
        lines += [f"#### `{found.name}`", "", _one_line(found.description), ""]
        lines += [
            _bullet(key, str(field.type), _one_line(field.description))
            for key, field in found.fields.items()
        ]
        lines.append("")
    return "\n".join(lines).rstrip()


def _inputs_of(schema: GraphQLSchema) -> list[GraphQLInputObjectType]:
    types = (schema.type_map[name] for name in sorted(schema.type_map))
    return [found for found in types if isinstance(found, GraphQLInputObjectType)]


def _shared(root: GraphQLObjectType) -> set[Meaning]:
    counted = Counter(
        _meaning(key, argument)
        for field in root.fields.values()
        for key, argument in field.args.items()
    )
    return {meaning for meaning, count in counted.items() if count >= SHARED_BY}


def _meaning(name: str, argument: GraphQLArgument) -> Meaning:
    kind = str(argument.type)
    if argument.default_value is not Undefined:
        default = ast_from_value(argument.default_value, argument.type)
        kind = f"{kind} = {print_ast(default)}" if default else kind
    return name, kind, _one_line(argument.description)


def _bullet(name: str, kind: str, text: str) -> str:
    return f"- `{name}: {kind}` {text}".rstrip()


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())

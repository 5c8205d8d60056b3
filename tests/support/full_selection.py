"""Selections of every field, made from the schema, so that no field can be forgotten."""

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)

Composite = GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType


def full_selection(schema: GraphQLSchema, type_name: str, *, references: int = 1) -> str:
    """``{ … }`` with every field of a type, following references that many times.

    Fields of single types are aliased with the type's name: scales of the same name differ.
    """
    found = schema.type_map[type_name]
    assert isinstance(found, Composite)
    return _selection(schema, found, (), references)


def _selection(schema: GraphQLSchema, of: Composite, path: tuple[str, ...], references: int) -> str:
    parts = ["__typename"]
    shared = {} if isinstance(of, GraphQLUnionType) else of.fields
    parts += _fields(schema, shared, (*path, of.name), references)
    if not isinstance(of, GraphQLObjectType):
        for possible in schema.get_possible_types(of):
            own = {name: field for name, field in possible.fields.items() if name not in shared}
            lines = _fields(schema, own, (*path, of.name), references, prefix=possible.name)
            if lines:
                parts.append(f"... on {possible.name} {{ {' '.join(lines)} }}")
    return "{ " + " ".join(parts) + " }"


def _fields(
    schema: GraphQLSchema,
    fields: dict[str, GraphQLField],
    path: tuple[str, ...],
    references: int,
    prefix: str = "",
) -> list[str]:
    lines = []
    for name, field in fields.items():
        if any(is_required_argument(argument) for argument in field.args.values()):
            continue
        label = f"{prefix}_{name}: {name}" if prefix else name
        target = get_named_type(field.type)
        if is_leaf_type(target):
            lines.append(label)
            continue
        if _is_entry(target):
            # Pages and their edges hold entries; any other field refers to one.
            left = references if path[-1].endswith(("Connection", "Edge")) else references - 1
            if left >= 0:
                lines.append(f"{label} {_selection(schema, target, (), left)}")
        elif target.name not in path:
            lines.append(f"{label} {_selection(schema, target, path, references)}")
    return lines


def _is_entry(named: object) -> bool:
    return getattr(named, "name", "") == "Entry" or any(
        interface.name == "Entry" for interface in getattr(named, "interfaces", ())
    )

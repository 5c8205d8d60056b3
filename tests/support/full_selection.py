"""Operations that select every field, made from the schema, so that none can be forgotten."""

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)

Composite = GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType


def full_query(schema: GraphQLSchema, field: str, *, references: int = 1) -> str:
    """An operation on the root field ``field`` (with its arguments) under the key ``found``.

    It selects everything, and follows references between entries that many times. Fields
    of single types are aliased with the type's name: scales of the same name differ.
    """
    query_type = schema.query_type
    assert query_type is not None
    target = get_named_type(query_type.fields[field.split("(")[0]].type)
    writer = _Writer(schema)
    spread = writer.fragment(target, references)
    return "\n".join([f"{{ found: {field} {{ ...{spread} }} }}", *writer.fragments.values()])


class _Writer:
    """Writes each type once, as a fragment: written out in place they would be megabytes."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self.schema = schema
        self.fragments: dict[str, str] = {}
        self.open: list[tuple[str, int]] = []

    def fragment(self, of: GraphQLNamedType, references: int) -> str:
        name = f"{of.name}{references}"
        if name in self.fragments:
            return name
        assert isinstance(of, Composite)
        self.open.append((of.name, references))
        shared = {} if isinstance(of, GraphQLUnionType) else of.fields
        parts = ["__typename", *self.fields(of, shared, references)]
        if not isinstance(of, GraphQLObjectType):
            for possible in self.schema.get_possible_types(of):
                own = {key: field for key, field in possible.fields.items() if key not in shared}
                if lines := self.fields(of, own, references, prefix=f"{possible.name}_"):
                    parts.append(f"... on {possible.name} {{ {' '.join(lines)} }}")
        self.open.pop()
        self.fragments[name] = f"fragment {name} on {of.name} {{ {' '.join(parts)} }}"
        return name

    def fields(
        self, of: Composite, fields: dict[str, GraphQLField], references: int, prefix: str = ""
    ) -> list[str]:
        lines = []
        for name, field in fields.items():
            if any(is_required_argument(argument) for argument in field.args.values()):
                continue
            label = f"{prefix}{name}: {name}" if prefix else name
            target = get_named_type(field.type)
            if is_leaf_type(target):
                lines.append(label)
            elif _is_entry(target):
                # Pages and their edges hold entries; any other field refers to one.
                left = references - (not of.name.endswith(("Connection", "Edge")))
                if left >= 0:
                    lines.append(f"{label} {{ ...{self.fragment(target, left)} }}")
            elif (target.name, references) not in self.open:
                lines.append(f"{label} {{ ...{self.fragment(target, references)} }}")
        return lines


def _is_entry(named: GraphQLNamedType) -> bool:
    interfaces = getattr(named, "interfaces", ())
    return named.name == "Entry" or any(one.name == "Entry" for one in interfaces)

"""A valid operation for a root field: every argument a variable, and some of what it answers."""

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)

# Deep enough for the rows of a page and what they hold, short of the limit on cost.
MAX_DEPTH = 3
MAX_FIELDS = 12


def operation(kind: str, name: str, field: GraphQLField) -> str:
    """The text of a ``query`` or ``mutation`` whose variables have the arguments' names."""
    declared = ", ".join(f"${key}: {argument.type}" for key, argument in field.args.items())
    given = ", ".join(f"{key}: ${key}" for key in field.args)
    head = f"{kind} Fuzz({declared})" if declared else f"{kind} Fuzz"
    call = f"{name}({given})" if given else name
    return f"{head} {{ {call}{_selection(field, 0)} }}"


def _selection(field: GraphQLField, depth: int) -> str:
    target = get_named_type(field.type)
    if is_leaf_type(target):
        return ""
    parts = ["__typename"]
    if isinstance(target, GraphQLObjectType | GraphQLInterfaceType):
        for name, inner in target.fields.items():
            if any(is_required_argument(argument) for argument in inner.args.values()):
                continue
            leaf = is_leaf_type(get_named_type(inner.type))
            if leaf and len(parts) < MAX_FIELDS:
                parts.append(name)
            elif not leaf and depth < MAX_DEPTH and name not in ("edges", "related"):
                parts.append(f"{name}{_selection(inner, depth + 1)}")
            if len(parts) >= MAX_FIELDS and depth > 0:
                break
    return f" {{ {' '.join(parts)} }}"

"""Valid operations on our schema, of every form that GraphQL knows.

Invariant: a response key stands for one field with one set of arguments and one type in the
whole operation, so that whatever is selected twice can be merged.
"""

import json
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    Undefined,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
    is_required_argument,
    parse,
    validate,
)
from hypothesis import assume
from hypothesis import strategies as st

from tests.graphql_api.plan.values import Chooser, Enum, Values, Variable
from tests.graphql_api.plan.world import LISTS, Known

MAX_DEPTH = 6
# Fields of one operation; past them only what must be selected is.
MAX_FIELDS = 60
# Root fields that spend an allowance, or answer with a secret or the time.
LEFT_OUT = {"checkDuplicates", "contributionForm", "contribution", "__schema", "__type"}
PAGING = ("first", "after", "last", "before", "page", "perPage")
# How the pages of a list are asked for; the first is that of the smallest example.
PAGINGS = [
    *[(), ("first",), ("first",), ("first", "after"), ("first", "after"), ("last",)] * 2,
    *[("last", "before"), ("last", "before"), ("first", "after", "before"), ("before",)] * 2,
    *[("page", "perPage"), ("page", "perPage"), ("page",), ("perPage",), ("after",)] * 2,
    ("first", "last"), ("page", "first"), ("last", "after"), PAGING,
]  # fmt: skip
INTROSPECTIONS = [
    "__schema { queryType { name } }",
    '__type(name: "Entry") { name kind possibleTypes { name } }',
    '__type(name: "Nothing") { name }',
]


@dataclass(frozen=True)
class Generated:
    """An operation and several sets of variables for it."""

    text: str
    variables: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Declared:
    """A variable, and what a value for it is made from."""

    name: str
    type: str
    default: str | None
    kind: GraphQLInputType
    argument: str
    root: str


def operations(schema: GraphQLSchema, known: Known) -> st.SearchStrategy[Generated]:
    """Operations with values from ``known``."""

    @st.composite
    def drawn(draw: Any) -> Generated:
        writer = Writer(schema, known, Chooser(draw))
        text = writer.operation()
        assume(not validate(schema, parse(text)))
        return Generated(text, tuple(writer.assignment() for _ in range(2)))

    return drawn()


class Writer:
    """Writes one operation."""

    def __init__(self, schema: GraphQLSchema, known: Known, chooser: Chooser) -> None:
        self.schema = schema
        self.choose = chooser
        self.values = Values(chooser, known)
        self.fields_left = MAX_FIELDS
        self.declared: list[Declared] = []
        # Finished fragments: name → the type they are on, their depth, their text.
        self.fragments: dict[str, tuple[GraphQLNamedType, int, str]] = {}
        self.keys: dict[str, tuple[str, str, str]] = {}

    def operation(self) -> str:
        """The text of a document with one operation."""
        query_type = self.schema.query_type
        assert query_type is not None
        roots = [name for name in query_type.fields if name not in LEFT_OUT]
        # Entries are what the plans read by themselves.
        entries = [name for name in roots if "Entry" in _interfaces(query_type.fields[name])]
        entries += LISTS * 2
        lines = []
        for _ in range(self.choose.one_of([1, 1, 2, 1, 3])):
            if self.choose.chance(3):
                lines.append("__typename")
            elif self.choose.chance(2):
                lines.append(self.choose.one_of(INTROSPECTIONS))
            else:
                name = self.choose.one_of(entries if self.choose.chance(75) else roots)
                lines.append(self.field(query_type, name, 0))
        if self.choose.chance(10):
            lines.append(f"... on Query {{ {self._again(lines)} }}")
        body = " ".join(lines)
        if self.choose.chance(8):
            self.fragments["Root"] = (query_type, 0, body)
            body = "...Root"
        variables = ", ".join(
            f"${one.name}: {one.type}" + (f" = {one.default}" if one.default else "")
            for one in self.declared
        )
        head = f"query Generated({variables})" if variables else "query Generated"
        fragments = [
            f"fragment {name} on {kind.name} {{ {text} }}"
            for name, (kind, _, text) in self.fragments.items()
        ]
        return "\n".join([f"{head} {{ {body} }}", *fragments])

    def _again(self, lines: list[str]) -> str:
        return self.choose.one_of(lines)

    def assignment(self) -> dict[str, Any]:
        """Values for the variables, as JSON has them; some are left out."""
        given: dict[str, Any] = {}
        for one in self.declared:
            required = one.type.endswith("!") and one.default is None
            if not required and self.choose.chance(15):
                continue
            value = self.values.of(one.kind, one.argument, one.root)
            if value is None and one.type.endswith("!"):
                value = self.values.of(GraphQLNonNull(get_nullable_type(one.kind)), one.argument)
            elif not one.type.endswith("!") and self.choose.chance(8):
                value = None
            given[one.name] = value
        return given

    # Selections

    def selection(self, parent: GraphQLNamedType, depth: int) -> str:
        """What stands between the braces after a field of the type ``parent``."""
        lines = []
        names = self._fields(parent, depth)
        for _ in range(self.choose.one_of([2, 1, 3, 4, 5, 7])):
            if lines and self.fields_left <= 0:
                break
            kind = self.choose.number(0, 99)
            if kind >= 92 or not names:
                lines.append(self._typename())
            elif kind >= 80 and depth < MAX_DEPTH:
                lines.append(self._inline(parent, depth))
            elif kind >= 68 and depth < MAX_DEPTH:
                lines.append(self._spread(parent, depth))
            else:
                lines.append(self.field(parent, self.choose.one_of(names), depth))
        return " ".join(lines)

    def _fields(self, parent: GraphQLNamedType, depth: int) -> list[str]:
        if isinstance(parent, GraphQLUnionType):
            return []
        assert isinstance(parent, GraphQLObjectType | GraphQLInterfaceType)
        names = list(parent.fields)
        if depth < MAX_DEPTH and self.fields_left > 0:
            # Composite fields are few beside the leaves, and lead on.
            return names + 2 * [one for one in names if not _is_leaf(parent.fields[one])]
        return [one for one in names if _is_leaf(parent.fields[one])]

    def _typename(self) -> str:
        alias = self.choose.one_of(["", "", "typed: "])
        return f"{alias}__typename{self._directives()}"

    def _inline(self, parent: GraphQLNamedType, depth: int) -> str:
        on = self.choose.one_of([parent, *self._overlapping(parent)])
        condition = "" if on is parent and self.choose.chance(30) else f" on {on.name}"
        return f"...{condition}{self._directives()} {{ {self.selection(on, depth)} }}"

    def _spread(self, parent: GraphQLNamedType, depth: int) -> str:
        fitting = [parent, *self._overlapping(parent)]
        finished = [
            name
            for name, (on, height, _) in self.fragments.items()
            if on in fitting and depth + height <= MAX_DEPTH
        ]
        if finished and self.choose.chance(50):
            return f"...{self.choose.one_of(finished)}{self._directives()}"
        on = self.choose.one_of(fitting)
        text = self.selection(on, depth)
        name = f"F{len(self.fragments)}"
        self.fragments[name] = (on, MAX_DEPTH - depth, text)
        return f"...{name}{self._directives()}"

    def _overlapping(self, parent: GraphQLNamedType) -> list[GraphQLNamedType]:
        own = _possible(self.schema, parent)
        return [
            one
            for one in self.schema.type_map.values()
            if isinstance(one, GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType)
            and one is not parent
            and not one.name.startswith("__")
            and own & _possible(self.schema, one)
        ]

    def field(self, parent: GraphQLNamedType, name: str, depth: int) -> str:
        """One field with all that belongs to it."""
        assert isinstance(parent, GraphQLObjectType | GraphQLInterfaceType)
        definition = parent.fields[name]
        self.fields_left -= 1
        arguments = self._arguments(definition, name)
        key = self._key(name, arguments, str(definition.type))
        label = name if key == name else f"{key}: {name}"
        target = get_named_type(definition.type)
        below = "" if is_leaf_type(target) else f" {{ {self.selection(target, depth + 1)} }}"
        return f"{label}{arguments}{self._directives()}{below}"

    def _key(self, name: str, arguments: str, kind: str) -> str:
        meaning = (name, arguments, kind)
        same = [key for key, one in self.keys.items() if one == meaning]
        if same and self.choose.chance(60):
            return self.choose.one_of(same)
        if self.keys.get(name, meaning) == meaning and not self.choose.chance(12):
            self.keys[name] = meaning
            return name
        key = f"k{len(self.keys)}"
        self.keys[key] = meaning
        return key

    def _directives(self) -> str:
        if not self.choose.chance(7):
            return ""
        name = self.choose.one_of(["include", "skip"])
        condition: Any = bool(self.choose.number(0, 1))
        if self.choose.chance(60):
            boolean = self.schema.type_map["Boolean"]
            condition = self._variable(GraphQLNonNull(boolean), Undefined, "if", "")  # type: ignore[arg-type]
        return f" @{name}(if: {literal(condition)})"

    # Arguments

    def _arguments(self, definition: GraphQLField, root: str) -> str:
        wanted = {name for name, one in definition.args.items() if is_required_argument(one)}
        paged = set(PAGING) <= set(definition.args)
        if paged:
            wanted |= set(self.choose.one_of(PAGINGS))
        optional = [
            one for one in definition.args if one not in wanted and not (paged and one in PAGING)
        ]
        if set(optional) >= {"code", "slug", "id"} and not self.choose.chance(4):
            optional = [one for one in optional if one not in ("code", "slug", "id")]
            wanted.add(self.choose.one_of(["code", "slug", "code", "slug", "id"]))
        chances = {"filter": 65, "orderBy": 40, "locale": 35, "fallback": 20}
        wanted |= {one for one in optional if self.choose.chance(chances.get(one, 10))}
        forced: dict[str, Any] = {}
        if root in LISTS and wanted & {"after", "before"} and not self.choose.chance(6):
            # A cursor means something under its own order only.
            order, cursor = self.values.cursor(root)
            if order in definition.args["orderBy"].type.values:  # type: ignore[union-attr]
                wanted.add("orderBy")
                forced = {"orderBy": Enum(order)} | {
                    one: cursor for one in ("after", "before") if one in wanted
                }
                if len(forced) == 3 and self.choose.chance(80):
                    same = [text for name, text in self.values.known.cursors[root] if name == order]
                    forced["before"] = self.choose.one_of(same)
        given = []
        for name, argument in definition.args.items():
            if name in wanted:
                value = forced[name] if name in forced else self._value(argument, name, root)
                given.append(f"{name}: {literal(value)}")
        return f"({', '.join(given)})" if given else ""

    def _value(self, argument: GraphQLArgument, name: str, root: str) -> Any:
        if self.choose.chance(35):
            return self._variable(argument.type, argument.default_value, name, root)
        value = self.values.of(argument.type, name, root)
        return self._with_variables(value, argument.type, name, root)

    def _with_variables(self, value: Any, kind: GraphQLInputType, name: str, root: str) -> Any:
        """``value`` with variables in the place of some of what it is made of."""
        kind = get_nullable_type(kind)
        if isinstance(value, list) and isinstance(kind, GraphQLList):
            inner = kind.of_type
            return [self._maybe_variable(one, inner, Undefined, name, root) for one in value]
        if isinstance(value, dict) and isinstance(kind, GraphQLInputObjectType):
            combined = "and" in kind.fields
            return {
                key: self._maybe_variable(
                    one,
                    kind.fields[key].type,
                    kind.fields[key].default_value,
                    key if combined else name,
                    root,
                )
                for key, one in value.items()
            }
        return value

    def _maybe_variable(
        self, value: Any, kind: GraphQLInputType, default: Any, name: str, root: str
    ) -> Any:
        if self.choose.chance(15):
            return self._variable(kind, default, name, root)
        return self._with_variables(value, kind, name, root)

    def _variable(self, kind: GraphQLInputType, default: Any, name: str, root: str) -> Variable:
        nullable = get_nullable_type(kind)
        needed = isinstance(kind, GraphQLNonNull)
        form = self.choose.one_of([1, 0, 1, 2, 1, 3])
        # Null may reach a place that takes none through a default there, or here.
        spelt, own = str(nullable), None
        if form == 1 or (needed and form == 0 and default is Undefined):
            spelt = f"{nullable}!"
        if form >= 2:
            own = literal(self.values.of(GraphQLNonNull(nullable), name, root))
        if needed and own is None and default is Undefined:
            spelt = f"{nullable}!"
        for one in self.declared:
            same = (one.type, one.argument, one.root) == (spelt, name, root)
            if same and bool(one.default) == bool(own) and self.choose.chance(30):
                return Variable(one.name)
        made = Declared(f"v{len(self.declared)}", spelt, own, kind, name, root)
        self.declared.append(made)
        return Variable(made.name)


def literal(value: Any) -> str:
    """How a document spells a value."""
    match value:
        case Variable():
            return f"${value}"
        case Enum():
            return str(value)
        case list():
            return f"[{', '.join(map(literal, value))}]"
        case dict():
            return f"{{{', '.join(f'{key}: {literal(one)}' for key, one in value.items())}}}"
    # A document with NUL is refused before anything runs; variables bring it here.
    return json.dumps(value).replace("\\u0000", "0")


def _is_leaf(field: GraphQLField) -> bool:
    return is_leaf_type(get_named_type(field.type)) and not any(
        map(is_required_argument, field.args.values())
    )


def _interfaces(field: GraphQLField) -> set[str]:
    """The interfaces of what a root field leads to, through a connection or at once."""
    target = get_named_type(field.type)
    nodes = getattr(target, "fields", {}).get("nodes")
    target = get_named_type(nodes.type) if nodes else target
    return {target.name, *(one.name for one in getattr(target, "interfaces", ()))}


def _possible(schema: GraphQLSchema, kind: GraphQLNamedType) -> set[str]:
    if isinstance(kind, GraphQLObjectType):
        return {kind.name}
    return {one.name for one in schema.get_possible_types(kind)}  # type: ignore[arg-type]

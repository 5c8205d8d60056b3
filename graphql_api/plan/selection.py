"""From a selection to closures that shape resolved values.

Invariant: fields come out in the order in which graphql-core collects them, and each value
is completed as graphql-core completes it: a null where none may be, a list that is none, a
type that does not fit make the plan give up.

A closure for each field instead of the executor's work for each value: what costs
graphql-core some 15 µs a field (looking up definitions, collecting subfields, building
paths, asking whether anything is awaitable) is done once, when the operation is compiled.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple, cast

from graphql import (
    FieldNode,
    GraphQLAbstractType,
    GraphQLField,
    GraphQLLeafType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    is_abstract_type,
    is_leaf_type,
    is_object_type,
)
from graphql.execution.collect_fields import collect_sub_fields
from graphql.execution.execute import get_field_def
from graphql.execution.values import get_argument_values

from graphql_api.knowledge.documents import document_value
from graphql_api.plan.giving_up import GivenUp
from graphql_api.plan.leaves import serializer, untouched
from graphql_api.plan.places import Operation, Place
from graphql_api.plan.running import Run

# A resolved value → what the answer holds.
Completer = Callable[[Any, Run], Any]
# An object → what the answer holds for one of its fields.
Getter = Callable[[Any, Run], Any]
# Makes a getter where a way is known that is faster than asking the resolver.
Shortcut = Callable[[Place, "Selections"], "Getter | None"]


class PlainField(NamedTuple):
    """A leaf that is a key of a document.

    ``exact``: the type whose values need no completing. ``name`` is empty, and so are the
    values, where the type's own name is asked for.
    """

    key: str
    name: str
    exact: type | None
    complete: Completer


PlainFields = list[PlainField]


class Selections:
    """Compiles the selections of one operation."""

    def __init__(self, document: Operation, shortcut: Shortcut) -> None:
        self.document = document
        self._shortcut = shortcut
        # An interface's types share the nodes below them: without this, a selection nested
        # d interfaces deep would be compiled (number of types) ** d times.
        self._known: dict[tuple[str, tuple[int, ...]], Completer] = {}
        # How many completers there are by now: what a plan takes of memory.
        self.compiled = 0

    def completer(self, kind: GraphQLOutputType, nodes: list[FieldNode]) -> Completer:
        """How a resolved value of the type ``kind`` is completed."""
        key = str(kind), tuple(map(id, nodes))
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._completer(kind, nodes)
            self.compiled += 1
        return known

    def completer_at(self, place: Place) -> Completer:
        """How the value of the field at ``place`` is completed."""
        return self.completer(place.return_type, place.nodes)

    def _completer(self, kind: GraphQLOutputType, nodes: list[FieldNode]) -> Completer:
        if isinstance(kind, GraphQLNonNull):
            return _never_null(self.completer(kind.of_type, nodes))
        if isinstance(kind, GraphQLList):
            plain = self._plain_items(kind.of_type, nodes)
            if plain is not None:
                return partial(_plain_list, plain)
            return _list(self.completer(kind.of_type, nodes), _exact(_leaf_of(kind.of_type)))
        if is_leaf_type(kind):
            return _leaf(serializer(cast(GraphQLLeafType, kind)))
        if is_object_type(kind):
            return self._object(cast(GraphQLObjectType, kind), nodes)
        if is_abstract_type(kind):
            return self._abstract(cast(GraphQLAbstractType, kind), nodes)
        raise GivenUp

    def _object(self, kind: GraphQLObjectType, nodes: list[FieldNode]) -> Completer:
        belongs = kind.is_type_of
        plain = self.plain_fields(kind, nodes)
        if plain is not None:
            return partial(_plain_object, plain)
        fields = self.fields(kind, nodes)
        anywhere = Place(self.document, kind, kind, nodes)

        def shape(source: Any, run: Run) -> Any:
            if source is None:
                return None
            return {key: get(source, run) for key, get in fields}

        def shape_if_it_belongs(source: Any, run: Run) -> Any:
            if source is not None and not belongs(source, run.info(anywhere)):  # type: ignore[misc]
                raise GivenUp
            return shape(source, run)

        return shape if belongs is None else shape_if_it_belongs

    def fields(self, kind: GraphQLObjectType, nodes: list[FieldNode]) -> list[tuple[str, Getter]]:
        """The fields selected of an object, by response key."""
        collected = collect_sub_fields(
            self.document.schema, self.document.fragments, self.document.deciding, kind, nodes
        )
        return [(key, self.getter(kind, group)) for key, group in collected.items()]

    def plain_fields(self, kind: GraphQLObjectType, nodes: list[FieldNode]) -> PlainFields | None:
        """The fields selected, when all are leaves that are keys of a document; else None."""
        if kind.is_type_of is not None:
            return None
        collected = collect_sub_fields(
            self.document.schema, self.document.fragments, self.document.deciding, kind, nodes
        )
        found = []
        for key, group in collected.items():
            name = group[0].name.value
            definition = get_field_def(self.document.schema, kind, group[0])
            if name == "__typename":
                found.append(PlainField(key, "", None, partial(_named, kind.name)))
            elif (
                definition is not None
                and is_document_key(definition.resolve)
                and (leaf := _leaf_of(definition.type)) is not None
            ):
                complete = self.completer(definition.type, group)
                found.append(PlainField(key, name, untouched(leaf), complete))
            else:
                return None
        # Of an object whose name alone is asked for nothing says that it is a document.
        return found if any(field.name for field in found) else None

    def _plain_items(self, kind: GraphQLOutputType, nodes: list[FieldNode]) -> PlainFields | None:
        """The fields of a list's items, when those are plain objects and never null."""
        inner = kind.of_type if isinstance(kind, GraphQLNonNull) else None
        return self.plain_fields(inner, nodes) if isinstance(inner, GraphQLObjectType) else None

    def getter(self, parent: GraphQLObjectType, nodes: list[FieldNode]) -> Getter:
        """How the value of one field is had from its object."""
        name = nodes[0].name.value
        if name == "__typename":
            return partial(_constant, parent.name)
        definition = get_field_def(self.document.schema, parent, nodes[0])
        if definition is None:
            raise GivenUp
        place = Place(self.document, parent, definition.type, nodes, definition.resolve)
        return self._shortcut(place, self) or self._resolved(definition, place)

    def _resolved(self, definition: GraphQLField, place: Place) -> Getter:
        resolve, complete = definition.resolve, self.completer_at(place)
        if resolve is None:
            raise GivenUp
        if is_document_key(resolve):
            return document_key(place, complete)
        arguments = get_argument_values(definition, place.nodes[0], self.document.deciding)

        def get(source: Any, run: Run) -> Any:
            return complete(resolve(source, run.info(place), **arguments), run)

        return get

    def _abstract(self, kind: GraphQLAbstractType, nodes: list[FieldNode]) -> Completer:
        possible = {one.name: one for one in self.document.schema.get_possible_types(kind)}
        # Compiled when the first value of a type is met: most answers meet few of them.
        shapes: dict[str, Completer] = {}
        type_name_of: Any = kind.resolve_type
        query_type = self.document.schema.query_type
        if type_name_of is None or query_type is None:
            raise GivenUp
        anywhere = Place(self.document, query_type, kind, nodes)

        def complete(value: Any, run: Run) -> Any:
            if value is None:
                return None
            name = type_name_of(value, run.info(anywhere), kind)
            shape = shapes.get(name)
            if shape is None:
                if name not in possible:
                    raise GivenUp
                shape = shapes[name] = self.completer(possible[name], nodes)
            return shape(value, run)

        return complete


def _constant(value: Any, source: Any, run: Run) -> Any:
    return value


def _named(name: str, value: Any, run: Run) -> str:
    return name


def _plain_list(fields: PlainFields, value: Any, run: Run) -> Any:
    if value is None:
        return None
    if not isinstance(value, list | tuple) or None in value:
        raise GivenUp
    run.deadline.check()
    if len(fields) > 1:
        return [_plain_object(fields, source, run) for source in value]
    [(key, name, exact, complete)] = fields
    values = [source.get(name) for source in value]
    return [{key: one if type(one) is exact else complete(one, run)} for one in values]


def _plain_object(fields: PlainFields, source: Any, run: Run) -> Any:
    if source is None:
        return None
    get = source.get
    made = {}
    for key, name, exact, complete in fields:
        # The name of the type is in no document.
        value = get(name) if name else None
        made[key] = value if type(value) is exact else complete(value, run)
    return made


def _never_null(complete: Completer) -> Completer:
    def completed(value: Any, run: Run) -> Any:
        result = complete(value, run)
        if result is None:
            raise GivenUp
        return result

    return completed


def _leaf(serialize: Callable[[Any], Any]) -> Completer:
    def complete(value: Any, run: Run) -> Any:
        return None if value is None else serialize(value)

    return complete


def _exact(leaf: GraphQLLeafType | None) -> type | None:
    """The type whose values need no completing; None for what is no leaf, too."""
    return None if leaf is None else untouched(leaf)


def _list(complete: Completer, exact: type | None) -> Completer:
    """``exact``: the type of items that need no completing."""
    plain = {exact}

    def completed(value: Any, run: Run) -> Any:
        if value is None:
            return None
        if not isinstance(value, list | tuple):
            raise GivenUp
        run.deadline.check()
        if {*map(type, value)} == plain:
            return value
        return [complete(item, run) for item in value]

    return completed


def is_document_key(resolve: Callable[..., Any] | None) -> bool:
    """Whether a field is the document key that is called as it is."""
    return isinstance(resolve, partial) and resolve.func is document_value


def document_key(place: Place, complete: Completer) -> Getter:
    """A getter of the document key that is called as the field."""
    leaf = _leaf_of(place.return_type)
    return partial(shown_key, place.name, leaf, _exact(leaf), complete)


def shown_key(
    name: str,
    leaf: GraphQLLeafType | None,
    plain: type | None,
    complete: Completer,
    source: Any,
    run: Run,
) -> Any:
    """The key ``name`` of a document; ``plain`` is the type whose values need no completing."""
    value = source.get(name)
    return value if type(value) is plain else complete(value, run)


def _leaf_of(kind: GraphQLOutputType) -> GraphQLLeafType | None:
    """The leaf type that ``kind`` is, null or not; None for objects and lists."""
    inner = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
    return cast(GraphQLLeafType, inner) if is_leaf_type(inner) else None

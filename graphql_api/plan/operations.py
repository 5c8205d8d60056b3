"""One plan for each variant of an operation, kept with its document.

Invariant: plans live and die with the parsed document they belong to, a document keeps a
bounded number of them, and they count among what the cache of documents may hold, whatever
clients send.
"""

from collections.abc import Callable, Sequence
from typing import Any

from graphql import (
    FieldNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
)
from graphql.execution.collect_fields import collect_fields
from graphql.execution.execute import get_field_def

from graphql_api.caching import tags
from graphql_api.http.documents import ParsedDocument, cache
from graphql_api.plan.arguments import binder
from graphql_api.plan.deciding import deciding_variables, variant
from graphql_api.plan.entries.roots import Ahead, is_read, reader_of
from graphql_api.plan.giving_up import GivenUp
from graphql_api.plan.places import Operation, Place
from graphql_api.plan.running import Run
from graphql_api.plan.selection import Completer, Selections
from graphql_api.plan.shortcuts import shortcut

# Root fields that may be resolved a second time, by graphql-core, when their plan gives up:
# they only read, and what they read is the same for everybody.
COVERED = tags.NAMED_ROOTS - {"__schema", "__type"} | {"search", "suggest", "changes"}

# How many variants of one operation are kept at a time.
MAX_VARIANTS = 8

# What is compiled of one value takes a kilobyte, a token of a parsed document a third of it.
COMPILED_TOKENS = 3

# Answers one root field; raises ``GivenUp``, or whatever its resolver raises.
Root = Callable[[Run], Any]


class Plan:
    """The root fields of an operation, in order; None for those graphql-core must answer.

    ``selections`` compiled them, and goes on: a type is compiled when it is first met.
    """

    __slots__ = ("_aheads", "roots", "selections")

    def __init__(
        self,
        roots: dict[str, tuple[str, Root | None]],
        selections: Selections,
        aheads: Sequence[Ahead] = (),
    ) -> None:
        self.roots = roots
        self.selections = selections
        # A single statement need not be told before.
        self._aheads = aheads if len(aheads) > 1 or any(one.has_total for one in aheads) else ()

    def begin(self, run: Run) -> None:
        """Let the reader fetch at once what the root fields are known to ask for.

        Raises as they do.
        """
        asked = [one for ahead in self._aheads for one in ahead.asked(run)]
        if len(asked) > 1:
            run.reader.expect(asked)

    def root(self, key: str | int) -> Root | None:
        """What answers the root field under the response key ``key``."""
        return self.roots[str(key)][1]

    @property
    def is_complete(self) -> bool:
        """Whether every root field is covered."""
        return all(root is not None for _, root in self.roots.values())


def plan_for(
    parsed: ParsedDocument,
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    variables: dict[str, Any],
) -> Plan | None:
    """The plan of a validated operation with coerced variables; None when it can have none."""
    if operation.operation is not OperationType.QUERY:
        return None
    at = operation.loc.start if operation.loc else 0
    names = parsed.deciding.get(at)
    if names is None:
        names = parsed.deciding[at] = deciding_variables(operation, parsed.fragments)
    deciding = variant(names, variables)
    if deciding is None:
        return None
    key = at, deciding
    plan = parsed.plans.get(key)
    if plan is None:
        values = {name: variables[name] for name in names if name in variables}
        try:
            plan = compiled(Operation(schema, parsed.fragments, operation, values))
        except GraphQLError:
            # A directive on a root field refuses its value: there is nothing to run.
            return None
        if len(parsed.plans) >= MAX_VARIANTS:
            parsed.plans.clear()
        parsed.plans[key] = plan
    # A list, because another thread may add a plan meanwhile.
    compiled_by_now = sum(one.selections.compiled for one in list(parsed.plans.values()))
    if compiled_by_now * COMPILED_TOKENS != parsed.planned:
        cache.count_plans(parsed, compiled_by_now * COMPILED_TOKENS)
    return plan


def compiled(document: Operation) -> Plan:
    """Compile every root field that can be."""
    query_type = document.schema.query_type
    selections = Selections(document, shortcut)
    if query_type is None:
        return Plan({}, selections)
    collected = collect_fields(
        document.schema,
        document.fragments,
        document.deciding,
        query_type,
        document.operation.selection_set,
    )
    aheads: list[Ahead] = []
    roots = {
        key: (nodes[0].name.value, _root(selections, nodes, aheads))
        for key, nodes in collected.items()
    }
    return Plan(roots, selections, aheads)


def _root(selections: Selections, nodes: list[FieldNode], aheads: list[Ahead]) -> Root | None:
    """What answers a root field; adds to ``aheads`` what it will ask for first, if known."""
    document = selections.document
    query_type = document.schema.query_type
    name = nodes[0].name.value
    if query_type is None:
        return None
    if name == "__typename":
        return lambda run: query_type.name
    definition = get_field_def(document.schema, query_type, nodes[0])
    if definition is None or definition.resolve is None or name not in COVERED:
        return None
    try:
        complete = selections.completer(definition.type, nodes)
    except (GivenUp, GraphQLError):
        return None
    resolve = definition.resolve
    place = Place(document, query_type, definition.type, nodes, resolve)
    try:
        bind = binder(definition, nodes[0], objects_as_mappings=is_read(name))
    except GivenUp:
        return None
    reader = reader_of(name, nodes, document.fragments, lambda run: bind(run.variables))
    if reader is not None:
        if reader.ahead is not None:
            aheads.append(reader.ahead)
        return _released(reader.read, complete)
    return lambda run: complete(resolve(None, run.info(place), **bind(run.variables)), run)


def _released(read: Root, complete: Completer) -> Root:
    """A root field that lets go of its records as soon as its answer is made of them."""

    def answer(run: Run) -> Any:
        try:
            return complete(read(run), run)
        finally:
            run.release()

    return answer

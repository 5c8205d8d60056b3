"""The root fields on entries that are read by statements of our own.

Invariant: a root field has a reader here if and only if its whole reading is known to the
plan; any other is resolved by its own resolver.
"""

from collections.abc import Callable, Mapping
from typing import Any

from graphql import FieldNode, FragmentDefinitionNode

from graphql_api.plan.entries.columns import columns_of
from graphql_api.plan.entries.lists import ENTRY_LISTS, read_list
from graphql_api.plan.entries.search import read_search
from graphql_api.plan.entries.singles import SINGLES, read_single
from graphql_api.plan.running import Run
from graphql_api.search.loading import selected_of_hits

# Coerced arguments → what the root field's resolver would return.
Read = Callable[[Mapping[str, Any], Run], Any]


def reader_of(
    name: str, nodes: list[FieldNode], fragments: Mapping[str, FragmentDefinitionNode]
) -> Read | None:
    """How the root field ``name`` is read; None when only its resolver knows."""
    columns = columns_of([node.selection_set for node in nodes if node.selection_set], fragments)
    if name in ENTRY_LISTS:
        entry_list = ENTRY_LISTS[name]
        return lambda arguments, run: read_list(entry_list, arguments, columns, run)
    if name in SINGLES:
        kind = SINGLES[name]
        return lambda arguments, run: read_single(kind, arguments, columns, run)
    if name == "search":
        return _search(nodes, fragments)
    return None


def _search(nodes: list[FieldNode], fragments: Mapping[str, FragmentDefinitionNode]) -> Read:
    below, names = selected_of_hits(nodes, fragments)
    columns = columns_of(below, fragments, with_body="snippet" in names)
    return lambda arguments, run: read_search(arguments, columns, run)

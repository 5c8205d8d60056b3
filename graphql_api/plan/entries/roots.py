"""The root fields on entries that are read by statements of our own.

Invariant: a root field has a reader here if and only if its whole reading is known to the
plan; any other is resolved by its own resolver.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from graphql import FieldNode, FragmentDefinitionNode

from graphql_api.knowledge.selection import selected_fields
from graphql_api.plan.database import Asked
from graphql_api.plan.entries.columns import Columns, columns_of
from graphql_api.plan.entries.lists import ENTRY_LISTS, EntryList, Listing
from graphql_api.plan.entries.search import read_search
from graphql_api.plan.entries.singles import SINGLES, read_single
from graphql_api.plan.running import Run
from graphql_api.search.loading import selected_of_hits

# A run → the coerced arguments of the root field.
Bind = Callable[[Run], Mapping[str, Any]]


class Ahead(NamedTuple):
    """What a root field will ask for: first, and then for a total where ``has_total``."""

    asked: Callable[[Run], list[Asked]]
    has_total: bool


class RootReader(NamedTuple):
    """``read``: what the root field's resolver would return.

    ``ahead``: what ``read`` will begin with, for whoever can send several statements at once;
    None where that is known only when it is read.
    """

    read: Callable[[Run], Any]
    ahead: Ahead | None = None


def reader_of(
    name: str, nodes: list[FieldNode], fragments: Mapping[str, FragmentDefinitionNode], bind: Bind
) -> RootReader | None:
    """How the root field ``name`` is read; None when only its resolver knows."""
    columns = columns_of([node.selection_set for node in nodes if node.selection_set], fragments)
    if name in ENTRY_LISTS:
        names = {
            field.name.value
            for node in nodes
            if node.selection_set
            for field in selected_fields(node.selection_set, fragments, set())
        }
        return _list(ENTRY_LISTS[name], columns, bind, "totalCount" in names)
    if name in SINGLES:
        kind = SINGLES[name]
        return RootReader(lambda run: read_single(kind, bind(run), columns, run))
    if name == "search":
        below, names = selected_of_hits(nodes, fragments)
        of_hits = columns_of(below, fragments, with_body="snippet" in names)
        return RootReader(lambda run: read_search(bind(run), of_hits, run))
    return None


def is_read(name: str) -> bool:
    """Whether the root field ``name`` has a reader."""
    return name in ENTRY_LISTS or name in SINGLES or name == "search"


def _list(entry_list: EntryList, columns: Columns, bind: Bind, has_total: bool) -> RootReader:
    # Where a run keeps the listing between the two.
    place = object()

    def asked(run: Run) -> list[Asked]:
        listing = run.memo[place] = Listing(entry_list, bind(run), columns)
        return listing.ahead(run, has_total)

    def read(run: Run) -> Any:
        listing = run.memo.pop(place, None) or Listing(entry_list, bind(run), columns)
        return listing.page(run)

    return RootReader(read, Ahead(asked, has_total))

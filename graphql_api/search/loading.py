"""The entries behind hits, loaded together with what the selection needs of them."""

from collections.abc import Iterable, Mapping, Sequence

from graphql import FieldNode, FragmentDefinitionNode, GraphQLResolveInfo, SelectionSetNode

from graphql_api.knowledge.reading import Reading, visible_entries
from graphql_api.knowledge.selection import WRAPPERS, Needs, needs_of, selected_fields
from graphql_api.records import COLUMNS, Batch, EntryRecord, with_texts

_HOLDERS = WRAPPERS | {"matches"}


def entry_needs(info: GraphQLResolveInfo) -> tuple[Needs, set[str]]:
    """What is selected of ``entry`` below the field, and the names of the fields beside it."""
    below, names = selected_of_hits(info.field_nodes, info.fragments)
    return needs_of(below, info.fragments), names


def selected_of_hits(
    nodes: Iterable[FieldNode], fragments: Mapping[str, FragmentDefinitionNode]
) -> tuple[list[SelectionSetNode], set[str]]:
    """The selections of ``entry`` below ``nodes``, and the names of the fields beside it."""
    waiting = [node.selection_set for node in nodes if node.selection_set]
    below: list[SelectionSetNode] = []
    names: set[str] = set()
    seen: set[str] = set()
    while waiting:
        for field in selected_fields(waiting.pop(), fragments, seen):
            names.add(field.name.value)
            _sort_in(field, waiting, below)
    return below, names


def _sort_in(
    field: FieldNode, waiting: list[SelectionSetNode], below: list[SelectionSetNode]
) -> None:
    if field.selection_set is None:
        return
    if field.name.value == "entry":
        below.append(field.selection_set)
    elif field.name.value in _HOLDERS:
        waiting.append(field.selection_set)


def load_entries(pks: Sequence[int], reading: Reading, needs: Needs) -> dict[int, EntryRecord]:
    """Primary key → record, for those that are visible still. One statement."""
    if not pks:
        return {}
    rows = with_texts(visible_entries().filter(pk__in=pks), needs)
    records: Iterable[EntryRecord] = (EntryRecord(*row) for row in rows.values_list(*COLUMNS))
    return {record.pk: record for record in Batch(reading, needs).adopt(records)}

"""Which columns of an entry a selection reads, told when the operation is compiled.

Invariant: never fewer than are read; what a selection leaves out (the HTML of a list that
shows plain text) is neither fetched nor parsed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from graphql import FragmentDefinitionNode, SelectionSetNode

from cms.publishing.parts import Parts
from graphql_api.knowledge.selection import Needs, needs_of, selected_fields

# The column that holds a form of every part, by the field that shows it.
FORMS = {
    "html": "html_parts",
    "markdown": "markdown_parts",
    "text": "text_parts",
    "blocks": "block_parts",
}
# Fields made from the whole body.
_WHOLE = {"jsonLd"}
# An edge is made with its cursor, whether that is shown or not.
_CURSORS = {"edges", "startCursor", "endCursor"}


@dataclass(frozen=True)
class Columns:
    """``body``: the columns of the body, the outline first; none when only the card is read.

    ``views``, ``uses``: which of the counts are shown. ``places``: whether cursors are, which
    are made of the columns that a list is ordered by.
    """

    needs: Needs
    body: tuple[str, ...]
    views: bool
    uses: bool
    places: bool

    @cached_property
    def width(self) -> int:
        """How many columns these are, with the card."""
        return 1 + len(self.body) + self.views + self.uses

    @cached_property
    def has_whole_body(self) -> bool:
        return self.body == Parts._fields

    @cached_property
    def has_counts(self) -> bool:
        return self.views or self.uses


def columns_of(
    selections: Iterable[SelectionSetNode],
    fragments: Mapping[str, FragmentDefinitionNode],
    *,
    with_body: bool = False,
) -> Columns:
    """What ``selections``, all on the same entries, read; ``with_body``: and the whole body."""
    selections = list(selections)
    needs = needs_of(selections, fragments)
    names = field_names(selections, fragments)
    body: tuple[str, ...] = ()
    if needs.body or with_body:
        if with_body or names & _WHOLE:
            body = Parts._fields
        else:
            forms = {column for name, column in FORMS.items() if name in names}
            body = ("outline", *(one for one in Parts._fields if one in forms))
    return Columns(
        needs,
        body,
        views="viewCount" in names,
        uses="usesThisWeek" in names,
        places=bool(names & _CURSORS),
    )


def field_names(
    selections: Iterable[SelectionSetNode], fragments: Mapping[str, FragmentDefinitionNode]
) -> set[str]:
    """The names of all fields in ``selections``, however far below."""
    names: set[str] = set()
    seen: set[str] = set()
    waiting = list(selections)
    while waiting:
        for field in selected_fields(waiting.pop(), fragments, seen):
            names.add(field.name.value)
            if field.selection_set:
                waiting.append(field.selection_set)
    return names

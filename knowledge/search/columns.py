"""What matches are counted by, column by column: codes of neighbouring documents in one row.

Invariant: reads what ``knowledge.search.column_writing`` wrote; a document that it wrote nothing
of has no value in any column.

A search may have twenty thousand matches all over the archive. Looking for the row of each
takes tens of milliseconds, and longer the larger the archive; the blocks of a hundred thousand
documents are eight hundred rows.
"""

import sys
from array import array
from collections.abc import Collection, Mapping, Sequence

from knowledge.search.clauses import Condition, one_of_keys
from knowledge.search.statements import rows

Pair = tuple[str, str]

BITS = 7
SIZE = 1 << BITS
# One column each, then as many of topics as the document with the most of them needs.
SINGLE = ("locale", "kind", "technology", "category", "level", "difficulty")
TOPIC = "topic"
# Of two bytes: 65,535 values of facets have a code.
TYPE = "H"
_WIDTH = SIZE * array(TYPE).itemsize


class Columns:
    """The columns of some documents, each found at its place; 0 stands for no value."""

    def __init__(self, blocks: Sequence[tuple[int, bytes]], names: Mapping[int, Pair]) -> None:
        """``blocks`` in the order of their numbers."""
        self._starts = {block: number * SIZE for number, (block, _) in enumerate(blocks)}
        self._nowhere = len(blocks) * SIZE
        self._blocks = [codes for _, codes in blocks]
        lengths = list(map(len, self._blocks)) or [0]
        self._shortest = min(lengths)
        self._read: dict[int, Sequence[int]] = {}
        self.topics = range(len(SINGLE), max(lengths) // _WIDTH)
        self.names = names

    def places(self, pks: Collection[int]) -> list[int]:
        """Where the documents stand in each column."""
        first, last = min(pks, default=0) >> BITS, max(pks, default=0) >> BITS
        starts, nowhere, within = self._starts, self._nowhere, SIZE - 1
        if starts.get(first) == 0 and starts.get(last) == (last - first) * SIZE:
            # The usual case: no block is lacking in between.
            before = first << BITS
            return [pk - before for pk in pks]
        return [starts.get(pk >> BITS, nowhere) + (pk & within) for pk in pks]

    def of(self, facet: str) -> list[Sequence[int]]:
        """The columns of a facet: one, or for topics any number."""
        if facet == TOPIC:
            return [self._column(number) for number in self.topics]
        return [self._column(SINGLE.index(facet))]

    def _column(self, number: int) -> Sequence[int]:
        if number not in self._read:
            start = number * _WIDTH
            end = start + _WIDTH
            parts = [codes[start:end] for codes in self._blocks]
            if self._shortest < end:
                parts = [part.ljust(_WIDTH, b"\0") for part in parts]
            # What is in no block has no value.
            self._read[number] = numbers(b"".join([*parts, bytes(_WIDTH)]))
        return self._read[number]


def read(pks: Collection[int]) -> Columns:
    """The columns of these documents and their neighbours. Two statements."""
    first, last = min(pks, default=0) >> BITS, max(pks, default=0) >> BITS
    if last - first < len(pks):
        within = Condition("block BETWEEN %s AND %s", (first, last))
    else:
        within = one_of_keys("block", sorted({pk >> BITS for pk in pks}))
    blocks = rows(
        f"SELECT block, codes FROM knowledge_searchcolumns WHERE {within.sql} ORDER BY block",  # noqa: S608
        within.values,
    )
    names = rows("SELECT code, facet, value FROM knowledge_searchfacetvalue")
    return Columns(blocks, {code: (facet, value) for code, facet, value in names})


def numbers(stored: bytes) -> array:
    """The codes of a block, column after column."""
    codes = array(TYPE, bytes(stored))
    if sys.byteorder == "big":
        codes.byteswap()
    return codes

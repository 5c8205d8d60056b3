"""What matches are counted by, column by column: codes of neighbouring documents in one row.

Invariant: a block is written in the transaction that writes its documents, and says of each
what its ``SearchDocument`` and its topics say; what a code stands for never changes.

A search may have twenty thousand matches all over the archive. Looking for the row of each
takes tens of milliseconds, and longer the larger the archive; the blocks of a hundred thousand
documents are eight hundred rows.
"""

import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection

from knowledge.search.conditions import one_of_keys
from knowledge.search.statements import rows

Pair = tuple[str, str]

BITS = 7
SIZE = 1 << BITS
# One column each, then as many of topics as the document with the most of them needs.
SINGLE = ("locale", "kind", "technology", "category", "level", "difficulty")
TOPIC = "topic"
_TYPE = "H"
_WIDTH = SIZE * array(_TYPE).itemsize


class Columns:
    """The columns of some documents, each found at its place; 0 stands for no value."""

    def __init__(self, blocks: Sequence[tuple[int, bytes]], names: Mapping[int, Pair]) -> None:
        """``blocks`` in the order of their numbers."""
        self._starts = {block: number * SIZE for number, (block, _) in enumerate(blocks)}
        # What is in no block has no value.
        self._nowhere = len(blocks) * SIZE
        self._blocks = [*(codes for _, codes in blocks), b""]
        self._read: dict[int, Sequence[int]] = {}
        self.topics = range(len(SINGLE), max(map(len, self._blocks)) // _WIDTH)
        self.names = names

    def places(self, pks: Iterable[int]) -> list[int]:
        """Where the documents stand in each column."""
        pks = list(pks)
        first = min(self._starts, default=0)
        if pks and len(self._starts) == (max(pks) >> BITS) - first + 1 and min(pks) >> BITS == first:
            before = first << BITS
            return [pk - before for pk in pks]
        starts, nowhere, within = self._starts, self._nowhere, SIZE - 1
        return [starts.get(pk >> BITS, nowhere) + (pk & within) for pk in pks]

    def of(self, facet: str) -> list[Sequence[int]]:
        """The columns of a facet: one, or for topics any number."""
        if facet == TOPIC:
            return [self._column(number) for number in self.topics]
        return [self._column(SINGLE.index(facet))]

    def _column(self, number: int) -> Sequence[int]:
        if number not in self._read:
            start = number * _WIDTH
            parts = [codes[start : start + _WIDTH] for codes in self._blocks]
            self._read[number] = _numbers(b"".join(part.ljust(_WIDTH, b"\0") for part in parts))
        return self._read[number]


def read(pks: Iterable[int]) -> Columns:
    """The columns of these documents and their neighbours. Two statements."""
    within = one_of_keys("block", sorted({pk >> BITS for pk in pks}))
    blocks = rows(
        f"SELECT block, codes FROM knowledge_searchcolumns WHERE {within.sql} ORDER BY block",  # noqa: S608
        within.values,
    )
    names = rows("SELECT id, facet, value FROM knowledge_searchfacetvalue")
    return Columns(blocks, {code: (facet, value) for code, facet, value in names})


def store(documents: Mapping[int, Iterable[Pair]]) -> None:
    """Write what each document is: (facet, value) pairs; none of one that is gone."""
    wanted = {pk: [pair for pair in pairs if pair[1]] for pk, pairs in documents.items()}
    codes = _codes({pair for pairs in wanted.values() for pair in pairs})
    members: dict[int, dict[int, list[tuple[str, int]]]] = {}
    for pk, pairs in wanted.items():
        coded = [(pair[0], codes[pair]) for pair in pairs]
        members.setdefault(pk >> BITS, {})[pk & (SIZE - 1)] = coded
    with connection.cursor() as cursor:
        for block, before in _locked(cursor, sorted(members)):
            after = _changed(before, members[block])
            if after != before:
                cursor.execute(
                    "UPDATE knowledge_searchcolumns SET codes = %s WHERE block = %s", [after, block]
                )


def _changed(block: bytes, members: Mapping[int, Sequence[tuple[str, int]]]) -> bytes:
    """The block with other codes at some places."""
    columns = _numbers(block)
    for place, pairs in members.items():
        columns[place::SIZE] = array(_TYPE, bytes(len(columns) // SIZE * columns.itemsize))
        topics = len(SINGLE)
        for facet, code in pairs:
            number = topics if facet == TOPIC else SINGLE.index(facet)
            topics += facet == TOPIC
            lacking = (number + 1) * SIZE - len(columns)
            columns.frombytes(bytes(max(0, lacking) * columns.itemsize))
            columns[number * SIZE + place] = code
    while columns and not any(columns[-SIZE:]):
        del columns[-SIZE:]
    return _bytes(columns)


def _locked(cursor: Any, blocks: Sequence[int]) -> list[tuple[int, bytes]]:
    """The blocks, for nobody else to write until this transaction ends; new ones are made."""
    values = ",".join(["(%s,%s)"] * len(blocks))
    cursor.execute(
        f"INSERT INTO knowledge_searchcolumns (block, codes) VALUES {values} "  # noqa: S608
        "ON CONFLICT (block) DO NOTHING",
        [value for block in blocks for value in (block, b"")],
    )
    marks = ",".join(["%s"] * len(blocks))
    lock = "FOR UPDATE" if connection.vendor == "postgresql" else ""
    cursor.execute(
        "SELECT block, codes FROM knowledge_searchcolumns "  # noqa: S608
        f"WHERE block IN ({marks}) ORDER BY block {lock}",
        blocks,
    )
    return [(block, bytes(codes)) for block, codes in cursor.fetchall()]


def _codes(pairs: Iterable[Pair]) -> dict[Pair, int]:
    """The codes of values; new ones are made."""
    wanted = sorted(pairs)
    if not wanted:
        return {}
    marks = ",".join(["(%s,%s)"] * len(wanted))
    values = [value for pair in wanted for value in pair]
    select = (
        "SELECT facet, value, id FROM knowledge_searchfacetvalue "  # noqa: S608
        f"WHERE (facet, value) IN (VALUES {marks})"
    )
    with connection.cursor() as cursor:
        cursor.execute(select, values)
        found = {(facet, value): code for facet, value, code in cursor.fetchall()}
        if lacking := [pair for pair in wanted if pair not in found]:
            cursor.execute(
                "INSERT INTO knowledge_searchfacetvalue (facet, value) VALUES "
                f"{','.join(['(%s,%s)'] * len(lacking))} ON CONFLICT (facet, value) DO NOTHING",
                [value for pair in lacking for value in pair],
            )
            cursor.execute(select, values)
            found = {(facet, value): code for facet, value, code in cursor.fetchall()}
    return found


def _numbers(stored: bytes) -> array:
    numbers = array(_TYPE, bytes(stored))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def _bytes(numbers: array) -> bytes:
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers.tobytes()

"""The columns follow the documents.

Invariant: a block is written in the transaction that writes its documents, and says of each
what its ``SearchDocument`` and its topics say; what a code stands for never changes.
"""

import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection

from knowledge.search.columns import BITS, SINGLE, SIZE, TOPIC, TYPE, Pair, numbers


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
    columns = numbers(block)
    for place, pairs in members.items():
        columns[place::SIZE] = array(TYPE, bytes(len(columns) // SIZE * columns.itemsize))
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
        f"INSERT INTO knowledge_searchcolumns (block, codes) VALUES {values} "
        "ON CONFLICT (block) DO NOTHING",
        [value for block in blocks for value in (block, b"")],
    )
    marks = ",".join(["%s"] * len(blocks))
    lock = "FOR UPDATE" if connection.vendor == "postgresql" else ""
    cursor.execute(
        "SELECT block, codes FROM knowledge_searchcolumns "
        f"WHERE block IN ({marks}) ORDER BY block {lock}",
        blocks,
    )
    return [(block, bytes(codes)) for block, codes in cursor.fetchall()]


def _codes(pairs: Iterable[Pair]) -> dict[Pair, int]:
    """The codes of values; new ones are made."""
    wanted = sorted(pairs)
    found = _known_codes(wanted)
    with connection.cursor() as cursor:
        while lacking := [pair for pair in wanted if pair not in found]:
            # Counted here: a sequence goes on when a transaction fails. Who takes the same
            # code at the same time is waited for, and then the next one is free.
            cursor.execute("SELECT COALESCE(MAX(code), 0) FROM knowledge_searchfacetvalue")
            last = cursor.fetchone()[0]
            values = ",".join(["(%s,%s,%s)"] * len(lacking))
            cursor.execute(
                "INSERT INTO knowledge_searchfacetvalue (code, facet, value) "
                f"VALUES {values} ON CONFLICT DO NOTHING",
                [part for code, pair in enumerate(lacking, last + 1) for part in (code, *pair)],
            )
            found = _known_codes(wanted)
    return found


def _known_codes(pairs: Sequence[Pair]) -> dict[Pair, int]:
    if not pairs:
        return {}
    marks = ",".join(["(%s,%s)"] * len(pairs))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT facet, value, code FROM knowledge_searchfacetvalue "
            f"WHERE (facet, value) IN (VALUES {marks})",
            [part for pair in pairs for part in pair],
        )
        return {(facet, value): code for facet, value, code in cursor.fetchall()}


def _bytes(codes: array) -> bytes:
    if sys.byteorder == "big":
        codes = codes[:]
        codes.byteswap()
    return codes.tobytes()

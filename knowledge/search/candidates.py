"""From terms to the documents worth ranking: bounded work whatever the size of the archive.

Invariant: sums are of whole numbers and ties break by id, so SQLite and PostgreSQL give
the same documents in the same order.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db import connection

from knowledge.search.conditions import FILTERS, Condition, filtered, hex_key, required
from knowledge.search.requirements import Requirements
from knowledge.search.term_statistics import Selection

# Hits a reader can page through.
WINDOW = 300
_COLUMNS = ("kind", "technology", "category", "level", "difficulty")
# Of these, the columns that hold keys of terms, and what stands for no difficulty.
_KEYS = ("technology", "category")
_NO_DIFFICULTY = "0"
_TOPICS = "JOIN knowledge_publishedentryterm e ON e.entry_id = d.entry_id AND e.facet = 'topic'"


class Candidate(NamedTuple):
    """A document that holds some of the terms, with its filter columns."""

    document_id: int
    score: int
    related: int
    technology: str

    @property
    def weight(self) -> int:
        """What candidates are ordered by before their text is looked at."""
        return 3 * self.score + self.related


def find(
    selection: Selection, requirements: Requirements, window: int = WINDOW
) -> tuple[list[Candidate], int]:
    """The best documents by summed weights, and how many there are in all."""
    matches, values = _matches(selection, requirements.terms)
    where, more = _where(required(requirements))
    with connection.cursor() as cursor:
        cursor.execute(
            f"{matches} SELECT m.document_id, m.score, m.related, d.technology, COUNT(*) OVER () "
            f"FROM m JOIN knowledge_searchdocument d ON d.entry_id = m.document_id {where} "
            "ORDER BY 3 * m.score + m.related DESC, m.document_id LIMIT %s",
            [*values, *more, window],
        )
        rows = cursor.fetchall()
    found = [
        Candidate(document_id, int(score), int(related), hex_key(technology))
        for document_id, score, related, technology, _ in rows
    ]
    return found, (int(rows[0][4]) if rows else 0)


def count(selection: Selection, requirements: Requirements) -> int:
    """How many documents hold some of the terms."""
    documents, values = _documents(selection)
    where, more = _where(required(requirements))
    with connection.cursor() as cursor:
        cursor.execute(
            f"{documents} SELECT COUNT(*) "
            f"FROM m JOIN knowledge_searchdocument d ON d.entry_id = m.document_id {where}",
            [*values, *more],
        )
        return int(cursor.fetchone()[0])


def count_facets(selection: Selection, requirements: Requirements) -> dict[str, Counter[str]]:
    """Facet → value → how many matches have it, under the filters of the other facets.

    Keys of terms are in hex. The documents are looked for once, for all facets.
    """
    documents, values = _documents(selection)
    found, more = _where(required(requirements, *FILTERS))
    parts, of_parts = [], []
    for name in (*_COLUMNS, "topic"):
        filters = filtered(requirements.wanted)
        filters.pop(name, None)
        where, bounds = _where(filters.values())
        column = "e.value" if name == "topic" else f"d.{name}"
        parts.append(
            f"SELECT '{name}', CAST({column} AS varchar), COUNT(*) FROM f d "
            f"{_TOPICS if name == 'topic' else ''} {where} GROUP BY {column}"
        )
        of_parts += bounds
    columns = ", ".join(f"d.{name}" for name in _COLUMNS)
    counted: dict[str, Counter[str]] = {name: Counter() for name in (*_COLUMNS, "topics")}
    with connection.cursor() as cursor:
        cursor.execute(
            f"{documents}, f AS (SELECT d.entry_id, {columns} "
            f"FROM m JOIN knowledge_searchdocument d ON d.entry_id = m.document_id {found}) "
            f"{' UNION ALL '.join(parts)}",
            [*values, *more, *of_parts],
        )
        for name, value, number in cursor.fetchall():
            if value and value != _NO_DIFFICULTY:
                shown = value.replace("-", "") if name in _KEYS else value
                counted["topics" if name == "topic" else name][shown] = int(number)
    return counted


def _matches(selection: Selection, needed: Sequence[int]) -> tuple[str, list[int]]:
    """The statement's beginning: ``m`` is every document that was read, with its sums.

    Of several words for one concept the best counts, not their sum. Where all postings of a
    term are read, those of documents without a ``needed`` term are left out at once.
    """
    factors = selection.factors
    parts: list[str] = []
    values: list[int] = []
    if selection.nearest:
        rows = ",".join(["(%s)"] * len(selection.nearest))
        parts.append(
            "SELECT column1, CAST(-1 AS integer), CAST(0 AS bigint), CAST(0 AS bigint) "
            f"FROM (VALUES {rows}) n"
        )
        values += selection.nearest
    whole = [factor for factor in factors if not factor.limit]
    if whole:
        rows = ",".join(["(%s,%s,%s,%s)"] * len(whole))
        # CROSS JOIN keeps SQLite's planner from starting with the postings.
        parts.append(
            "SELECT p.document_id, q.concept, p.weight * q.own, p.weight * q.related "
            f"FROM (SELECT column1 AS term_id, column2 AS concept, column3 AS own, "
            f"column4 AS related FROM (VALUES {rows}) v) q "
            "CROSS JOIN knowledge_searchposting p WHERE p.term_id = q.term_id"
            + " AND EXISTS (SELECT 1 FROM knowledge_searchposting h WHERE h.term_id = %s "
            "AND h.document_id = p.document_id)" * len(needed)
        )
        for factor in whole:
            values += [factor.term_id, factor.concept, factor.own, factor.related]
        values += needed
    for number, factor in enumerate(one for one in factors if one.limit):
        parts.append(
            f"SELECT b{number}.document_id, %s, b{number}.weight * %s, b{number}.weight * %s "
            "FROM (SELECT document_id, weight FROM knowledge_searchposting WHERE term_id = %s "
            f"ORDER BY weight DESC, document_id LIMIT %s) b{number}"
        )
        values += [factor.concept, factor.own, factor.related, factor.term_id, factor.limit]
    sql = (
        f"WITH r(document_id, concept, own, related) AS ({' UNION ALL '.join(parts)}), c AS ("
        "SELECT document_id, MAX(own) AS own, MAX(related) AS related "
        "FROM r GROUP BY document_id, concept), m AS ("
        "SELECT document_id, SUM(own) AS score, "
        "SUM(CASE WHEN related > own THEN related - own ELSE 0 END) AS related "
        "FROM c GROUP BY document_id)"
    )
    return sql, values


def _documents(selection: Selection) -> tuple[str, list[int]]:
    """The statement's beginning where nothing is ranked: ``m`` is every document to be read."""
    parts: list[str] = []
    values: list[int] = []
    if selection.nearest:
        rows = ",".join(["(%s)"] * len(selection.nearest))
        parts.append(f"SELECT column1 AS document_id FROM (VALUES {rows}) n")
        values += selection.nearest
    whole = [factor.term_id for factor in selection.factors if not factor.limit]
    if whole:
        marks = ",".join(["%s"] * len(whole))
        parts.append(f"SELECT document_id FROM knowledge_searchposting WHERE term_id IN ({marks})")
        values += whole
    for number, factor in enumerate(one for one in selection.factors if one.limit):
        parts.append(
            "SELECT document_id FROM (SELECT document_id FROM knowledge_searchposting "
            f"WHERE term_id = %s ORDER BY weight DESC, document_id LIMIT %s) b{number}"
        )
        values += [factor.term_id, factor.limit]
    read = " UNION ALL ".join(parts)
    return f"WITH m AS (SELECT DISTINCT document_id FROM ({read}) r)", values


def _where(conditions: Iterable[Condition]) -> tuple[str, list[Any]]:
    conditions = list(conditions)
    if not conditions:
        return "", []
    sql = " AND ".join(f"({condition.sql})" for condition in conditions)
    return f"WHERE {sql}", [value for condition in conditions for value in condition.values]

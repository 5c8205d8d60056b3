"""From terms to the documents worth ranking: bounded work whatever the size of the archive.

Invariant: sums are of whole numbers and ties break by id, so SQLite and PostgreSQL give
the same documents in the same order.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import connection

from knowledge.search.conditions import FILTERS, Condition, filtered, hex_key, required
from knowledge.search.requirements import Requirements, SearchFilter
from knowledge.search.term_statistics import Selection

# Hits a reader can page through.
WINDOW = 300
_COLUMNS = ("kind", "technology", "category", "level", "difficulty")


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
    matches, values = _matches(selection)
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
    """Facet → value → how many matches have it, under the filters of the other facets."""
    rows, topics = _combinations(selection, requirements)
    counted = {
        name: _counted(rows, position, requirements.wanted)
        for position, name in enumerate(_COLUMNS)
    }
    return {**counted, "topics": topics}


def _combinations(
    selection: Selection, requirements: Requirements
) -> tuple[list[tuple[tuple[Any, ...], int]], Counter[str]]:
    """How many matches have each combination of kind, technology, category, level, difficulty,
    and how many have each topic (its translation key in hex).

    Of the filters, combinations are counted under that by topic alone, topics under all others.
    The documents are looked for once.
    """
    documents, values = _documents(selection)
    found, more = _where(required(requirements, *FILTERS))
    filters = filtered(requirements.wanted)
    by_topic = filters.pop("topic", None)
    combined, of_topic = _where([by_topic] if by_topic else [])
    others, of_others = _where(filters.values())
    columns = ", ".join(f"d.{name}" for name in _COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"{documents}, f AS (SELECT d.entry_id, {columns} "
            f"FROM m JOIN knowledge_searchdocument d ON d.entry_id = m.document_id {found}) "
            f"SELECT {columns}, NULL, COUNT(*) FROM f d {combined} GROUP BY {columns} "
            "UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, e.value, COUNT(*) FROM f d "
            "JOIN knowledge_publishedentryterm e ON e.entry_id = d.entry_id "
            f"AND e.facet = 'topic' {others} GROUP BY e.value",
            [*values, *more, *of_topic, *of_others],
        )
        rows, topics = [], Counter[str]()
        for kind, technology, category, level, difficulty, topic, number in cursor.fetchall():
            if topic is not None:
                topics[topic] = int(number)
            else:
                keys = hex_key(technology), hex_key(category)
                rows.append(((kind, *keys, level, difficulty), int(number)))
    return rows, topics


def _counted(
    rows: list[tuple[tuple[Any, ...], int]], position: int, wanted: SearchFilter
) -> Counter[str]:
    counts: Counter[str] = Counter()
    for values, count in rows:
        if values[position] not in ("", None, 0) and _fits(values, position, wanted):
            counts[str(values[position])] += count
    return counts


def _fits(values: tuple[Any, ...], own: int, wanted: SearchFilter) -> bool:
    """True when a combination passes every filter but that of facet ``own``."""
    chosen = (wanted.kinds, wanted.technologies, wanted.categories, wanted.levels)
    for position, allowed in enumerate(chosen):
        if position != own and allowed and values[position] not in allowed:
            return False
    bounds = wanted.difficulties
    if own == len(chosen) or bounds is None:
        return True
    return bounds[0] <= values[len(chosen)] <= bounds[1]


def _matches(selection: Selection) -> tuple[str, list[int]]:
    """The statement's beginning: ``m`` is every document that was read, with its sums.

    Of several words for one concept the best counts, not their sum.
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
        )
        for factor in whole:
            values += [factor.term_id, factor.concept, factor.own, factor.related]
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

"""From terms to the documents worth ranking: bounded work whatever the size of the archive.

Invariant: sums are of whole numbers and ties break by id, so SQLite and PostgreSQL give
the same documents in the same order.
"""

from collections.abc import Sequence
from typing import NamedTuple

from knowledge.search.clauses import hex_key, where
from knowledge.search.conditions import required
from knowledge.search.requirements import Requirements
from knowledge.search.statements import rows
from knowledge.search.term_statistics import Selection

# Hits a reader can page through.
WINDOW = 300


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
    conditions, more = where(required(requirements))
    best = rows(
        f"{matches} SELECT m.document_id, m.score, m.related, d.technology, COUNT(*) OVER () "
        f"FROM m JOIN knowledge_searchdocument d ON d.entry_id = m.document_id {conditions} "
        "ORDER BY 3 * m.score + m.related DESC, m.document_id LIMIT %s",
        [*values, *more, window],
    )
    found = [
        Candidate(document_id, int(score), int(related), hex_key(technology))
        for document_id, score, related, technology, _ in best
    ]
    return found, (int(best[0][4]) if best else 0)


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

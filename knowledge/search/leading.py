"""The first candidates, found by reading little: the best postings of each term, and the
visibility of those documents alone that lead.

Invariant: gives documents in the order in which ``candidates.find`` gives them for the same
selection. Numbers are whole and ties break by id, so databases agree.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from django.db import connection

from knowledge.search.candidates import Candidate
from knowledge.search.conditions import hex_key, one_of_keys, required
from knowledge.search.requirements import Requirements
from knowledge.search.term_statistics import Factor, Selection

_EVERYTHING = 1_000_000
_ID_BITS = 48
# One plan for any number of terms; arrays as text are read faster than rows.
_POSTGRESQL = (
    "SELECT q.number, p.documents, p.weights FROM (VALUES {rows}) q(number, term_id, most) "
    "CROSS JOIN LATERAL (SELECT array_agg(b.document_id)::text AS documents, "
    "array_agg(b.weight)::text AS weights FROM (SELECT document_id, weight "
    "FROM knowledge_searchposting WHERE term_id = q.term_id "
    "ORDER BY weight DESC, document_id LIMIT q.most) b) p"
)
_ANYWHERE = (
    "SELECT %s, group_concat(document_id), group_concat(weight) FROM (SELECT document_id, weight "
    "FROM knowledge_searchposting WHERE term_id = %s "
    "ORDER BY weight DESC, document_id LIMIT %s)"
)


class Leader(NamedTuple):
    """A candidate, and where its words stand where that was read along; else empty."""

    candidate: Candidate
    places: str = ""


class Leaders:
    """The documents of a selection, best first, looked at as far as they are taken.

    Without ``with_technology`` that of the candidates is left empty.
    """

    def __init__(
        self, selection: Selection, requirements: Requirements, with_technology: bool
    ) -> None:
        self._requirements = requirements
        self._with_technology = with_technology
        self._score, self._related = score, related = _sums(selection)
        weights = {pk: -3 * value for pk, value in score.items()}
        for pk, value in related.items():
            weights[pk] = weights.get(pk, 0) - value
        # One number to compare by: the weight, and the id below it.
        self._waiting = sorted(weights, key=lambda pk: (weights[pk] << _ID_BITS) + pk)
        self._ready: list[Leader] = []

    def take(self, count: int, with_places: bool = False) -> list[Leader]:
        """The next ``count`` of them that are what is required; fewer when there are no more."""
        # A filter leaves few of many: then it is first seen which.
        size = 2 * count if self._requirements.wanted else count
        with_places = with_places and size == count
        while self._waiting and len(self._ready) < count:
            self._ready += self._seen(self._waiting[:size], with_places)
            self._waiting = self._waiting[size:]
            size, with_places = 2 * size, False
        taken, self._ready = self._ready[:count], self._ready[count:]
        return taken

    def _seen(self, pks: Sequence[int], with_places: bool) -> list[Leader]:
        technology = "d.technology" if self._with_technology else "NULL"
        places, joined = "NULL", ""
        if with_places:
            places = "p.places"
            joined = "LEFT JOIN knowledge_searchplaces p ON p.entry_id = d.entry_id "
        conditions = [one_of_keys("d.entry_id", pks), *required(self._requirements)]
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT d.entry_id, {technology}, {places} "  # noqa: S608
                f"FROM knowledge_searchdocument d {joined}"
                f"WHERE {' AND '.join(f'({one.sql})' for one in conditions)}",
                [value for one in conditions for value in one.values],
            )
            seen = {row[0]: row for row in cursor.fetchall()}
        return [
            Leader(
                Candidate(pk, self._score.get(pk, 0), self._related.get(pk, 0), hex_key(row[1])),
                row[2] or "",
            )
            for pk in pks
            if (row := seen.get(pk))
        ]


def _sums(selection: Selection) -> tuple[dict[int, int], dict[int, int]]:
    """Document → score and → related: of several words for one concept the best counts."""
    concepts: dict[int, list[tuple[Factor, list[int], list[int]]]] = defaultdict(list)
    for factor, documents, weights in _postings(selection.factors):
        concepts[factor.concept].append((factor, documents, weights))
    score: dict[int, int] = dict.fromkeys(selection.nearest, 0)
    related: dict[int, int] = {}
    for read in concepts.values():
        own: dict[int, int] = {}
        near: dict[int, int] = {}
        for factor, documents, weights in read:
            amount, best = (factor.own, own) if factor.own else (factor.related, near)
            for pk, weight in zip(documents, weights, strict=True):
                value = weight * amount
                if value > best.get(pk, 0):
                    best[pk] = value
        for pk, value in own.items():
            score[pk] = score.get(pk, 0) + value
        for pk, value in near.items():
            if (more := value - own.get(pk, 0)) > 0:
                related[pk] = related.get(pk, 0) + more
    return score, related


def _postings(factors: Sequence[Factor]) -> list[tuple[Factor, list[int], list[int]]]:
    """Each factor with its best documents and their weights."""
    if not factors:
        return []
    values: list[int] = []
    for number, factor in enumerate(factors):
        values += (number, factor.term_id, factor.limit or _EVERYTHING)
    if connection.vendor == "postgresql":
        sql = _POSTGRESQL.format(rows=",".join(["(%s,%s,%s)"] * len(factors)))
    else:
        sql = " UNION ALL ".join([_ANYWHERE] * len(factors))
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [
            (factors[number], _numbers(documents), _numbers(weights))
            for number, documents, weights in cursor.fetchall()
            if documents
        ]


def _numbers(text: str) -> list[int]:
    return list(map(int, text.strip("{}").split(",")))

"""The first candidates, found by reading little: the best postings of each term, and the
visibility of those documents alone that lead.

Invariant: gives documents in the order in which ``candidates.find`` gives them for the same
selection. Numbers are whole and ties break by id, so databases agree.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import orjson
from django.db import connection

from knowledge.search.candidates import Candidate
from knowledge.search.conditions import required
from knowledge.search.requirements import Requirements
from knowledge.search.statements import OfKeys, rows, rows_of_keys
from knowledge.search.term_statistics import Factor, Selection

_EVERYTHING = 1_000_000
# One plan for any number of terms; arrays as text are read faster than rows.
_POSTGRESQL = (
    "SELECT q.number, p.documents, p.weights "
    "FROM unnest(%s::int[], %s::bigint[], %s::int[]) q(number, term_id, most) "
    "CROSS JOIN LATERAL (SELECT array_agg(b.document_id)::varchar AS documents, "
    "array_agg(b.weight)::varchar AS weights FROM (SELECT document_id, weight "
    "FROM knowledge_searchposting WHERE term_id = q.term_id "
    "ORDER BY weight DESC, document_id LIMIT q.most) b) p"
)
_ANYWHERE = (
    "SELECT %s, group_concat(document_id), group_concat(weight) FROM (SELECT document_id, weight "
    "FROM knowledge_searchposting WHERE term_id = %s "
    "ORDER BY weight DESC, document_id LIMIT %s)"
)


class Leader(NamedTuple):
    """A candidate and the digest of where its words stand; 0 where that was not read."""

    candidate: Candidate
    digest: int = 0


class Behind:
    """What follows the leaders, in order: looked at when it is asked for, and kept small."""

    def __init__(
        self, pks: Iterable[int], weights: Mapping[int, int], requirements: Requirements
    ) -> None:
        self._pks = array("q", pks)
        self._weights = array("q", map(weights.__getitem__, self._pks))
        self._requirements = requirements

    def take(self, count: int) -> list[tuple[int, int]]:
        """The first ``count`` of them that are what is required: (id, weight)."""
        found: list[tuple[int, int]] = []
        start, size = 0, _at_once(count, self._requirements)
        while start < len(self._pks) and len(found) < count:
            pks = self._pks[start : start + size]
            seen = _read(pks, self._requirements)
            weights = self._weights[start : start + size]
            found += [pair for pair in zip(pks, weights, strict=True) if pair[0] in seen]
            start, size = start + size, 2 * size
        return found[:count]


def leaders(
    selection: Selection,
    requirements: Requirements,
    count: int,
    with_technology: bool = True,
) -> tuple[list[Leader], Behind]:
    """The best ``count`` documents of the selection that are what is required, and the rest.

    Without ``with_technology`` that of the candidates is left empty.
    """
    score, related = _sums(selection)
    weights = {pk: 3 * value for pk, value in score.items()}
    for pk, value in related.items():
        weights[pk] = weights.get(pk, 0) + value
    # By weight, then by id: sorting twice by one number is faster than once by two.
    order = sorted(sorted(weights), key=weights.__getitem__, reverse=True)
    # As text: making objects of keys costs more than all else that is read of a document.
    technology = "CAST(d.technology AS varchar)" if with_technology else "NULL"
    found: list[Leader] = []
    start, size = 0, _at_once(count, requirements)
    while start < len(order) and len(found) < count:
        pks = order[start : start + size]
        seen = _read(pks, requirements, (technology, "p.digest"))
        for position, pk in enumerate(pks, start=start + 1):
            if pk in seen:
                _, key, digest = seen[pk]
                one = Candidate(
                    pk, score.get(pk, 0), related.get(pk, 0), (key or "").replace("-", "")
                )
                found.append(Leader(one, digest or 0))
                if len(found) == count:
                    return found, Behind(order[position:], weights, requirements)
        start, size = start + size, 2 * size
    return found, Behind((), weights, requirements)


def _at_once(count: int, requirements: Requirements) -> int:
    """How many are looked at to find ``count``: a filter leaves few of many."""
    return 2 * count if requirements.wanted else count


def _read(
    pks: Sequence[int], requirements: Requirements, columns: Sequence[str] = ()
) -> dict[int, tuple[Any, ...]]:
    """Id → id and columns of documents ``d`` and places ``p``, for those that are what is
    required."""
    joined = "LEFT JOIN knowledge_searchplaces p ON p.entry_id = d.entry_id" if columns else ""
    selected = (
        f"SELECT {', '.join(('d.entry_id', *columns))} "  # noqa: S608
        f"FROM knowledge_searchdocument d {joined}"
    )
    found = rows_of_keys(OfKeys(selected, "d.entry_id", pks, required(requirements)))
    return {row[0]: row for row in found}


def _sums(selection: Selection) -> tuple[dict[int, int], dict[int, int]]:
    """Document → score and → related: of several words for one concept the best counts."""
    concepts: dict[int, list[tuple[Factor, list[int], list[int]]]] = defaultdict(list)
    for factor, documents, weights in _postings(selection.factors):
        concepts[factor.concept].append((factor, documents, weights))
    score: dict[int, int] = dict.fromkeys(selection.nearest, 0)
    related: dict[int, int] = {}
    for read in concepts.values():
        if len(read) == 1:
            _add(*read[0], score, related)
            continue
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


def _add(
    factor: Factor,
    documents: Sequence[int],
    weights: Sequence[int],
    score: dict[int, int],
    related: dict[int, int],
) -> None:
    """Add the only word of a concept."""
    amount, sums = (factor.own, score) if factor.own else (factor.related, related)
    values = [weight * amount for weight in weights]
    if not sums:
        sums.update(zip(documents, values, strict=True))
        return
    before = sums.get
    for pk, value in zip(documents, values, strict=True):
        sums[pk] = before(pk, 0) + value


def _postings(factors: Sequence[Factor]) -> list[tuple[Factor, list[int], list[int]]]:
    """Each factor with its best documents and their weights."""
    if not factors:
        return []
    asked = [(n, one.term_id, one.limit or _EVERYTHING) for n, one in enumerate(factors)]
    if connection.vendor == "postgresql":
        listed = [f"{{{','.join(map(str, column))}}}" for column in zip(*asked, strict=True)]
        found = rows(_POSTGRESQL, listed)
    else:
        sql = " UNION ALL ".join([_ANYWHERE] * len(factors))
        found = rows(sql, [value for one in asked for value in one])
    return [
        (factors[number], _numbers(documents), _numbers(weights))
        for number, documents, weights in found
        if documents
    ]


def _numbers(text: str) -> list[int]:
    """Whole numbers with commas between: the parser of JSON reads them fastest."""
    return orjson.loads(f"[{text.strip('{}')}]")

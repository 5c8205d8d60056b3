"""The order of candidates: shared Python arithmetic, the same on every database.

Seven views of a document are scored and added, each as a share of the best candidate's:
the stems over the whole document and words that mean nearly the same (both as postings
weigh them), the words as typed, the best passage by words and by stems, the beginning
(title, names, lead), and the technology that was named. The sum is then reduced by what of
the query is not there at all. Where documents have vectors, nearness in meaning is added.
"""

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from knowledge.search.places import read_group, tag_of, weight_at
from knowledge.search.query import Concept, Query
from knowledge.search.term_statistics import TermStatistics, amounts

# How much of the score depends on how much of the query, by rarity, is there at all.
COVERAGE_SHARE = 0.3
# What the meaning counts beside the words, where there are vectors.
MEANING_WEIGHT = 1.0
_K1, _B = 1.2, 0.75
_TITLE_WEIGHT = 3.0
_USUAL_BEGINNING = 30


class Views(NamedTuple):
    """The scores of a document, each by one way to look at it."""

    exact: float
    stemmed: float
    exact_passage: float
    stemmed_passage: float
    beginning: float
    related: float
    technology: float


VIEW_WEIGHTS = Views(
    exact=1.0,
    stemmed=3.0,
    exact_passage=2.0,
    stemmed_passage=2.0,
    beginning=1.0,
    related=3.0,
    technology=1.0,
)


class Document(NamedTuple):
    """A document to be ranked: its technology in hex, and its places as text."""

    document_id: int
    technology: str
    places: str


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A concept as it is looked for in places, each term with what its weight is multiplied by.

    ``forms`` are it, ``keys`` name it, ``related`` mean nearly the same; ``tag`` stands for
    the word as it was typed.
    """

    rarity: float
    tag: str
    forms: tuple[tuple[str, int], ...]
    keys: tuple[tuple[str, int], ...]
    related: tuple[tuple[str, int], ...]


class Ranker:
    """Scores documents for one query.

    ``indexed`` says that they are in the index: what no entry holds need not be looked for.
    """

    def __init__(
        self,
        query: Query,
        terms: Sequence[Mapping[str, float]],
        known: TermStatistics,
        indexed: bool = True,
    ) -> None:
        documents = max(1, known.totals.get("n:documents", 1))
        self.usual_length = max(1.0, known.totals.get("n:words", 0) / documents)
        self.technologies = query.technologies
        self.wanted = [
            _wanted(concept, shares, known, indexed)
            for concept, shares in zip(query.concepts, terms, strict=True)
        ]
        self.whole = sum(one.rarity for one in self.wanted) or 1.0

    def views(self, technology: str, places: str) -> tuple[Views, float]:
        """The scores of a document, and how much of the query, by rarity, it holds."""
        length, opening = places[: places.find(" ")].split(",")
        norm = _K1 * (1 - _B + _B * int(length) / self.usual_length)
        opening_norm = _K1 * (1 - _B + _B * int(opening) / _USUAL_BEGINNING)
        score = related = 0
        exact = beginning = held = 0.0
        stemmed_all: list[tuple[_Standing, float]] = []
        typed_all: list[tuple[_Standing, float]] = []
        for wanted in self.wanted:
            rarity = wanted.rarity
            own, stemmed, typed = _standing(places, wanted)
            score += own
            if wanted.related:
                related += max(0, _heaviest(places, wanted.related) - own)
            if stemmed is None:
                continue
            held += rarity
            if count := stemmed.head + stemmed.lead:
                beginning += rarity * count / (count + opening_norm)
            stemmed_all.append((stemmed, rarity))
            if typed is not None:
                count = 2 * typed.title + typed.head + typed.lead + len(typed.blocks)
                exact += rarity * count / (count + norm)
                typed_all.append((typed, rarity))
        passage = _best_passage(stemmed_all)
        views = Views(
            exact=exact,
            stemmed=score,
            exact_passage=passage if typed_all == stemmed_all else _best_passage(typed_all),
            stemmed_passage=passage,
            beginning=beginning,
            related=related,
            technology=float(technology in self.technologies),
        )
        return views, held / self.whole


def order(
    scored: Iterable[tuple[int, tuple[Views, float]]],
    nearness: Callable[[int], float] | None = None,
) -> list[tuple[int, float]]:
    """(id, score from 0 to 1) of documents with their views and coverage, best first.

    ``nearness`` says from 0 to 1 how near a document is to what the query means.
    """
    documents = list(scored)
    if not documents:
        return []
    whole = sum(VIEW_WEIGHTS)
    best = [max(column) for column in zip(*(views for _, (views, _) in documents), strict=True)]
    shares = [
        weight / most / whole if most else 0.0
        for weight, most in zip(VIEW_WEIGHTS, best, strict=True)
    ]
    ordered = []
    for pk, (views, coverage) in documents:
        score = sum([view * share for view, share in zip(views, shares, strict=True)])
        score *= 1 - COVERAGE_SHARE + COVERAGE_SHARE * coverage
        if nearness is not None:
            score = (score + MEANING_WEIGHT * nearness(pk)) / (1 + MEANING_WEIGHT)
        ordered.append((pk, round(score, 6)))
    return sorted(ordered, key=lambda pair: (-pair[1], pair[0]))


def _wanted(
    concept: Concept, shares: Mapping[str, float], known: TermStatistics, indexed: bool
) -> _Wanted:
    forms, keys, related = [], [], []
    for term, (own, near) in amounts(shares, known).items():
        if indexed and term not in known.ids:
            continue
        if near:
            related.append((f" {term[2:]}=", near))
        elif term.startswith("w:"):
            forms.append((f" {term[2:]}=", own))
        else:
            keys.append((f" {term}=", own))
    return _Wanted(
        rarity=_rarity(concept, known),
        tag=tag_of(concept.exact),
        forms=tuple(forms),
        keys=tuple(keys),
        related=tuple(related),
    )


class _Standing(NamedTuple):
    """Where something stands: how often in the title, in title and names, in the lead, and in
    which blocks of the body."""

    title: int
    head: int
    lead: int
    blocks: tuple[int, ...]

    def __add__(self, other: "_Standing") -> "_Standing":  # type: ignore[override]
        return _Standing(*map(operator.add, self, other))


def _standing(places: str, wanted: _Wanted) -> tuple[int, _Standing | None, _Standing | None]:
    """The weight of a concept, and where it stands: in any form, and as it was typed."""
    own = 0
    stemmed: _Standing | None = None
    typed: _Standing | None = None
    for needle, amount in wanted.forms:
        at = places.find(needle)
        if at < 0:
            continue
        at += len(needle)
        own = max(own, amount * weight_at(places, at))
        for group in places[at + 2 : places.find(" ", at)].split(","):
            found = _read(group)
            stemmed = found if stemmed is None else stemmed + found
            if group[0] == wanted.tag:
                typed = found if typed is None else typed + found
    if wanted.keys:
        own = max(own, _heaviest(places, wanted.keys))
    return own, stemmed, typed


@lru_cache(maxsize=4_096)
def _read(group: str) -> _Standing:
    title, names, lead, blocks = read_group(group)
    return _Standing(title, title + names, lead, blocks)


def _heaviest(places: str, needles: Iterable[tuple[str, int]]) -> int:
    heaviest = 0
    for needle, amount in needles:
        at = places.find(needle)
        if at >= 0:
            heaviest = max(heaviest, amount * weight_at(places, at + len(needle)))
    return heaviest


def _best_passage(standing: Iterable[tuple[_Standing, float]]) -> float:
    """The score of the best two blocks that follow each other, of concepts with their rarity.

    Title and names head every passage: none need repeat what the entry is about.
    """
    heading = 0.0
    gains: dict[int, float] = {}
    for (_, head, _, blocks), rarity in standing:
        without = rarity * head / (head + _K1)
        heading += without
        counts: dict[int, int] = {}
        for block in blocks:
            counts[block] = counts.get(block, 0) + 1
            counts[block - 1] = counts.get(block - 1, 0) + 1
        for passage, count in counts.items():
            count += head
            gains[passage] = gains.get(passage, 0.0) + rarity * count / (count + _K1) - without
    return heading + max(gains.values(), default=0.0)


def _rarity(concept: Concept, known: TermStatistics) -> float:
    """The rarity of a concept: that of its commonest form in use."""
    used = [known.idf(term) for form in concept.forms if (term := f"w:{form}") in known.ids]
    return min(used) if used else known.idf("")

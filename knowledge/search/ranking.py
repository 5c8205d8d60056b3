"""The order of candidates: shared Python arithmetic, the same on every database.

Seven views of a document are scored and added, each as a share of the best candidate's:
the stems over the whole document and words that mean nearly the same (both as postings
weigh them), the words as typed, the best passage by words and by stems, the beginning
(title, names, lead), and the technology that was named. The sum is then reduced by what of
the query is not there at all. Where documents have vectors, nearness in meaning is added.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple

from knowledge.search.query import Query
from knowledge.search.standing import (
    SATURATION,
    Standing,
    best_passage,
    heaviest,
    standing,
    wanted_of,
)
from knowledge.search.term_statistics import TermStatistics

# How much of the score depends on how much of the query, by rarity, is there at all.
COVERAGE_SHARE = 0.3
# What the meaning counts beside the words, where there are vectors.
MEANING_WEIGHT = 1.0
_LENGTH_SHARE = 0.75
# How often a word in the title counts beyond the once that it counts anywhere.
_MORE_IN_TITLE = 2
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


# The views of a document, and how much of the query, by rarity, it holds.
Scores = tuple[Views, float]


class Document(NamedTuple):
    """A document to be ranked: its technology in hex, and its places as text."""

    document_id: int
    technology: str
    places: str


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
        self.usual_length = known.usual_length
        self.technologies = query.technologies
        self.wanted = [
            wanted_of(concept, shares, known, indexed)
            for concept, shares in zip(query.concepts, terms, strict=True)
        ]
        self.whole = sum(one.rarity for one in self.wanted) or 1.0

    @property
    def signature(self) -> Hashable:
        """All that views depend on but the document and whether its technology was named."""
        return tuple(self.wanted), self.usual_length

    def views(self, technology: str, places: str) -> Scores:
        """The scores of a document, and how much of the query, by rarity, it holds."""
        length, opening = places[: places.find(" ")].split(",")
        norm = SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * int(length) / self.usual_length)
        opening_norm = SATURATION * (
            1 - _LENGTH_SHARE + _LENGTH_SHARE * int(opening) / _USUAL_BEGINNING
        )
        score = related = 0
        exact = beginning = held = 0.0
        stemmed_all: list[tuple[Standing, float]] = []
        typed_all: list[tuple[Standing, float]] = []
        for wanted in self.wanted:
            rarity = wanted.rarity
            own, stemmed, typed = standing(places, wanted)
            score += own
            if wanted.related:
                related += max(0, heaviest(places, wanted.related) - own)
            if stemmed is None:
                continue
            held += rarity
            if count := stemmed.head + stemmed.lead:
                beginning += rarity * count / (count + opening_norm)
            stemmed_all.append((stemmed, rarity))
            if typed is not None:
                count = _MORE_IN_TITLE * typed.title + typed.head + typed.lead + len(typed.blocks)
                exact += rarity * count / (count + norm)
                typed_all.append((typed, rarity))
        passage = best_passage(stemmed_all)
        views = Views(
            exact=exact,
            stemmed=score,
            exact_passage=passage if typed_all == stemmed_all else best_passage(typed_all),
            stemmed_passage=passage,
            beginning=beginning,
            related=related,
            technology=float(technology in self.technologies),
        )
        return views, held / self.whole


def order(
    scored: Iterable[tuple[int, Scores]],
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
    by_exact, by_stems, by_passage, by_stemmed_passage, by_beginning, by_related, by_name = shares
    for pk, ((exact, stems, passage, stemmed, beginning, related, name), coverage) in documents:
        # Written out: a sum over a list of seven takes three times as long.
        score = (
            exact * by_exact
            + stems * by_stems
            + passage * by_passage
            + stemmed * by_stemmed_passage
            + beginning * by_beginning
            + related * by_related
            + name * by_name
        )
        score *= 1 - COVERAGE_SHARE + COVERAGE_SHARE * coverage
        if nearness is not None:
            score = (score + MEANING_WEIGHT * nearness(pk)) / (1 + MEANING_WEIGHT)
        ordered.append((pk, round(score, 6)))
    return sorted(ordered, key=lambda pair: (-pair[1], pair[0]))

"""The order of candidates: shared Python arithmetic, the same on every database.

Seven views of a document are scored and added, each as a share of the best candidate's:
the stems over the whole document and words that mean nearly the same (both from the
postings), the words as typed, the best passage by words and by stems, the beginning
(title, names, lead), and the technology that was named. The sum is then reduced by what of
the query is not there at all. Where documents have vectors, nearness in meaning is added.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from knowledge.search.candidates import Candidate
from knowledge.search.query import Concept, Query
from knowledge.search.term_statistics import TermStatistics

VIEW_WEIGHTS = {
    "exact": 1.0,
    "stemmed": 3.0,
    "exact_passage": 2.0,
    "stemmed_passage": 2.0,
    "beginning": 1.0,
    "related": 3.0,
    "technology": 1.0,
}
# How much of the score depends on how much of the query, by rarity, is there at all.
COVERAGE_SHARE = 0.3
# What the meaning counts beside the words, where there are vectors.
MEANING_WEIGHT = 1.0
_K1, _B = 1.2, 0.75
_TITLE_WEIGHT = 3.0
_CHARACTERS_PER_WORD = 6
# Passages are some sixty words and overlap by half.
_STEP = 30 * _CHARACTERS_PER_WORD
_LEAD_LENGTH = 60 * _CHARACTERS_PER_WORD
_USUAL_BEGINNING = 30


@dataclass(frozen=True, slots=True)
class _Lines:
    """The analysed text of a document, line by line; see ``SearchText``."""

    title: str
    names: str
    lead: str
    body: str
    wholes: str

    @classmethod
    def of(cls, text: str) -> "_Lines":
        return cls(*text.split("\n"))

    @property
    def length(self) -> int:
        return self.title.count(" ") + self.names.count(" ") + self.body.count(" ")


class Ranker:
    """Scores candidates for one query."""

    def __init__(self, query: Query, known: TermStatistics) -> None:
        self.query = query
        documents = max(1, known.totals.get("n:documents", 1))
        self.usual_length = max(1.0, known.totals.get("n:words", 0) / documents)
        self.rarity = [_rarity(concept, known) for concept in query.concepts]
        self.typed = [(f" {concept.exact} ",) for concept in query.concepts]
        self.forms = [
            tuple(f" {form} " for form in sorted(concept.forms)) for concept in query.concepts
        ]

    def views(self, candidate: Candidate, words: str, stems: str) -> dict[str, float]:
        """The raw scores of a candidate by its analysed text."""
        typed, stemmed = _Lines.of(words), _Lines.of(stems)
        norm = _K1 * (1 - _B + _B * typed.length / self.usual_length)
        exact, exact_passage, _, _ = self._score(typed, self.typed, norm)
        _, stemmed_passage, beginning, held = self._score(stemmed, self.forms, norm)
        return {
            "exact": exact,
            "stemmed": float(candidate.score),
            "exact_passage": exact_passage,
            "stemmed_passage": stemmed_passage,
            "beginning": beginning,
            "related": float(candidate.related),
            "technology": float(candidate.technology in self.query.technologies),
            "coverage": held / (sum(self.rarity) or 1.0),
        }

    def _score(
        self, lines: _Lines, forms: Sequence[tuple[str, ...]], norm: float
    ) -> tuple[float, float, float, float]:
        """BM25 of the whole document, its best passage and beginning; rarity of what it holds."""
        lead = lines.lead[:_LEAD_LENGTH]
        opening = lines.title.count(" ") + lines.names.count(" ") + lead.count(" ")
        opening_norm = _K1 * (1 - _B + _B * opening / _USUAL_BEGINNING)
        whole = beginning = held = 0.0
        head: dict[int, int] = {}
        passages: dict[int, dict[int, int]] = {}
        for number, alternatives in enumerate(forms):
            in_title = in_names = in_lead = in_body = 0
            for form in alternatives:
                in_title += lines.title.count(form)
                in_names += lines.names.count(form) + lines.wholes.count(form)
                in_lead += lead.count(form)
                for position in _positions(lines.body, form):
                    in_body += 1
                    window = position // _STEP
                    for passage in (window, window - 1):
                        found = passages.setdefault(passage, {})
                        found[number] = found.get(number, 0) + 1
            rarity = self.rarity[number]
            if count := _TITLE_WEIGHT * in_title + in_names + in_lead + in_body:
                whole += rarity * count / (count + norm)
                held += rarity
            if count := in_title + in_names + in_lead:
                beginning += rarity * count / (count + opening_norm)
            if count := in_title + in_names:
                head[number] = count
        return whole, self._best_passage(passages, head), beginning, held

    def _best_passage(self, passages: dict[int, dict[int, int]], head: dict[int, int]) -> float:
        """Title and names head every passage: none need repeat what the entry is about."""
        best = 0.0
        for found in [*passages.values(), {}]:
            score = sum(
                self.rarity[number] * count / (count + _K1)
                for number in found.keys() | head.keys()
                if (count := found.get(number, 0) + head.get(number, 0))
            )
            best = max(best, score)
        return best


def order(
    query: Query,
    known: TermStatistics,
    documents: Sequence[tuple[Candidate, str, str]],
    nearness: Callable[[int], float] | None = None,
) -> list[tuple[int, float]]:
    """(id, score from 0 to 1) of documents (candidate, words, stems), best first.

    ``nearness`` says from 0 to 1 how near a document is to what the query means.
    """
    ranker = Ranker(query, known)
    views = [
        (candidate.document_id, ranker.views(candidate, words, stems))
        for candidate, words, stems in documents
    ]
    best = {name: max((view[name] for _, view in views), default=0.0) for name in VIEW_WEIGHTS}
    whole = sum(VIEW_WEIGHTS.values())
    scored = []
    for pk, view in views:
        score = sum(
            weight * view[name] / best[name] for name, weight in VIEW_WEIGHTS.items() if best[name]
        )
        score *= 1 - COVERAGE_SHARE + COVERAGE_SHARE * view["coverage"]
        score /= whole
        if nearness is not None:
            score = (score + MEANING_WEIGHT * nearness(pk)) / (1 + MEANING_WEIGHT)
        scored.append((pk, round(score, 6)))
    return sorted(scored, key=lambda pair: (-pair[1], pair[0]))


def _positions(text: str, form: str) -> list[int]:
    found = []
    position = text.find(form)
    while position >= 0:
        found.append(position)
        position = text.find(form, position + len(form) - 1)
    return found


def _rarity(concept: Concept, known: TermStatistics) -> float:
    """The rarity of a concept: that of its commonest form in use."""
    used = [known.idf(term) for form in concept.forms if (term := f"w:{form}") in known.ids]
    return min(used) if used else known.idf("")

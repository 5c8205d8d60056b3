"""Documents beside the index: few, held in memory, and ranked together with entries.

Invariant: they are scored by the same analysis and arithmetic as indexed documents; their
ids are negative, so they never meet those of entries.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.search.analysis import stem
from knowledge.search.candidates import Candidate
from knowledge.search.fields import SearchableText
from knowledge.search.indexing import analysed
from knowledge.search.query import Query
from knowledge.search.term_statistics import RELATED_BELOW, TermStatistics, amount_of

Ranked = tuple[Candidate, str, str]


@dataclass(frozen=True, slots=True)
class SideDocument:
    """A document as the index would hold it."""

    document_id: int
    words: str
    stems: str
    weights: Mapping[str, int]


def side_document(document_id: int, title: str, lead: str, text: str, locale: str) -> SideDocument:
    """``document_id`` must be negative."""
    lines, weights = analysed(SearchableText(title, (), lead, (text,)), locale)
    return SideDocument(
        document_id=document_id,
        words="\n".join(f" {' '.join(words)} " for words, _ in lines),
        stems="\n".join(f" {' '.join(stems)} " for _, stems in lines),
        weights=weights,
    )


def matching(
    documents: Sequence[SideDocument],
    query: Query,
    wanted: Sequence[Mapping[str, float]],
    known: TermStatistics,
    locale: str,
) -> list[Ranked]:
    """The documents that hold some of the terms, and every phrase, and nothing left out."""
    found = []
    for one in documents:
        score = related = 0
        for terms in wanted:
            own, near = _of_concept(one, terms, known)
            score += own
            related += max(0, near - own)
        if (score or related) and _allowed(one, query, locale):
            found.append((Candidate(one.document_id, score, related, ""), one.words, one.stems))
    return found


def _of_concept(
    document: SideDocument, terms: Mapping[str, float], known: TermStatistics
) -> tuple[int, int]:
    own = near = 0
    for term, share in terms.items():
        weight = document.weights.get(term, 0)
        if weight and share >= RELATED_BELOW:
            own = max(own, weight * amount_of(known.idf(term) * share))
        elif weight:
            near = max(near, weight * amount_of(known.idf(term)))
    return own, near


def _allowed(document: SideDocument, query: Query, locale: str) -> bool:
    def holds(phrase: tuple[str, ...]) -> bool:
        return f" {' '.join(phrase)} " in document.words

    if not all(holds(phrase) for phrase in query.phrases):
        return False
    if any(holds(phrase) for phrase in query.excluded_phrases):
        return False
    return not any(
        document.weights.get(f"w:{form}") or f" {stem(form, locale)} " in document.stems
        for forms in query.excluded
        for form in forms
    )

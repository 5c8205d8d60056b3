"""Documents beside the index: few, held in memory, and ranked together with entries.

Invariant: they are scored by the same analysis and arithmetic as indexed documents; their
ids are negative, so they never meet those of entries.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.search.analysis import stem
from knowledge.search.fields import SearchableText
from knowledge.search.indexing import analysed
from knowledge.search.places import places_of
from knowledge.search.query import Query
from knowledge.search.ranking import Document


@dataclass(frozen=True, slots=True)
class SideDocument:
    """A document as the index would hold it."""

    document_id: int
    words: str
    stems: frozenset[str]
    places: str
    weights: Mapping[str, int]


def side_document(document_id: int, title: str, lead: str, text: str, locale: str) -> SideDocument:
    """``document_id`` must be negative."""
    lines, weights = analysed(SearchableText(title, (), lead, (text,)), locale)
    return SideDocument(
        document_id=document_id,
        words="\n".join(f" {' '.join(words)} " for words, _ in lines),
        stems=frozenset(one for _, stems in lines for one in stems),
        places=places_of(lines, weights),
        weights=weights,
    )


def matching(
    documents: Sequence[SideDocument],
    query: Query,
    wanted: Sequence[Mapping[str, float]],
    locale: str,
) -> list[Document]:
    """The documents that hold some of the terms, and every phrase, and nothing left out."""
    terms = {term for shares in wanted for term in shares}
    return [
        Document(one.document_id, "", one.places)
        for one in documents
        if not terms.isdisjoint(one.weights) and _allowed(one, query, locale)
    ]


def _allowed(document: SideDocument, query: Query, locale: str) -> bool:
    def holds(phrase: tuple[str, ...]) -> bool:
        return f" {' '.join(phrase)} " in document.words

    if not all(holds(phrase) for phrase in query.phrases):
        return False
    if any(holds(phrase) for phrase in query.excluded_phrases):
        return False
    return not any(
        document.weights.get(f"w:{form}") or stem(form, locale) in document.stems
        for forms in query.excluded
        for form in forms
    )

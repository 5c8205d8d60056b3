"""Search: one ranked list over everything published.

Invariant: hits are read from the index of the read model, visible now, and nothing else.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.conf import settings

from knowledge.models.search_index import SearchText
from knowledge.search import engine, ranking, term_statistics
from knowledge.search.analysis import is_stop_word, stem
from knowledge.search.candidates import WINDOW, Candidate
from knowledge.search.facets import Facets, count_facets
from knowledge.search.query import Query, parse
from knowledge.search.requirements import Requirements, SearchFilter
from knowledge.search.semantic.nearby import NOTHING_NEARBY, Nearby, nearby
from knowledge.search.semantic.vectors import CHANGES
from knowledge.search.side_documents import Ranked, SideDocument, matching
from knowledge.search.term_statistics import Selection, TermStatistics
from knowledge.search.vocabulary import vocabulary

# Candidates whose text is read; the rest keep the order of their postings.
RANKED = 150


@dataclass(frozen=True, slots=True)
class Hit:
    """What was found: its id in the read model, negative beside it, and its score, 0 to 1."""

    entry_id: int
    score: float


@dataclass
class SearchResult:
    """The hits, best first, and what is computed only when it is asked for."""

    query: Query
    hits: list[Hit]
    total: int
    requirements: Requirements
    selection: Selection = field(default_factory=Selection)

    @cached_property
    def facets(self) -> Facets:
        """Counts by facet, each under the filters of the others."""
        return count_facets(self.selection, self.requirements)

    @property
    def is_whole(self) -> bool:
        """False when ``total`` and facets leave out some entries that hold common words."""
        return self.selection.is_whole


def search(
    text: str,
    *,
    locale: str,
    fallback: bool = True,
    wanted: SearchFilter | None = None,
    beside: Callable[[], Sequence[SideDocument]] = tuple,
) -> SearchResult:
    """Entries that ``text`` finds. Raises ``SearchTextTooLongError``.

    ``total`` counts all matches; ``hits`` are the best ``WINDOW`` of them.
    ``beside`` gives documents that are ranked along; a filter leaves them out.
    """
    wanted = wanted or SearchFilter()
    query = parse(text, vocabulary(), locale)
    if not query:
        return SearchResult(query, [], 0, Requirements(locale, fallback, wanted))
    wanted_terms = [concept.index_terms() for concept in query.concepts]
    needed = {f"w:{stem(word, locale)}" for phrase in query.phrases for word in phrase}
    avoided = {f"w:{form}" for forms in query.excluded for form in forms}
    known = term_statistics.statistics(
        {*needed, *avoided, *(term for terms in wanted_terms for term in terms)},
        "n:words",
        CHANGES,
    )
    asked = Requirements(locale, fallback, wanted)
    selection = term_statistics.affordable(wanted_terms, known, engine.reach(asked))
    near = nearby(query, known.totals.get(CHANGES, 0))
    selection = replace(selection, nearest=near.nearest)
    required = _requirements(query, known, asked)
    found, total = engine.find(selection, required)
    if total > len(found) and near.nearest:
        found = _with_nearest(found, selection, required)
    others = [] if wanted else matching(beside(), query, wanted_terms, known, locale)
    return SearchResult(
        query=query,
        hits=ranked(query, known, found, others, near),
        total=total + len(others),
        requirements=required,
        selection=selection,
    )


def ranked(
    query: Query,
    known: TermStatistics,
    found: list[Candidate],
    others: Sequence[Ranked] = (),
    near: Nearby = NOTHING_NEARBY,
) -> list[Hit]:
    """The candidates in the order a reader sees them: the first by their whole text."""
    # What is nearest in meaning is looked at, however few of the words it has.
    nearest = frozenset(near.nearest)
    first = found[:RANKED] + [one for one in found[RANKED:] if one.document_id in nearest]
    rest = [one for one in found[RANKED:] if one.document_id not in nearest]
    texts = {
        pk: (words, stems)
        for pk, words, stems in SearchText.objects.filter(
            pk__in=[candidate.document_id for candidate in first]
        ).values_list("pk", "words", "stems")
    }
    documents = [(one, *texts[one.document_id]) for one in first if one.document_id in texts]
    ordered = ranking.order(query, known, [*documents, *others], near.of)
    hits = [Hit(pk, score) for pk, score in ordered]
    if rest and hits:
        last, best = hits[-1].score, max(1, rest[0].weight)
        hits += [Hit(one.document_id, round(last * one.weight / best, 6)) for one in rest]
    return hits


def _with_nearest(
    found: list[Candidate], selection: Selection, required: Requirements
) -> list[Candidate]:
    """The candidates, and those of the nearest that have too few of the words to be among them."""
    seen = {one.document_id for one in found}
    lacking = replace(selection, nearest=tuple(pk for pk in selection.nearest if pk not in seen))
    if not lacking.nearest:
        return found
    more, _ = engine.find(lacking, replace(required, among=lacking.nearest))
    return [*found[: WINDOW - len(more)], *more]


def _requirements(query: Query, known: TermStatistics, required: Requirements) -> Requirements:
    """``required`` with what the query asks to be there, and not to be there."""
    needed: set[int] = set()
    is_possible = True
    # The index narrows first; comparing texts is left for few. Not where entries of another
    # language may be shown, whose stems differ; stop words are in the index for titles alone.
    is_one_language = not required.fallback or required.locale == settings.LANGUAGE_CODE
    for phrase in query.phrases if is_one_language else ():
        for word in phrase:
            pk = known.ids.get(f"w:{stem(word, required.locale)}")
            if not is_stop_word(word):
                needed |= {pk} if pk is not None else set()
                is_possible = is_possible and pk is not None
    avoided = {
        pk for forms in query.excluded for form in forms if (pk := known.ids.get(f"w:{form}"))
    }
    return replace(
        required,
        terms=tuple(sorted(needed)),
        phrases=query.phrases,
        without_terms=tuple(sorted(avoided)),
        without_phrases=query.excluded_phrases,
        among=None if is_possible else (),
    )

"""Search: one ranked list over everything published.

Invariant: hits are read from the index of the read model, visible now, and nothing else.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.conf import settings

from knowledge.search import engine, kept_views, ranking, term_statistics
from knowledge.search.analysis import is_stop_word, stem
from knowledge.search.facets import Facets, count_facets
from knowledge.search.hits import Hit, Hits
from knowledge.search.kept_views import Seen
from knowledge.search.leading import Leader
from knowledge.search.query import Query, parse
from knowledge.search.ranking import Scores
from knowledge.search.requirements import Requirements, SearchFilter
from knowledge.search.semantic.nearby import nearby
from knowledge.search.semantic.vectors import CHANGES
from knowledge.search.side_documents import SideDocument, matching
from knowledge.search.statements import OfKeys, rows_of_keys
from knowledge.search.term_statistics import Selection, TermStatistics
from knowledge.search.vocabulary import vocabulary

# Candidates whose places are read; the rest keep the order of their postings.
RANKED = 100
# Their scores are below all others.
_BEHIND = 0.999


@dataclass
class SearchResult:
    """The hits, best first, and what is computed only when it is asked for."""

    query: Query
    hits: Hits
    requirements: Requirements
    selection: Selection = field(default_factory=Selection)
    # Hits from beside the index, and those of it where finding them has counted them.
    beside: int = 0
    counted: int | None = 0

    @cached_property
    def total(self) -> int:
        """How many hits there are, with those that are too far down the list."""
        if self.counted is None:
            return engine.count(self.selection, self.requirements) + self.beside
        return self.counted + self.beside

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
    surroundings: int | None = None,
) -> SearchResult:
    """Entries that ``text`` finds. Raises ``SearchTextTooLongError``.

    ``total`` counts all matches; ``hits`` are the best ``WINDOW`` of them.
    ``beside`` gives documents that are ranked along; a filter leaves them out.
    ``surroundings`` is the stamp of all that is not a record, where it has just been read.
    """
    wanted = wanted or SearchFilter()
    query = parse(text, vocabulary(surroundings), locale)
    if not query:
        return SearchResult(query, Hits(), Requirements(locale, fallback, wanted))
    wanted_terms = [concept.index_terms() for concept in query.concepts]
    needed = {f"w:{stem(word, locale)}" for phrase in query.phrases for word in phrase}
    avoided = {f"w:{form}" for forms in query.excluded for form in forms}
    known = term_statistics.statistics(
        {*needed, *avoided, *(term for terms in wanted_terms for term in terms)},
        term_statistics.WORDS,
        CHANGES,
    )
    asked = Requirements(locale, fallback, wanted)
    near = nearby(query, known.totals.get(CHANGES, 0))
    first, whole = (
        replace(term_statistics.affordable(wanted_terms, known, *read), nearest=near.nearest)
        for read in (
            (engine.first_reach(asked), term_statistics.FIRST),
            (engine.reach(asked), term_statistics.EVERYTHING),
        )
    )
    required = _requirements(query, known, asked)
    ranker = ranking.Ranker(query, wanted_terms, known)
    seen = kept_views.of(ranker.signature)
    found = engine.leaders(first, whole, required, RANKED, bool(query.technologies))
    leaders = [*found.first, *_nearest(found.first, whole, required)]
    scored = _scored(ranker, leaders, seen)
    if others := [] if wanted else matching(beside(), query, wanted_terms, locale):
        ranker = ranking.Ranker(query, wanted_terms, known, indexed=False)
        scored += [(one.document_id, ranker.views(one.technology, one.places)) for one in others]
    best = [Hit(pk, score) for pk, score in ranking.order(scored, near.of)]
    behind = found.behind
    return SearchResult(
        query=query,
        hits=Hits(best, lambda: _after(best, behind())),
        requirements=required,
        selection=whole,
        beside=len(others),
        counted=found.total,
    )


def _scored(
    ranker: ranking.Ranker, leaders: Sequence[Leader], seen: Seen
) -> list[tuple[int, Scores]]:
    """Documents with their scores: those that were ``seen``, and those that are looked at now."""
    is_named = ranker.technologies.__contains__
    lacking = _places(
        [
            candidate.document_id
            for candidate, digest in leaders
            if (digest, is_named(candidate.technology)) not in seen
        ]
    )
    scored = []
    for candidate, digest in leaders:
        pk, technology = candidate.document_id, candidate.technology
        digest, places = lacking.get(pk, (digest, ""))
        key = digest, is_named(technology)
        scores = seen.get(key)
        if scores is None and places:
            scores = ranker.views(technology, places)
            if digest:
                seen[key] = scores
        if scores is not None:
            scored.append((pk, scores))
    return scored


def _after(best: Sequence[Hit], behind: Sequence[tuple[int, int]]) -> list[Hit]:
    """Documents (id, weight) that nothing was read of, in the order of their postings."""
    seen = {hit.entry_id for hit in best}
    rest = [(pk, weight) for pk, weight in behind if pk not in seen]
    if not rest or not best:
        return []
    unit = best[-1].score * _BEHIND / max(1, rest[0][1])
    hits = [Hit(pk, round(unit * weight, 6)) for pk, weight in rest]
    return sorted(hits, key=lambda hit: (-hit.score, hit.entry_id))


def _nearest(found: Sequence[Leader], selection: Selection, required: Requirements) -> list[Leader]:
    """What is nearest in meaning and not ``found``: looked at, however few of the words it has."""
    seen = {one.candidate.document_id for one in found}
    lacking = tuple(pk for pk in selection.nearest if pk not in seen)
    if not lacking:
        return []
    more, _ = engine.find(replace(selection, nearest=lacking), replace(required, among=lacking))
    return [Leader(one) for one in more]


def _places(pks: Sequence[int]) -> dict[int, tuple[int, str]]:
    """Primary key → the digest of where the words of the document stand, and that itself."""
    if not pks:
        return {}
    selected = "SELECT entry_id, digest, CAST(places AS varchar) FROM knowledge_searchplaces"
    found = rows_of_keys(OfKeys(selected, "entry_id", pks, is_kept=True))
    return {pk: (digest, places) for pk, digest, places in found}


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

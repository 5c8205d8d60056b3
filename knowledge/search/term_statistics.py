"""Terms of a query in the index: how rare they are, and which of them are worth reading.

Invariant: amounts are whole numbers made from stored counts, the same on every database.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log

from knowledge.models.search_index import SearchTerm

# Of a term with more documents only the best are read: those that are most about it.
BEST_OF_TERM = 2_000
BEST_OF_RELATED = 500
# Postings that one query reads in all.
POSTING_BUDGET = 20_000
# A term of a smaller share only means nearly the same as what was typed.
RELATED_BELOW = 0.4

# The term whose count is the number of documents.
DOCUMENTS = "n:documents"

_FACTOR_SCALE = 100


@dataclass(frozen=True, slots=True)
class TermStatistics:
    """What the index knows about the terms of a query."""

    ids: dict[str, int]
    counts: dict[str, int]
    totals: dict[str, int] = field(default_factory=dict)

    def idf(self, term: str) -> float:
        """The rarity of a term, from 0 for one that is everywhere."""
        count = max(0, self.counts.get(term, 0))
        total = max(self.totals.get(DOCUMENTS, 0), count)
        return log(1 + (total - count + 0.5) / (count + 0.5))


def statistics(terms: Iterable[str], *totals: str) -> TermStatistics:
    """Ids and counts of the terms that are in use, and the given totals."""
    wanted = {*terms, DOCUMENTS, *totals}
    rows = list(
        SearchTerm.objects.filter(text__in=wanted, document_count__gt=0).values_list(
            "text", "id", "document_count"
        )
    )
    return TermStatistics(
        ids={text: pk for text, pk, _ in rows},
        counts={text: count for text, _, count in rows},
        totals={text: count for text, _, count in rows if text.startswith("n:")},
    )


@dataclass(frozen=True, slots=True)
class Factor:
    """What a posting of a term adds to a concept: to being it, or to being nearly it."""

    term_id: int
    concept: int
    own: int
    related: int
    # How many of the term's best documents are read; 0 for all of them.
    limit: int = 0


@dataclass(frozen=True, slots=True)
class Selection:
    """What is read of the index for a query; ``is_whole`` when that is all there is of it.

    ``nearest`` are documents that belong to it for what they mean, whatever their words.
    """

    factors: tuple[Factor, ...] = ()
    is_whole: bool = True
    nearest: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.factors or self.nearest)


def affordable(
    wanted: Sequence[Mapping[str, float]], known: TermStatistics, reach: float = 1
) -> Selection:
    """The postings of the rarest terms, as far as the budget reaches; all when it reaches.

    ``wanted`` holds the terms of each concept with their shares; those that are the
    concept come before those that only mean nearly the same. ``reach`` multiplies what is
    read: more for a filter that leaves only some of it, less for a text of many words.
    """
    factors: list[Factor] = []
    left = int(POSTING_BUDGET * reach)
    is_whole = True
    order = sorted(
        (
            (share < RELATED_BELOW, known.counts[term], number, term, share)
            for number, terms in enumerate(wanted)
            for term, share in terms.items()
            if term in known.ids
        ),
    )
    own_rarity = [_concept_rarity(terms, known) for terms in wanted]
    # A text of many words is found by its rare ones; of a few words all that is there counts.
    fits = reach >= 1 and sum(count for _, count, *_ in order) <= left
    for is_related, count, number, term, share in order:
        best = int((BEST_OF_RELATED if is_related else BEST_OF_TERM) * reach)
        if fits:
            best = count
        is_whole = is_whole and count <= best
        if min(count, best) > left and factors:
            is_whole = False
            continue
        left -= min(count, best)
        rarity = min(known.idf(term), own_rarity[number]) if is_related else known.idf(term) * share
        amount = amount_of(rarity)
        own, related = (0, amount) if is_related else (amount, 0)
        factors.append(Factor(known.ids[term], number, own, related, best if count > best else 0))
    return Selection(tuple(factors), is_whole)


def amount_of(rarity: float) -> int:
    """A rarity as the whole number that weights are multiplied by."""
    return max(1, round(_FACTOR_SCALE * rarity))


def _concept_rarity(terms: Mapping[str, float], known: TermStatistics) -> float:
    """The rarity of the concept's own forms; of a word nobody wrote, that of its relatives."""
    used = [
        known.idf(term) for term, share in terms.items()
        if term in known.ids and share >= RELATED_BELOW
    ]  # fmt: skip
    return min(used) if used else known.idf("")

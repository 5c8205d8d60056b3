"""Terms of a query in the index: how rare they are, and which of them are worth reading.

Invariant: amounts are whole numbers made from stored counts, the same on every database.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, log

from knowledge.search.clauses import one_of_texts
from knowledge.search.statements import rows

# A term of a smaller share only means nearly the same as what was typed.
RELATED_BELOW = 0.4

# The term whose count is the number of documents.
DOCUMENTS = "n:documents"
# And the one whose count is that of their words.
WORDS = "n:words"

_FACTOR_SCALE = 100
_LEAST_RARITY = 0.1


@dataclass(frozen=True, slots=True)
class TermStatistics:
    """What the index knows about the terms of a query."""

    ids: dict[str, int]
    counts: dict[str, int]
    totals: dict[str, int] = field(default_factory=dict)

    def idf(self, term: str) -> float:
        """The rarity of a term in tenths, from 0.1 for one that is everywhere.

        A tenth is a tenth more entries with it: fewer change the rest, which nobody sees, and
        what is kept of a search would be of no use after each of them.
        """
        count = max(0, self.counts.get(term, 0))
        total = max(self.totals.get(DOCUMENTS, 0), count)
        return max(_LEAST_RARITY, round(log(1 + (total - count + 0.5) / (count + 0.5)), 1))

    @property
    def usual_length(self) -> int:
        """Words of an entry, on average, to a tenth of its logarithm: for ``idf``'s reason."""
        length = self.totals.get(WORDS, 0) / max(1, self.totals.get(DOCUMENTS, 1))
        return max(1, round(exp(round(log(max(1, length)), 1))))


def statistics(terms: Iterable[str], *totals: str) -> TermStatistics:
    """Ids and counts of the terms that are in use, and the given totals."""
    wanted = {*terms, DOCUMENTS, *totals}
    used = one_of_texts("text", sorted(wanted))
    found = rows(
        "SELECT text, id, document_count FROM knowledge_searchterm "  # noqa: S608
        f"WHERE {used.sql} AND document_count > 0",
        used.values,
    )
    return TermStatistics(
        ids={text: pk for text, pk, _ in found},
        counts={text: count for text, _, count in found},
        totals={text: count for text, _, count in found if text.startswith("n:")},
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


@dataclass(frozen=True, slots=True)
class Budget:
    """How many postings are read in all, of a term that is meant, and of one that means nearly
    the same."""

    whole: int
    of_term: int
    of_related: int


# Of a term with more documents only the best are read: those that are most about it.
EVERYTHING = Budget(whole=20_000, of_term=2_000, of_related=500)
# What finds the first candidates: as many of a term as a reader can page through.
FIRST = Budget(whole=2_000, of_term=300, of_related=300)


def affordable(
    wanted: Sequence[Mapping[str, float]],
    known: TermStatistics,
    reach: float = 1,
    budget: Budget = EVERYTHING,
) -> Selection:
    """The postings of the rarest terms, as far as the budget reaches; all when it reaches.

    ``wanted`` holds the terms of each concept with their shares; those that are the
    concept come before those that only mean nearly the same. ``reach`` multiplies what is
    read: more for a filter that leaves only some of it, less for a text of many words.
    """
    factors: list[Factor] = []
    left = int(budget.whole * reach)
    is_whole = True
    order = sorted(
        (
            (share < RELATED_BELOW, known.counts[term], number, term)
            for number, terms in enumerate(wanted)
            for term, share in terms.items()
            if term in known.ids
        ),
    )
    worth = [amounts(terms, known) for terms in wanted]
    # A text of many words is found by its rare ones; of a few words all that is there counts.
    fits = reach >= 1 and sum(count for _, count, *_ in order) <= left
    for is_related, count, number, term in order:
        best = int((budget.of_related if is_related else budget.of_term) * reach)
        if fits:
            best = count
        is_whole = is_whole and count <= best
        if min(count, best) > left and factors:
            is_whole = False
            continue
        left -= min(count, best)
        own, related = worth[number][term]
        factors.append(Factor(known.ids[term], number, own, related, best if count > best else 0))
    return Selection(tuple(factors), is_whole)


def amounts(shares: Mapping[str, float], known: TermStatistics) -> dict[str, tuple[int, int]]:
    """What weights of a concept's terms are multiplied by: for being it, for being nearly it."""
    rarity = _concept_rarity(shares, known)
    return {
        term: (0, _amount(min(known.idf(term), rarity)))
        if share < RELATED_BELOW
        else (_amount(known.idf(term) * share), 0)
        for term, share in shares.items()
    }


def _amount(rarity: float) -> int:
    """A rarity as a whole number."""
    return max(1, round(_FACTOR_SCALE * rarity))


def _concept_rarity(terms: Mapping[str, float], known: TermStatistics) -> float:
    """The rarity of the concept's own forms; of a word nobody wrote, that of its relatives."""
    used = [
        known.idf(term) for term, share in terms.items()
        if term in known.ids and share >= RELATED_BELOW
    ]  # fmt: skip
    return min(used) if used else known.idf("")

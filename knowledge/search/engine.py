"""Where candidates come from: the database's postings, or a cluster by a setting.

Invariant: both take the same data and give the same; what ranks them does not know which.
"""

from collections import Counter
from collections.abc import Callable, Set
from dataclasses import dataclass

from knowledge.search import candidates, counting, leading
from knowledge.search.candidates import WINDOW, Candidate
from knowledge.search.cluster import candidates as cluster_candidates
from knowledge.search.cluster.connection import is_on
from knowledge.search.cluster.queries import FACETS
from knowledge.search.leading import Behind, Leader
from knowledge.search.requirements import Requirements
from knowledge.search.term_statistics import Selection

# A filter leaves only some of what is read: then more is read.
_FILTERED_REACH = 4
_FIRST_FILTERED_REACH = 2
# A cluster reads all postings of a term on machines of its own.
_CLUSTER_REACH = 1_000_000


def reach(requirements: Requirements) -> float:
    """By what the amount of postings that a search may read is multiplied."""
    if is_on():
        return _CLUSTER_REACH
    return _FILTERED_REACH if requirements.wanted else 1


def first_reach(requirements: Requirements) -> float:
    """The same for what is read at first."""
    return _FIRST_FILTERED_REACH if requirements.wanted else 1


def find(
    selection: Selection, requirements: Requirements, window: int = WINDOW
) -> tuple[list[Candidate], int]:
    """The best documents by summed weights, and how many there are in all."""
    if not selection:
        return [], 0
    if is_on():
        return cluster_candidates.find(selection, requirements, window)
    return candidates.find(selection, requirements, window)


@dataclass(frozen=True, slots=True)
class Found:
    """The first candidates, how to find those behind them, and how many there are in all.

    ``behind`` gives (document id, weight), and may be asked more than once. ``total`` is None
    where nobody has counted yet.
    """

    first: list[Leader]
    behind: Callable[[], list[tuple[int, int]]]
    total: int | None


def leaders(
    at_first: Selection,
    whole: Selection,
    requirements: Requirements,
    size: int,
    with_technology: bool = True,
) -> Found:
    """The best documents: the first ``size``, and behind them up to ``WINDOW`` in all.

    ``at_first`` is what is read of ``whole`` as long as that finds enough; see
    ``leading.leaders`` for what comes with them.
    """
    if not whole:
        return Found([], list, 0)
    if not is_on():
        first, rest = leading.leaders(at_first, requirements, size, with_technology)
        if len(first) == size:
            instead = None if at_first.is_whole else whole
            seen = frozenset(one.candidate.document_id for one in first)
            return Found(first, lambda: _behind(seen, rest, instead, requirements), None)
        if at_first.is_whole:
            return Found(first, list, len(first))
    every, total = find(whole, requirements)
    rest_of_all = [(one.document_id, one.weight) for one in every[size:]]
    return Found([Leader(one) for one in every[:size]], lambda: rest_of_all, total)


def _behind(
    seen: Set[int], rest: Behind, instead: Selection | None, requirements: Requirements
) -> list[tuple[int, int]]:
    """What follows the documents ``seen``: the rest, or of ``instead`` where that is too little."""
    lacking = WINDOW - len(seen)
    found = rest.take(lacking)
    if len(found) < lacking and instead is not None:
        every, _ = find(instead, requirements)
        found = [(one.document_id, one.weight) for one in every if one.document_id not in seen]
    return found[:lacking]


def count(selection: Selection, requirements: Requirements) -> int:
    """How many documents hold some of the terms."""
    if not selection:
        return 0
    if is_on():
        return cluster_candidates.find(selection, requirements, 1)[1]
    return counting.count(selection, requirements)


def count_facets(selection: Selection, requirements: Requirements) -> dict[str, Counter[str]]:
    """Facet (kind, technology, category, level, difficulty, topics) → value → matches.

    Each facet is counted under the filters of the others.
    """
    if not selection:
        return {facet: Counter() for facet in FACETS}
    if is_on():
        counted = cluster_candidates.count_facets(selection, requirements)
        return {facet: Counter(values) for facet, values in counted.items()}
    return counting.count_facets(selection, requirements)

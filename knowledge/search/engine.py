"""Where candidates come from: the database's postings, or a cluster by a setting.

Invariant: both take the same data and give the same; what ranks them does not know which.
"""

from collections import Counter

from knowledge.search import candidates
from knowledge.search.candidates import WINDOW, Candidate
from knowledge.search.cluster import candidates as cluster_candidates
from knowledge.search.cluster.connection import is_on
from knowledge.search.cluster.queries import FACETS
from knowledge.search.requirements import Requirements
from knowledge.search.term_statistics import Selection

# A filter leaves only some of what is read: then more is read.
_FILTERED_REACH = 4
# A cluster reads all postings of a term on machines of its own.
_CLUSTER_REACH = 1_000_000


def reach(requirements: Requirements) -> float:
    """By what the amount of postings that a search may read is multiplied."""
    if is_on():
        return _CLUSTER_REACH
    return _FILTERED_REACH if requirements.wanted else 1


def find(
    selection: Selection, requirements: Requirements, window: int = WINDOW
) -> tuple[list[Candidate], int]:
    """The best documents by summed weights, and how many there are in all."""
    if not selection:
        return [], 0
    if is_on():
        return cluster_candidates.find(selection, requirements, window)
    return candidates.find(selection, requirements, window)


def count_facets(selection: Selection, requirements: Requirements) -> dict[str, Counter[str]]:
    """Facet (kind, technology, category, level, difficulty, topics) → value → matches.

    Each facet is counted under the filters of the others.
    """
    if not selection:
        return {facet: Counter() for facet in FACETS}
    if is_on():
        counted = cluster_candidates.count_facets(selection, requirements)
        return {facet: Counter(values) for facet, values in counted.items()}
    return candidates.count_facets(selection, requirements)

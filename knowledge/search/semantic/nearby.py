"""The documents that mean what a query means, as the search uses them.

Invariant: without vectors there is nothing nearby, and a search is one of words alone.
"""

from collections.abc import Callable
from dataclasses import dataclass

from knowledge.search.query import Query
from knowledge.search.semantic import vectors

# Documents that belong to a search for their meaning alone, and how alike they must be.
MOST_NEAREST = 50
LEAST_COSINE = 0.3


@dataclass(frozen=True, slots=True)
class Nearby:
    """The nearest documents, nearest first, and how near any document is, from 0 to 1.

    ``of`` is None where nothing is known of meanings.
    """

    nearest: tuple[int, ...] = ()
    of: Callable[[int], float] | None = None


NOTHING_NEARBY = Nearby()


def nearby(query: Query, change: int) -> Nearby:
    """What is near ``query``; ``change`` is the number of the last change of a vector.

    One word is found by its letters: of a name or a code there is no meaning to compare.
    """
    if not change or not vectors.is_on() or len(query.concepts) < 2:
        return NOTHING_NEARBY
    # Imported here: without the extra there is nothing to compare with.
    from knowledge.search.semantic.nearness import matrix

    found = matrix().nearness(query.plain, change)
    if found is None:
        return NOTHING_NEARBY
    return Nearby(tuple(found.nearest(MOST_NEAREST, LEAST_COSINE)), found.of)

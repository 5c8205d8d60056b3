"""What was seen of documents for a query, kept for the next time it is asked.

Invariant: kept by the digest of what was looked at and by all else that views depend on, so
what is given out is what looking again would give.

A publication makes every search be ranked again, and changes one of the hundred documents that
it looks at.
"""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock

from knowledge.search.ranking import Scores

MOST_QUERIES = 100
# Three times what one search looks at. A document takes half a kilobyte.
MOST_DOCUMENTS = 300

# By the digest of a document's places, and whether the query names its technology.
Seen = dict[tuple[int, bool], Scores]

_known: OrderedDict[Hashable, Seen] = OrderedDict()
_lock = Lock()


def of(signature: Hashable) -> Seen:
    """What is kept for the signature of a ``Ranker``, to be added to."""
    with _lock:
        seen = _known.pop(signature, None)
        if seen is None or len(seen) > MOST_DOCUMENTS:
            # Another one: somebody may be reading the one that has become too large.
            seen = {}
        _known[signature] = seen
        if len(_known) > MOST_QUERIES:
            _known.popitem(last=False)
        return seen


def forget() -> None:
    """Keep nothing."""
    with _lock:
        _known.clear()

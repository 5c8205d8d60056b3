"""How the view tells the layer in front of Django that an answer may be kept.

Invariant: silence means no. Only an answer that is complete, free of errors and the same
for everybody is marked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql_api.context import RequestContext
from graphql_api.http.request_log import NOTHING_KNOWN, Asked

_MARK = "lamplight.storable"


@dataclass(frozen=True, slots=True)
class Storable:
    """What the kept answer rests on. ``has_counts``: it shows numbers that change silently.

    ``asked``: for the log lines of those who will be given the answer.
    """

    tags: frozenset[str]
    has_counts: bool
    asked: Asked = NOTHING_KNOWN
    site_url: str = ""


def mark_storable(environ: dict[str, Any], context: RequestContext, asked: Asked) -> None:
    """The answer to the request of this WSGI environment may be kept for everybody."""
    found = frozenset(context.tags.found)
    environ[_MARK] = Storable(found, context.tags.has_counts, asked, context.site_url)


def storable_of(environ: Mapping[str, Any]) -> Storable | None:
    """The mark on the answer to this WSGI request, if there is one."""
    return environ.get(_MARK)

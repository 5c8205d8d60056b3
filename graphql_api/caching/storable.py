"""How the view tells the layer in front of Django that an answer may be kept.

Invariant: silence means no. Only an answer that is complete, free of errors and the same
for everybody is marked.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from graphql_api.caching.tags import Tags
from graphql_api.context import RequestContext
from graphql_api.http.request_log import NOTHING_KNOWN, Asked

_MARK = "lamplight.storable"


class Storable(NamedTuple):
    """``resting_on``: what the kept answer rests on, which does not change any more.

    ``asked``: for the log lines of those who will be given the answer.
    """

    resting_on: Tags
    asked: Asked = NOTHING_KNOWN
    site_url: str = ""

    @property
    def tags(self) -> frozenset[str]:
        """The tags of what is shown."""
        return frozenset(self.resting_on.found)

    @property
    def has_counts(self) -> bool:
        """Whether numbers are shown that change silently."""
        return self.resting_on.has_counts


def mark_storable(environ: dict[str, Any], context: RequestContext, asked: Asked) -> None:
    """The answer to the request of this WSGI environment may be kept for everybody."""
    environ[_MARK] = Storable(context.tags, asked, context.site_url)


def storable_of(environ: Mapping[str, Any]) -> Storable | None:
    """The mark on the answer to this WSGI request, if there is one."""
    return environ.get(_MARK)

"""What a reader is told when a cluster that search leans on does not answer.

Invariant: nothing that the cluster said is in it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from graphql_api.errors import ApiError, ErrorCode
from knowledge.search.cluster.connection import ClusterUnavailableError


@contextmanager
def finding() -> Iterator[None]:
    """Turns a cluster that cannot be used into SERVICE_UNAVAILABLE."""
    try:
        yield
    except ClusterUnavailableError:
        raise ApiError(
            ErrorCode.SERVICE_UNAVAILABLE, "Search cannot be used at the moment; try again."
        ) from None

"""The Redis server that workers share, if there is one.

Invariant: nothing that is kept there is needed, and no request waits for it longer than
REDIS_TIMEOUT_MILLISECONDS at a time: callers go on without it.
"""

from functools import cache
from typing import Any

from django.conf import settings


def shared_redis() -> Any | None:
    """A client of the server that REDIS_URL names, or None. Connects when first used."""
    return _client(settings.REDIS_URL) if settings.REDIS_URL else None


@cache
def _client(url: str) -> Any:
    # Imported here: an installation without Redis need not load its client.
    from redis import Redis
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    timeout = settings.REDIS_TIMEOUT_MILLISECONDS / 1000
    return Redis.from_url(
        url,
        socket_timeout=timeout,
        socket_connect_timeout=timeout,
        # By itself the client would try again three times, with pauses.
        retry=Retry(NoBackoff(), 0),
    )

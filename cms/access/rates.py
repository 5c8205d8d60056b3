"""How often may one client ask: a counter a minute, in memory or in Redis.

Invariant: the loss of Redis neither stops a request nor lifts the limit; each process
then counts for itself.
"""

import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any

logger = logging.getLogger("lamplight.access")

MAX_CLIENTS = 50_000
RETRY_REDIS_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left after this request, of one policy."""

    policy: str
    limit: int
    window: int
    used: int
    resets_in: int

    @property
    def allowed(self) -> bool:
        return self.used <= self.limit

    @property
    def remaining(self) -> int:
        return max(0, self.limit - self.used)

    def headers(self) -> dict[str, str]:
        """``RateLimit`` and ``RateLimit-Policy`` (draft-ietf-httpapi-ratelimit-headers)."""
        headers = {
            "RateLimit-Policy": f'"{self.policy}";q={self.limit};w={self.window}',
            "RateLimit": f'"{self.policy}";r={self.remaining};t={self.resets_in}',
        }
        if not self.allowed:
            headers["Retry-After"] = str(self.resets_in)
        return headers


class RateLimiter:
    """Counts requests by client in fixed windows."""

    def __init__(
        self,
        redis: Any = None,
        clock: Callable[[], float] = time.time,
        prefix: str = "lamplight:rate:",
    ) -> None:
        self._redis = redis
        self._redis_rests_until = 0.0
        self._clock = clock
        self._prefix = prefix
        self._counts: OrderedDict[tuple[str, int], int] = OrderedDict()
        self._lock = Lock()

    def take(self, policy: str, client: str, limit: int, window: int) -> Allowance:
        """Count one request of ``client`` and say what is left."""
        now = self._clock()
        slot = int(now // window)
        key = f"{policy}:{client}"
        used = self._count_shared(key, slot, window, now)
        if used is None:
            used = self._count_here(key, slot)
        return Allowance(policy, limit, window, used, max(1, int((slot + 1) * window - now)))

    def _count_here(self, key: str, slot: int) -> int:
        with self._lock:
            used = self._counts.pop((key, slot), 0) + 1
            self._counts[key, slot] = used
            while len(self._counts) > MAX_CLIENTS:
                self._counts.popitem(last=False)
            return used

    def _count_shared(self, key: str, slot: int, window: int, now: float) -> int | None:
        if self._redis is None or now < self._redis_rests_until:
            return None
        name = f"{self._prefix}{key}:{slot}"
        try:
            pipeline = self._redis.pipeline(transaction=False)
            pipeline.incr(name)
            pipeline.expire(name, window * 2)
            return int(pipeline.execute()[0])
        except Exception as error:  # noqa: BLE001 - whatever Redis does, a request goes on
            self._redis_rests_until = now + RETRY_REDIS_SECONDS
            logger.warning(
                "Redis does not count requests (%s); counting here.", type(error).__name__
            )
            return None

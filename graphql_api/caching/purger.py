"""CDNs are told what to forget by a thread of their own, again and again until they listen.

Invariant: whoever orders a purge waits for no CDN. What was ordered is told at once, and
once more when no worker can have an answer of before any more; a CDN that fails is told
again, and what it never heard is an error in the log.
"""

import atexit
import heapq
import logging
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connections
from wagtail.contrib.frontend_cache.utils import get_backends, purge_urls_from_cache

from graphql_api.caching import tags
from graphql_api.caching.backends import PurgeFailed
from graphql_api.http.cookieless import ENDPOINT

logger = logging.getLogger("lamplight.cache")

# Pauses between attempts, in seconds: about ten minutes in all.
PAUSES = (1.0, 5.0, 25.0, 120.0, 480.0)
# How long a process that ends waits for what is still to be told.
FINISH_SECONDS = 10.0
# Naming more than this costs a CDN more than forgetting everything.
MOST_TAGS = 500


@dataclass(order=True, slots=True)
class Order:
    """Tell one backend to forget ``names``, at the moment ``due``."""

    due: float
    backend: str = field(compare=False)
    names: frozenset[str] = field(compare=False)
    attempt: int = field(compare=False, default=0)


class Purger:
    """The orders of this process. ``threaded=False`` leaves it to the caller to ``run_due``."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, threaded: bool = True) -> None:
        self._clock = clock
        self._threaded = threaded
        self._orders: list[Order] = []
        self._changed = threading.Condition()
        self._busy = False
        self._thread: threading.Thread | None = None

    def order(self, names: Iterable[str]) -> None:
        """Tell every CDN to forget these tags; by address where it knows none."""
        wanted = frozenset(names)
        now = self._clock()
        for backend in settings.WAGTAILFRONTENDCACHE:
            # A worker may answer the CDN from memory for a while yet, see
            # ``graphql_api.caching.freshness``: what it fetched then must go too.
            for due in (now, now + 2 * settings.GRAPHQL_CACHE_CHECK_SECONDS + 1):
                self._add(Order(due, backend, wanted))

    def run_due(self) -> None:
        """Carry out what is due."""
        due: dict[str, list[Order]] = {}
        with self._changed:
            now = self._clock()
            while self._orders and self._orders[0].due <= now:
                found = heapq.heappop(self._orders)
                due.setdefault(found.backend, []).append(found)
        for backend, orders in due.items():
            self._carry_out(backend, orders)

    def finish(self, seconds: float = FINISH_SECONDS) -> None:
        """Wait until everything was told, or ``seconds`` have passed; what is left is logged."""
        with self._changed:
            self._changed.wait_for(lambda: not self._orders and not self._busy, seconds)
            for order in self._orders:
                logger.error(
                    "%s did not forget %s: the process ends.", order.backend, _shown(order.names)
                )
            self._orders.clear()

    def _add(self, order: Order) -> None:
        with self._changed:
            heapq.heappush(self._orders, order)
            if self._threaded and self._thread is None:
                self._thread = threading.Thread(target=self._run, name="purge", daemon=True)
                self._thread.start()
                # A command that has published ends before the last order is due.
                atexit.register(self.finish)
            self._changed.notify_all()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._busy = True
            try:
                self.run_due()
            finally:
                connections.close_all()
            with self._changed:
                self._busy = False
                self._changed.notify_all()
                if not self._orders:
                    self._changed.wait()
                elif (pause := self._orders[0].due - self._clock()) > 0:
                    self._changed.wait(pause)

    def _carry_out(self, name: str, orders: list[Order]) -> None:
        wanted = frozenset[str]().union(*(order.names for order in orders))
        if tags.EVERYTHING in wanted or len(wanted) > MOST_TAGS:
            wanted = frozenset({tags.EVERYTHING})
        try:
            _tell(name, wanted)
        except Exception as error:  # noqa: BLE001 - a backend's own; the others must still be told
            self._again(name, wanted, max(order.attempt for order in orders), error)

    def _again(self, name: str, wanted: frozenset[str], attempt: int, error: Exception) -> None:
        # A backend's text may quote what it sent; only ours is known to hold no secret.
        reason = str(error) if isinstance(error, PurgeFailed) else type(error).__name__
        if attempt >= len(PAUSES):
            logger.error("%s did not forget %s (%s).", name, _shown(wanted), reason)
            return
        logger.warning("%s does not listen (%s); it is told again.", name, reason)
        self._add(Order(self._clock() + PAUSES[attempt], name, wanted, attempt + 1))


def _tell(name: str, wanted: frozenset[str]) -> None:
    backend = get_backends(backends=[name]).get(name)
    if backend is None:
        return
    if hasattr(backend, "purge_tags"):
        backend.purge_tags(sorted(wanted))
    else:
        purge_urls_from_cache(purged_urls(), backends=[name])


def purged_urls() -> list[str]:
    """The addresses a CDN is told to forget: GRAPHQL_PURGE_URLS, else the endpoint's own."""
    return settings.GRAPHQL_PURGE_URLS or [f"{settings.LAMPLIGHT_PUBLIC_BASE_URL}/{ENDPOINT}"]


def _shown(names: frozenset[str]) -> str:
    return ", ".join(sorted(names))


purger = Purger()

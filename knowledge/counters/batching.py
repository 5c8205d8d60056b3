"""Sightings wait in memory for a moment, so that a thousand readers are a few writes.

Invariant: a request never waits for a counter, and never fails because of one. A process
that is killed loses a few seconds of counts, nothing else.
"""

import atexit
import logging
import threading

from django.conf import settings
from django.db import Error, connection

from knowledge.counters.recording import Sighting, store

logger = logging.getLogger("lamplight.counters")

FULL = 200
MOST_WAITING = 20_000


class Batch:
    """The sightings this process has not written yet, and the thread that writes them."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.wake = threading.Event()
        self.waiting: dict[str, Sighting] = {}
        self.thread: threading.Thread | None = None

    def add(self, sighting: Sighting) -> None:
        """Take a sighting; beyond what memory should hold it is dropped."""
        if settings.COUNTERS_FLUSH_SECONDS <= 0:
            store([sighting])
            return
        with self.lock:
            if len(self.waiting) >= MOST_WAITING:
                return
            self.waiting[sighting.digest] = sighting
            full = len(self.waiting) >= FULL
            if self.thread is None:
                self.thread = threading.Thread(target=self.run, name="counters", daemon=True)
                self.thread.start()
        if full:
            self.wake.set()

    def run(self) -> None:
        while True:
            self.wake.wait(settings.COUNTERS_FLUSH_SECONDS)
            self.wake.clear()
            self.flush()
            # This thread's own connection: given back, not held while nobody reads.
            connection.close()

    def flush(self) -> int:
        """Write what is waiting; what cannot be written now waits for the next time."""
        with self.lock:
            taken, self.waiting = self.waiting, {}
        try:
            return store(taken.values())
        except Error:
            logger.warning("Counts could not be written; they wait.", exc_info=True)
            with self.lock:
                self.waiting = {**taken, **self.waiting}
            return 0

    def stop(self) -> None:
        if self.waiting:
            self.flush()


batch = Batch()
atexit.register(batch.stop)

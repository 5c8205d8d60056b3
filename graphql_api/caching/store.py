"""Finished answers in memory, as bytes.

Invariant: an answer is served only while nothing it contains has changed since it was
made; the store never holds more bytes than it was given.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from threading import Lock

from graphql_api.http.request_log import NOTHING_KNOWN, Asked

# What an entry costs besides its body: keys, headers, the index; and each of its tags.
OVERHEAD_BYTES = 1_000
TAG_BYTES = 200


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """A complete answer with status 200. ``tags`` name what it rests on.

    ``lifetime``: seconds after which it is made again, whatever has happened. ``asked``: what
    it answers, for the log.
    """

    body: bytes
    headers: tuple[tuple[str, str], ...]
    tags: frozenset[str]
    lifetime: float = float("inf")
    asked: Asked = NOTHING_KNOWN
    etag: str = field(init=False, default="")

    def __post_init__(self) -> None:
        found = (value for name, value in self.headers if name == "ETag")
        object.__setattr__(self, "etag", next(found, ""))

    @property
    def size(self) -> int:
        return len(self.body) + OVERHEAD_BYTES + TAG_BYTES * len(self.tags)


class AnswerStore:
    """The most recently used answers, at most ``capacity`` bytes of them."""

    def __init__(self, capacity: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.capacity = capacity
        self.size = 0
        self.hits = 0
        self.misses = 0
        # Counts how often anything was forgotten, see ``put``.
        self.generation = 0
        self._clock = clock
        self._answers: OrderedDict[bytes, tuple[StoredAnswer, float]] = OrderedDict()
        self._keys_by_tag: dict[str, set[bytes]] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._answers)

    def get(self, key: bytes) -> StoredAnswer | None:
        """The answer under ``key``, now the most recently used."""
        with self._lock:
            found = self._answers.get(key)
            if found is not None and found[1] <= self._clock():
                self._drop(key)
                found = None
            if found is None:
                self.misses += 1
                return None
            self._answers.move_to_end(key)
            self.hits += 1
            return found[0]

    def put(self, key: bytes, answer: StoredAnswer, generation: int | None = None) -> bool:
        """Keep ``answer``; an answer larger than a tenth of the store is not worth it.

        ``generation`` is what the store had before the answer was made: if something was
        forgotten since, the answer may show what came before, and is not kept.
        """
        if answer.size * 10 > self.capacity:
            return False
        with self._lock:
            if generation is not None and generation != self.generation:
                return False
            self._drop(key)
            self._answers[key] = answer, self._clock() + answer.lifetime
            self.size += answer.size
            for tag in answer.tags:
                self._keys_by_tag.setdefault(tag, set()).add(key)
            while self.size > self.capacity:
                self._drop(next(iter(self._answers)))
        return True

    def forget(self, tags: Iterable[str]) -> int:
        """Drop every answer that rests on one of ``tags``; returns how many."""
        with self._lock:
            self.generation += 1
            keys = {key for tag in tags for key in self._keys_by_tag.get(tag, ())}
            for key in keys:
                self._drop(key)
            return len(keys)

    def clear(self) -> None:
        """Drop everything."""
        with self._lock:
            self.generation += 1
            self._answers.clear()
            self._keys_by_tag.clear()
            self.size = 0

    def _drop(self, key: bytes) -> None:
        found = self._answers.pop(key, None)
        if found is None:
            return
        answer = found[0]
        self.size -= answer.size
        for tag in answer.tags:
            keys = self._keys_by_tag[tag]
            keys.discard(key)
            if not keys:
                del self._keys_by_tag[tag]

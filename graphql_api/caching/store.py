"""Finished answers in memory, as bytes.

Invariant: an answer is served only while nothing it contains has changed since it was
made; the store never holds more bytes than it was given.
"""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock

# What an entry costs besides its body: keys, headers, tags, the index.
OVERHEAD_BYTES = 1_000


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """A complete answer. ``tags`` name what it shows; ``version`` is the content it shows."""

    body: bytes
    headers: tuple[tuple[str, str], ...]
    tags: frozenset[str]
    version: int

    @property
    def size(self) -> int:
        return len(self.body) + OVERHEAD_BYTES


class AnswerStore:
    """The most recently used answers, at most ``capacity`` bytes of them."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.size = 0
        self.hits = 0
        self.misses = 0
        self._answers: OrderedDict[bytes, StoredAnswer] = OrderedDict()
        self._keys_by_tag: dict[str, set[bytes]] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._answers)

    def get(self, key: bytes) -> StoredAnswer | None:
        """The answer under ``key``, now the most recently used."""
        with self._lock:
            answer = self._answers.get(key)
            if answer is None:
                self.misses += 1
                return None
            self._answers.move_to_end(key)
            self.hits += 1
            return answer

    def put(self, key: bytes, answer: StoredAnswer) -> None:
        """Keep ``answer``; an answer larger than a tenth of the store is not worth it."""
        if answer.size * 10 > self.capacity:
            return
        with self._lock:
            self._drop(key)
            self._answers[key] = answer
            self.size += answer.size
            for tag in answer.tags:
                self._keys_by_tag.setdefault(tag, set()).add(key)
            while self.size > self.capacity:
                self._drop(next(iter(self._answers)))

    def forget(self, tags: Iterable[str]) -> int:
        """Drop every answer that shows one of ``tags``; returns how many."""
        with self._lock:
            keys = {key for tag in tags for key in self._keys_by_tag.get(tag, ())}
            for key in keys:
                self._drop(key)
            return len(keys)

    def clear(self) -> None:
        """Drop everything."""
        with self._lock:
            self._answers.clear()
            self._keys_by_tag.clear()
            self.size = 0

    def _drop(self, key: bytes) -> None:
        answer = self._answers.pop(key, None)
        if answer is None:
            return
        self.size -= answer.size
        for tag in answer.tags:
            keys = self._keys_by_tag[tag]
            keys.discard(key)
            if not keys:
                del self._keys_by_tag[tag]

"""What was found, in order, read as far as it is looked at.

Invariant: reads as a sequence like any other; what lies behind the first hits is found when
it is asked for, and once.
"""

from collections.abc import Callable, Iterator, Sequence
from threading import Lock
from typing import NamedTuple, overload


class Hit(NamedTuple):
    """What was found: its id in the read model, negative beside it, and its score, 0 to 1."""

    entry_id: int
    score: float


class Hits(Sequence[Hit]):
    """The best hits first. ``further`` finds those behind ``first``."""

    def __init__(
        self, first: Sequence[Hit] = (), further: Callable[[], Sequence[Hit]] = tuple
    ) -> None:
        self.first = list(first)
        self._further = further
        self._every: list[Hit] | None = None
        # Results are kept, and threads share them.
        self._lock = Lock()

    @property
    def every(self) -> list[Hit]:
        """All hits."""
        with self._lock:
            if self._every is None:
                self._every = [*self.first, *self._further()]
            return self._every

    def __bool__(self) -> bool:
        return bool(self.first)

    def __len__(self) -> int:
        return len(self.every)

    def __iter__(self) -> Iterator[Hit]:
        yield from self.first
        yield from self.every[len(self.first) :]

    @overload
    def __getitem__(self, index: int) -> Hit: ...
    @overload
    def __getitem__(self, index: slice) -> list[Hit]: ...
    def __getitem__(self, index: int | slice) -> Hit | list[Hit]:
        end = index.stop if isinstance(index, slice) else index + 1
        if end is not None and 0 < end <= len(self.first):
            return self.first[index]
        return self.every[index]

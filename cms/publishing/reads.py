"""Whether an answer rests on published entries that nobody has named.

Invariant: a reader either says which entries or kinds it asked for, so that a kept answer
is forgotten when they change, or the answer counts as resting on all of them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(slots=True)
class Reads:
    """What one answer has read so far."""

    unnamed: bool = False


_current: ContextVar[Reads | None] = ContextVar("lamplight_reads", default=None)


@contextmanager
def watched_reads() -> Iterator[Reads]:
    """Watch what the block reads."""
    reads = Reads()
    token = _current.set(reads)
    try:
        yield reads
    finally:
        _current.reset(token)


def note_unnamed_read() -> None:
    """Something was read, and nobody said what."""
    reads = _current.get()
    if reads is not None:
        reads.unnamed = True

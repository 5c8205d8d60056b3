"""Whether an answer rests on published entries that nobody has named.

Invariant: a reader either says which entries or kinds it asked for, so that a kept answer
is forgotten when they change, or the answer counts as resting on all of them.
"""

from contextvars import ContextVar


class watched_reads:
    """Watch what the block reads; ``unnamed`` tells what was found out so far."""

    __slots__ = ("_token", "unnamed")

    def __init__(self) -> None:
        self.unnamed = False

    def __enter__(self) -> "watched_reads":
        self._token = _current.set(self)
        return self

    def __exit__(self, *_: object) -> None:
        _current.reset(self._token)


_current: ContextVar[watched_reads | None] = ContextVar("lamplight_reads", default=None)


def note_unnamed_read() -> None:
    """Something was read, and nobody said what."""
    reads = _current.get()
    if reads is not None:
        reads.unnamed = True

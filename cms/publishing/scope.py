"""How much of what is public one caller sees.

Invariant: every read of a read model asks ``visible()``, and ``visible()`` asks here, so
a caller's bounds hold for lists, counts, references, search and feeds alike.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Scope:
    """Bounds of a caller; None means unbounded.

    ``technologies`` are translation keys. An entry without a technology is outside a
    bound on technologies.
    """

    kinds: frozenset[str] | None = None
    technologies: frozenset[UUID] | None = None

    @property
    def is_everything(self) -> bool:
        return self.kinds is None and self.technologies is None


EVERYTHING = Scope()

_current: ContextVar[Scope] = ContextVar("lamplight_scope", default=EVERYTHING)


def current_scope() -> Scope:
    """The bounds of the request being answered; everything outside of one."""
    return _current.get()


@contextmanager
def scoped(scope: Scope) -> Iterator[None]:
    """Answer within ``scope``."""
    token = _current.set(scope)
    try:
        yield
    finally:
        _current.reset(token)

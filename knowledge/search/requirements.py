"""What hits must be, as plain data: whatever finds candidates reads it in its own language.

Invariant: holds values only, never a piece of a statement.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """What hits must be; empty parts ask for nothing. Keys are translation keys in hex."""

    kinds: frozenset[str] = frozenset()
    technologies: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    difficulty_from: int | None = None
    difficulty_to: int | None = None

    def __bool__(self) -> bool:
        return self != SearchFilter()

    @property
    def difficulties(self) -> tuple[int, int] | None:
        """The bounds, inclusive; None for any. What has no difficulty (0) is outside of both."""
        if self.difficulty_from is None and self.difficulty_to is None:
            return None
        highest = self.difficulty_to if self.difficulty_to is not None else 32_767
        return max(1, self.difficulty_from or 1), highest


@dataclass(frozen=True, slots=True)
class Requirements:
    """Everything a hit must be, beside holding some of what was asked for.

    In ``locale``, or in the default language where ``fallback`` allows it and there is no
    translation; within ``wanted``; with every one of ``terms`` and ``phrases``, none of
    ``without_terms`` and ``without_phrases``; one of ``among`` unless that is None. Terms
    are ids of the index, phrases are words in order.
    """

    locale: str
    fallback: bool = True
    wanted: SearchFilter = field(default_factory=SearchFilter)
    terms: tuple[int, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    without_terms: tuple[int, ...] = ()
    without_phrases: tuple[tuple[str, ...], ...] = ()
    among: tuple[int, ...] | None = None

"""What notifications need to know about the records, told by whoever has them.

Invariant: only what is public now is described here; the platform knows no record.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """A public record as a mail shows it, and the words subscribers choose by.

    ``url`` is absolute. ``technologies`` and ``topics`` hold slugs.
    """

    kind: str
    kind_label: str
    code: str
    title: str
    summary: str
    url: str
    technology: str
    technologies: frozenset[str]
    topics: frozenset[str]


class Catalogue(Protocol):
    """What the app that owns the records answers."""

    def kinds(self) -> dict[str, str]:
        """Kind → its label for people."""

    def technologies(self) -> dict[str, str]:
        """Slug → label of every public technology."""

    def topics(self) -> dict[str, str]:
        """Slug → label of every public topic."""

    def public_id(self, kind: str, object_id: int) -> str:
        """The id clients know the record by, also when it is gone."""

    def describe(self, object_ids: Iterable[int]) -> dict[int, RecordFacts]:
        """Facts of those of the records that the public may see now."""


_registered: list[Catalogue] = []


def register_catalogue(catalogue: Catalogue) -> None:
    """Called once, when the app that owns the records is ready."""
    _registered[:] = [catalogue]


def catalogue() -> Catalogue:
    """The registered catalogue. Raises ``LookupError`` when no app has registered one."""
    if not _registered:
        raise LookupError("No app has registered a catalogue of records.")
    return _registered[0]

"""Queries with known answers, split by the hash of their id.

Invariant: what is fitted is fitted on the training part; what is reported as unseen was
never fitted on.
"""

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path


@dataclass(frozen=True, slots=True)
class KnownQuery:
    """A query and the records (by their ids in their collection) that answer it."""

    id: str
    text: str
    expected: frozenset[str]

    @property
    def is_training(self) -> bool:
        """True for the half that may be looked at and fitted on."""
        return sha256(self.id.encode()).digest()[0] % 2 == 0


def read_queries(path: Path) -> list[KnownQuery]:
    """The queries of a JSON Lines file with ``id``, ``query`` and ``expected``."""
    with path.open(encoding="utf-8") as lines:
        return [
            KnownQuery(row["id"], row["query"], frozenset(row["expected"]))
            for row in map(json.loads, lines)
        ]

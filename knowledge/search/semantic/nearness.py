"""Which documents mean what a query means: exact comparison with every vector.

Invariant: what is held in memory is what the table held at the change it was read at; every
sum is of whole numbers, so all databases and processes give the same order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from knowledge.models.search_index import SearchVector
from knowledge.search.semantic.encoder import DIMENSIONS, encoder
from knowledge.search.semantic.vectors import packed, unpacked

if TYPE_CHECKING:
    import numpy as np

# Rows that are compared at a time: what fits into a processor's cache.
_BLOCK = 2_048
_READ = 5_000


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near each document is: 1 the nearest, 0 as near as half of them, never less."""

    ids: "np.ndarray"
    cosines: "np.ndarray"
    places: dict[int, int]
    middle: float
    highest: float

    def of(self, pk: int) -> float:
        """The nearness of a document; 0 for one without a vector."""
        place = self.places.get(pk)
        if place is None or place >= len(self.cosines) or self.highest <= self.middle:
            return 0.0
        share = (float(self.cosines[place]) - self.middle) / (self.highest - self.middle)
        return max(0.0, round(share, 6))

    def nearest(self, most: int, least_cosine: float) -> list[int]:
        """The nearest documents at or above a cosine, nearest first."""
        import numpy as np

        alive = np.flatnonzero((self.cosines >= least_cosine) & (self.ids > 0))
        order = np.lexsort((self.ids[alive], -self.cosines[alive]))[:most]
        return [int(pk) for pk in self.ids[alive[order]]]


class VectorMatrix:
    """Every stored vector, kept fresh by the number of the last change."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._clear()

    def nearness(self, text: str, change: int) -> Nearness | None:
        """How near documents are to ``text``; ``change`` is the number of the last change.

        None when there are no vectors.
        """
        with self._lock:
            if change != self._change:
                self._refresh(change)
            count, ids, matrix, norms = self._count, self._ids, self._matrix, self._norms
            places = self._places
        if not count:
            return None
        return _compare(packed(encoder().encode(text)), ids[:count], matrix, norms, places)

    def forget(self) -> None:
        """Read everything anew when it is next needed."""
        with self._lock:
            self._clear()

    def _clear(self) -> None:
        import numpy as np

        self._change = self._count = self._dead = 0
        self._ids = np.zeros(0, dtype=np.int64)
        self._matrix = np.zeros((0, DIMENSIONS), dtype=np.int8)
        self._norms = np.zeros(0, dtype=np.float32)
        self._places: dict[int, int] = {}

    def _refresh(self, change: int) -> None:
        """Read what changed; everything, when rows went or the database is another one."""
        if change < self._change:
            self._clear()
        self._read_since(self._change)
        self._change = max(change, self._change)
        alive = len(self._places)
        has_lost = SearchVector.objects.count() < alive * 0.9
        if has_lost or self._dead > 1_000 + alive:
            self._clear()
            self._read_since(0)
            self._change = max(change, self._change)

    def _read_since(self, change: int) -> None:
        rows = (
            SearchVector.objects.filter(change__gt=change)
            .order_by("change", "pk")
            .values_list("pk", "components", "change")
        )
        chunk: list[tuple[int, bytes]] = []
        for pk, components, number in rows.iterator(chunk_size=_READ):
            if len(components) == DIMENSIONS:
                chunk.append((pk, bytes(components)))
            self._change = max(self._change, number)
            if len(chunk) == _READ:
                self._append(chunk)
                chunk = []
        self._append(chunk)

    def _append(self, rows: Sequence[tuple[int, bytes]]) -> None:
        """Rows are added, never written over: who is comparing goes on undisturbed."""
        import numpy as np

        if not rows:
            return
        end = self._count + len(rows)
        if end > len(self._ids):
            size = max(1_024, end + end // 8)
            self._ids = _grown(self._ids, size)
            self._matrix = _grown(self._matrix, size)
            self._norms = _grown(self._norms, size)
        block = unpacked(components for _, components in rows)
        self._matrix[self._count : end] = block
        self._norms[self._count : end] = np.sqrt(
            np.einsum("ij,ij->i", block, block, dtype=np.float32)
        )
        for place, (pk, _) in enumerate(rows, start=self._count):
            if (former := self._places.get(pk)) is not None:
                self._ids[former] = 0
                self._dead += 1
            self._ids[place] = pk
            self._places[pk] = place
        self._count = end


def _grown(array: "np.ndarray", size: int) -> "np.ndarray":
    import numpy as np

    larger = np.zeros((size, *array.shape[1:]), dtype=array.dtype)
    larger[: len(array)] = array
    return larger


def _compare(
    query: "np.ndarray",
    ids: "np.ndarray",
    matrix: "np.ndarray",
    norms: "np.ndarray",
    places: dict[int, int],
) -> Nearness:
    import numpy as np

    count = len(ids)
    # Products of whole numbers up to 127² × 384 are exact in single precision.
    asked = query.astype(np.float32)
    sums = np.empty(count, dtype=np.float32)
    for start in range(0, count, _BLOCK):
        end = min(count, start + _BLOCK)
        sums[start:end] = matrix[start:end].astype(np.float32) @ asked
    length = float(np.sqrt(asked @ asked)) or 1.0
    cosines = sums.astype(np.float64) / (norms[:count].astype(np.float64) * length + 1e-9)
    alive = np.sort(cosines[ids > 0])
    return Nearness(
        ids, cosines, places, middle=float(alive[(len(alive) - 1) // 2]), highest=float(alive[-1])
    )


_matrix: VectorMatrix | None = None
_matrix_lock = Lock()


def matrix() -> VectorMatrix:
    """The matrix of this process."""
    global _matrix
    with _matrix_lock:
        if _matrix is None:
            _matrix = VectorMatrix()
        return _matrix

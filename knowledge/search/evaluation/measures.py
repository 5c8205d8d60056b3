"""Mean reciprocal rank, recall at a rank, reliability of probabilities."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Quality:
    """How well a set of queries was answered."""

    count: int
    mrr: float
    recall_1: float
    recall_5: float
    recall_10: float


def rank_of(found: Sequence[str], expected: Set[str]) -> int | None:
    """The rank, from 1, of the first expected answer."""
    return next((rank for rank, one in enumerate(found, start=1) if one in expected), None)


def quality(ranks: Sequence[int | None]) -> Quality:
    """The measures of a list of ranks; None stands for not found."""
    count = len(ranks)

    def recall(limit: int) -> float:
        return sum(1 for rank in ranks if rank and rank <= limit) / count if count else 0.0

    mrr = sum(1 / rank for rank in ranks if rank) / count if count else 0.0
    return Quality(count, mrr, recall(1), recall(5), recall(10))


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers whose confidence lies in a range: how many, said how sure, right how often."""

    lowest: float
    highest: float
    count: int
    said: float
    right: float


def reliability(
    answers: Iterable[tuple[float, bool]],
    bounds: Sequence[float] = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0),
) -> list[Bin]:
    """Answers (confidence, right) in bins of confidence; empty bins are left out."""
    known = list(answers)
    bins = []
    for lowest, highest in pairwise(bounds):
        inside = [
            pair
            for pair in known
            if lowest <= pair[0] < highest or pair[0] == highest == bounds[-1]
        ]
        if inside:
            said = sum(sure for sure, _ in inside) / len(inside)
            right = sum(1 for _, is_right in inside if is_right) / len(inside)
            bins.append(Bin(lowest, highest, len(inside), said, right))
    return bins


def overlap(left: Sequence[str], right: Sequence[str], depth: int = 10) -> float:
    """The share of the first ``depth`` answers that two lists have in common."""
    first, second = set(left[:depth]), set(right[:depth])
    largest = max(len(first), len(second))
    return len(first & second) / largest if largest else 1.0

"""How much two messages have in common: the same words in the same order, each by its rarity.

Invariant: only words and their rarity count, so two messages that differ in names and values
alone are the same.
"""

from collections.abc import Callable, Mapping, Sequence
from math import log

from knowledge.search.errors.normalising import HOLE

_HOLE_WEIGHT = 0.15
_UNKNOWN_SHARE = 0.25

Idf = Callable[[str], float]


def message_idf(counts: Mapping[str, int], total: int) -> Idf:
    """Rarity of a word among the messages of the archive.

    A word that no message has is probably somebody's own name: it counts little.
    """
    table = {word: log(1 + (total - count + 0.5) / (count + 0.5)) for word, count in counts.items()}
    unknown = _UNKNOWN_SHARE * log(1 + (total + 0.5) / 0.5)

    def idf(word: str) -> float:
        return table.get(word, unknown)

    return idf


def coverage(pasted: Sequence[str], known: Sequence[str], idf: Idf) -> tuple[float, float]:
    """How much of two messages is the same, in the same order, each word by its rarity.

    Returns the F-measure, and the share of the known message alone.
    """
    common = _common_subsequence(pasted, known, idf)
    mass_pasted, mass_known = mass(pasted, idf), mass(known, idf)
    if not common or not mass_pasted or not mass_known:
        return 0.0, 0.0
    precision, recall = common / mass_known, common / mass_pasted
    return 2 * precision * recall / (precision + recall), precision


def weight_of(word: str, idf: Idf) -> float:
    """The rarity of a word; a hole weighs little."""
    return _HOLE_WEIGHT if word == HOLE else idf(word)


def mass(sequence: Sequence[str], idf: Idf) -> float:
    """The weight of all words of a sequence."""
    return sum(weight_of(word, idf) for word in sequence)


def _common_subsequence(left: Sequence[str], right: Sequence[str], idf: Idf) -> float:
    """The weight of the heaviest common subsequence."""
    weights = [weight_of(word, idf) for word in right]
    row = [0.0] * (len(right) + 1)
    for word in left:
        diagonal = 0.0
        for column, other in enumerate(right, start=1):
            above = row[column]
            if word == other:
                row[column] = max(above, diagonal + weights[column - 1])
            elif row[column - 1] > above:
                row[column] = row[column - 1]
            diagonal = above
    return row[-1]

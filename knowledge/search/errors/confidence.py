"""How likely a match is the right one: a logistic regression over the evidence.

Invariant: fitted by ``search_confidence --fit`` on queries whose answers are known, as they
are and in harder forms, with their answers and without; refit when weights or extraction change.
"""

from collections.abc import Sequence
from math import exp

from knowledge.search.errors.matching import Evidence

INPUTS = (
    "score", "margin", "code", "coverage", "exactness", "trigram", "words", "technology",
    "other_language", "other_code", "other_class",
)  # fmt: skip

# In the order of INPUTS; the intercept apart.
COEFFICIENTS: tuple[float, ...] = (
    0.678, 2.005, 1.381, 0.416, 1.288, 0.844, 1.446, -0.009, -1.132, -1.510, -0.900,
)  # fmt: skip
INTERCEPT = -5.588


def inputs(found: Evidence, margin: float) -> tuple[float, ...]:
    """The evidence as numbers; ``margin`` is the lead over the best other candidate."""
    return (
        found.score,
        max(-1.0, min(1.0, margin)),
        found.code,
        found.coverage,
        found.exactness,
        found.trigram,
        found.words,
        found.technology,
        float(found.technology < 0),
        found.other_code,
        found.other_class,
    )


def confidence(found: Evidence, margin: float) -> float:
    """The probability, from 0 to 1, that the entry is the one that was looked for."""
    return round(probability(inputs(found, margin), COEFFICIENTS, INTERCEPT), 4)


def probability(values: Sequence[float], coefficients: Sequence[float], intercept: float) -> float:
    """The logistic function of the weighted sum."""
    total = intercept + sum(
        weight * value for weight, value in zip(coefficients, values, strict=True)
    )
    if total < -30:
        return 0.0
    return 1 / (1 + exp(-min(30.0, total)))

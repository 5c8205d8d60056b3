"""Logistic regression with a penalty, small enough to read."""

from collections.abc import Sequence

from knowledge.search.errors.confidence import probability

Example = tuple[Sequence[float], bool]


def fit(
    examples: Sequence[Example], *, penalty: float = 0.02, steps: int = 3_000, pace: float = 1.0
) -> tuple[tuple[float, ...], float]:
    """Coefficients and intercept by gradient descent on standardised inputs.

    ``penalty`` keeps coefficients small; with few examples it matters more than the data.
    """
    width = len(examples[0][0])
    means = [sum(values[i] for values, _ in examples) / len(examples) for i in range(width)]
    spreads = [
        max(1e-6, (sum((v[i] - means[i]) ** 2 for v, _ in examples) / len(examples)) ** 0.5)
        for i in range(width)
    ]
    scaled = [
        ([(values[i] - means[i]) / spreads[i] for i in range(width)], float(is_right))
        for values, is_right in examples
    ]
    weights, bias = [0.0] * width, 0.0
    for _ in range(steps):
        slopes, slope = [penalty * weight for weight in weights], 0.0
        for values, target in scaled:
            miss = (probability(values, weights, bias) - target) / len(scaled)
            slope += miss
            for i in range(width):
                slopes[i] += miss * values[i]
        weights = [weight - pace * step for weight, step in zip(weights, slopes, strict=True)]
        bias -= pace * slope
    coefficients = tuple(weight / spread for weight, spread in zip(weights, spreads, strict=True))
    intercept = bias - sum(c * mean for c, mean in zip(coefficients, means, strict=True))
    return coefficients, intercept

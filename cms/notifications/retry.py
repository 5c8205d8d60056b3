"""When to try again, and when to give up. Pure.

Invariant: the wait grows with every failure and never has the same length twice, so
that what failed together does not come back together.
"""

import random
from datetime import timedelta

FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=12)
GROWTH = 3
JITTER = 0.2
MOST_ATTEMPTS = 12


def next_wait(attempts: int, *, asked: int | None = None) -> timedelta | None:
    """How long to wait after ``attempts`` failures; None when it is time to give up.

    10 s, 30 s, 90 s … up to 12 h, each give or take a fifth: twelve attempts in about two
    days. ``asked``: the seconds the receiver asked for, honoured up to the longest wait.
    """
    if attempts >= MOST_ATTEMPTS:
        return None
    wait = min(FIRST_WAIT * GROWTH ** max(attempts - 1, 0), LONGEST_WAIT)
    if asked is not None:
        wait = min(max(wait, timedelta(seconds=min(asked, 10**6))), LONGEST_WAIT)
    # Spreading load needs no unpredictable numbers.
    return wait * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311

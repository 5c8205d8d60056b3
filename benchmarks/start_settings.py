"""The settings under which starts are timed.

Invariant: those of production; the demonstration's files go where BENCHMARK_MEDIA says, so a
measurement leaves nothing behind.
"""

import os

from benchmarks.settings import *  # noqa: F403

MEDIA_ROOT = os.environ["BENCHMARK_MEDIA"]

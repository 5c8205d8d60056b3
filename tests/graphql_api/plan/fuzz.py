"""The same for as long as one likes: ``make fuzz`` names this file, the suite does not find it."""

import os
import sys
from collections import Counter
from time import monotonic

from django.test import override_settings
from hypothesis import seed, settings

from tests.graphql_api.plan.comparing import QUIET, compared, tell
from tests.graphql_api.plan.running import NO_LIMITS, SHORT_PAGES

EXAMPLES_A_ROUND = 500


@override_settings(**NO_LIMITS, **SHORT_PAGES)
def test_operations_are_answered_alike_for_minutes(world, kept_db):
    number = int(os.environ["LAMPLIGHT_FUZZ_SEED"])
    end = monotonic() + 60 * float(os.environ["LAMPLIGHT_FUZZ_MINUTES"])
    counted = Counter()
    while counted["rounds"] == 0 or monotonic() < end:
        # A red round is run again by its seed alone.
        sys.stdout.write(f"\nseed {number + counted['rounds']}\n")
        test = seed(number + counted["rounds"])(compared(world, counted))
        settings(max_examples=EXAMPLES_A_ROUND, **QUIET)(test)()
        counted["rounds"] += 1
    tell(counted)

"""Every operation is answered by plans as graphql-core answers it, byte for byte."""

import os
from collections import Counter

import pytest
from django.test import override_settings
from hypothesis import seed, settings

from tests.graphql_api.plan.comparing import QUIET, compared, tell
from tests.graphql_api.plan.running import NO_LIMITS, SHORT_PAGES

# Where CI is set, thousands; each round is the same every time, and runs by its number alone.
EXAMPLES, ROUNDS = (300, range(10)) if os.environ.get("CI") else (100, range(1))


@pytest.mark.parametrize("number", ROUNDS)
@override_settings(**NO_LIMITS, **SHORT_PAGES)
def test_generated_operations_are_answered_alike(world, kept_db, number):
    counted = Counter()

    settings(max_examples=EXAMPLES, **QUIET)(seed(number)(compared(world, counted)))()

    tell(counted)
    assert counted["operations"] >= EXAMPLES
    # A strategy that mostly asks for what fails would prove little.
    assert counted["answers with errors"] < counted["answers"] / 2
    assert counted["root fields planned"] > counted["root fields left to graphql-core"]

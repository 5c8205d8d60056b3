"""The property: what plans answer is what graphql-core answers.

Invariant: bytes of data and errors, tags and marks are compared for every set of variables,
the first of them twice: by then its plan and its total are remembered.
"""

import os
import sys
from collections import Counter
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, Phase, given, note

from graphql_api.plan.entries.singles import SINGLES
from tests.graphql_api.plan.running import Answer, answered, prepared, schema
from tests.graphql_api.plan.strategies import Generated, operations
from tests.graphql_api.plan.world import Known

QUIET: dict[str, Any] = {
    "deadline": None,
    "database": None,
    "print_blob": True,
    "suppress_health_check": list(HealthCheck),
}
if os.environ.get("LAMPLIGHT_FUZZ_AS_FOUND"):
    # Making an example smaller takes minutes.
    QUIET["phases"] = [Phase.generate]


def compared(known: Known, counted: Counter[str]) -> Callable[[], None]:
    """A test for hypothesis to run; ``counted`` is told what happened."""

    @given(generated=operations(schema, known))
    def same_answer(generated: Generated) -> None:
        parsed = prepared(generated.text)
        counted["operations"] += 1
        for variables in (*generated.variables, generated.variables[0]):
            note(f"{generated.text}\n{variables!r}")
            expected = answered(parsed, variables, plans=False)
            found = answered(parsed, variables, plans=True)
            count(counted, expected, found)
            assert found.body == expected.body
            assert found.is_private == expected.is_private
            # An answer with errors is kept nowhere: more may be said of it.
            assert found.tags >= expected.tags
            assert found.has_counts >= expected.has_counts
            if not expected.has_errors:
                assert (found.tags, found.has_counts) == (expected.tags, expected.has_counts)
                # Ids are found by the resolvers alone; a directive that takes no null is no
                # error where nothing is there to be included.
                if None not in variables.values():
                    assert set(found.given_up) <= SINGLES.keys() - {"entry"}

    return same_answer


def count(counted: Counter[str], expected: Answer, found: Answer) -> None:
    """Note what one answer was made of."""
    counted["answers"] += 1
    counted["answers with errors"] += expected.has_errors
    counted["answers with internal errors"] += b"INTERNAL_SERVER_ERROR" in expected.body
    counted["root fields planned"] += len(found.planned)
    counted["root fields given up"] += len(found.given_up)
    counted["root fields given up without an error"] += (
        0 if expected.has_errors else len(found.given_up)
    )
    counted["root fields left to graphql-core"] += len(found.left)


def tell(counted: Counter[str]) -> None:
    """Print the figures, for whoever asked for them by a verb."""
    sys.stdout.write("\n".join(["", *(f"{name}: {n}" for name, n in counted.items()), ""]))

"""What compiling an operation takes: each type at each place once."""

import pytest

from graphql_api.plan.operations import plan_for
from knowledge.models import EntryRelation
from tests.factories import entries
from tests.graphql_api.plan.running import NO_LIMITS, answered, prepared, schema

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_remembered")]

# Where the answer holds an entry of each kind at every depth.
DEPTHS = (2, 3, 4)


@pytest.fixture
def everything_related():
    made = [entries.published(make()) for make in entries.ALL_KINDS]
    for entry in made:
        entry.relations = [EntryRelation(target=one) for one in made if one.pk != entry.pk]
        entry.save()
        entries.published(entry)


def nested(depth):
    below = "code"
    for _ in range(depth):
        below = f"code related {{ relation entry {{ {below} }} }}"
    return f"{{ entries(first: 6) {{ nodes {{ {below} }} }} }}"


def test_deeper_interfaces_cost_no_more_than_those_above_them(everything_related, settings):
    for name, value in NO_LIMITS.items():
        setattr(settings, name, value)
    compiled = []
    for depth in DEPTHS:
        parsed = prepared(nested(depth))
        found = answered(parsed, {}, plans=True)
        assert found.planned == ("entries",)
        (plan,) = parsed.plans.values()
        compiled.append(plan.selections.compiled)

    assert compiled[2] - compiled[1] == compiled[1] - compiled[0]


def test_a_plan_is_compiled_once_for_its_variant():
    parsed = prepared("query ($n: Int) { entries(first: $n) { nodes { code } } }")
    operation = parsed.operation(None)

    plans = [plan_for(parsed, schema, operation, {"n": number}) for number in (1, 2, 1)]

    assert plans[0] is plans[1] is plans[2]

"""Filters select the same entries by plans as by graphql-core, in every order and language."""

import os

from hypothesis import given, seed, settings
from hypothesis import strategies as st

from tests.graphql_api.plan.comparing import QUIET
from tests.graphql_api.plan.running import answered, prepared, schema
from tests.graphql_api.plan.values import Chooser, Values
from tests.graphql_api.plan.world import LISTS

QUERY = schema.query_type
EXAMPLES = 1_500 if os.environ.get("CI") else 500


def of_list(name):
    arguments = QUERY.fields[name].args
    kinds = {key: arguments[key].type for key in ("filter", "orderBy", "locale", "fallback")}
    declared = ", ".join(f"${key}: {kind}" for key, kind in kinds.items())
    given_ = ", ".join(f"{key}: ${key}" for key in kinds)
    selected = "{ totalCount nodes { code locale } }"
    return prepared(f"query ({declared}) {{ {name}({given_}, first: 100) {selected} }}")


ASKED = {name: of_list(name) for name in LISTS}


@st.composite
def filters(draw, known):
    """A list and arguments for it, a filter always among them."""
    values = Values(Chooser(draw), known)
    name = values.choose.one_of(LISTS)
    arguments = QUERY.fields[name].args
    one = values._not_null(arguments["filter"].type, "filter", name, 0)
    variables = {"filter": one, "locale": values.choose.one_of(["en", "de"])}
    for key in ("orderBy", "fallback"):
        if values.choose.chance(30):
            variables[key] = values._not_null(arguments[key].type, key, name, 0)
    return name, variables


def test_filters_select_the_same_entries(world, kept_db):
    found_some = set()

    @seed(0)
    @settings(max_examples=EXAMPLES, **QUIET)
    @given(asked=filters(world))
    def same_entries(asked):
        name, variables = asked
        expected = answered(ASKED[name], variables, plans=False)
        found = answered(ASKED[name], variables, plans=True)
        assert found.body == expected.body
        if b'"nodes":[{' in found.body:
            found_some.add(name)

    same_entries()

    assert found_some == set(LISTS)

"""Variables are coerced as graphql-core coerces them, and refused with the same errors."""

import pytest
from graphql import build_schema, parse
from graphql.execution.values import get_variable_values
from hypothesis import given, settings
from hypothesis import strategies as st

from graphql_api.plan.variables import coercer
from tests.graphql_api.plan.comparing import QUIET

SCHEMA = build_schema(
    """
    enum Level { JUNIOR MID }
    input Range { gte: Int lte: Int = 5 }
    scalar Moment
    type Query {
      found(a: String, b: Int, c: Boolean, d: ID, e: Level, f: Range, g: [Int!], h: Float
            i: Moment): Int
    }
    """
)
TYPES = ["String", "Int", "Boolean", "ID", "Level", "Range", "[Int!]", "Float", "Moment", "Query"]
DEFAULTS = {
    "String": '"x"', "Int": "7", "Boolean": "true", "ID": '"y"', "Level": "MID", "Float": "1.5",
    "Range": "{gte: 1}", "[Int!]": "[1, 2]", "Moment": '"now"', "Query": "1",
}  # fmt: skip
PLAIN = [None, "", "MID", "HIGH", "7", 0, 7, 7.0, 7.5, True, False]
ENDS = [-(2**31) - 1, -(2**31), 2**31 - 1, 2**31]
NESTED = [[1], ["x"], [None], {}, {"gte": 2}, {"gte": "x"}, {"no": 1}]
VALUES = st.sampled_from([*PLAIN, *ENDS, *NESTED])
DECLARED = st.tuples(
    st.sampled_from(TYPES), st.booleans(), st.sampled_from(["", "default", "null", "wrong"])
)
LEFT_OUT = st.just("left out")


def written(number, declared):
    kind, is_required, default = declared
    text = {"": "", "default": f" = {DEFAULTS[kind]}", "null": " = null", "wrong": " = [[{}]]"}
    return f"$v{number}: {kind}{'!' if is_required else ''}{text[default]}"


@settings(max_examples=1_000, derandomize=True, **QUIET)
@given(st.lists(st.tuples(DECLARED, st.one_of(VALUES, LEFT_OUT)), min_size=1, max_size=3))
def test_values_are_coerced_alike(asked):
    head = ", ".join(written(number, declared) for number, (declared, _) in enumerate(asked))
    operation = parse(f"query ({head}) {{ __typename }}").definitions[0]
    values = {f"v{number}": value for number, (_, value) in enumerate(asked) if value != "left out"}

    found = coercer(SCHEMA, operation)(values)

    expected = get_variable_values(SCHEMA, operation.variable_definitions, values)
    if isinstance(expected, list):
        assert [error.message for error in found] == [error.message for error in expected]
    else:
        assert repr(found) == repr(expected)


@pytest.mark.parametrize("declared", ["$a: String!, $b: Int = 3, $c: Level", ""])
def test_what_is_plainly_of_its_type_is_not_left_to_graphql_core(declared, monkeypatch):
    def refused(*_):
        raise AssertionError

    monkeypatch.setattr("graphql_api.plan.variables.get_variable_values", refused)
    head = f"query ({declared})" if declared else "query"
    operation = parse(f"{head} {{ __typename }}").definitions[0]

    found = coercer(SCHEMA, operation)({"a": "x", "c": "MID", "more": 1} if declared else {})

    assert found == ({"a": "x", "b": 3, "c": "MID"} if declared else {})

"""Which variables decide what an operation selects, and that plans of several never mix."""

import pytest
from graphql import OperationDefinitionNode

from graphql_api.plan.deciding import deciding_variables, variant
from graphql_api.plan.operations import MAX_VARIANTS, plan_for
from tests.factories import pages
from tests.graphql_api.plan.running import answered, prepared, schema


def names(text):
    parsed = prepared(text)
    (operation,) = [
        one for one in parsed.document.definitions if isinstance(one, OperationDefinitionNode)
    ]
    return deciding_variables(operation, parsed.fragments)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("query ($a: Int) { entries(first: $a) { totalCount } }", set()),
        ("query ($a: Boolean!) { entries { totalCount @skip(if: $a) } }", {"a"}),
        ("query ($a: Boolean!) { entries @include(if: $a) { totalCount } }", {"a"}),
        ("query ($a: Boolean!) { ... @include(if: $a) { entries { totalCount } } }", {"a"}),
        ("query ($a: Int) { pages { nodes { children(first: $a) { id } } } }", {"a"}),
        (
            "query ($a: Int) { ...R } fragment R on Query { entries(first: $a) { totalCount } }",
            set(),
        ),
        (
            "query ($a: Int) { pages { nodes { ...P } } }"
            " fragment P on Page { children(first: $a) { id } }",
            {"a"},
        ),
        (
            "query ($a: Boolean!) { entries { nodes { ...E @skip(if: $a) id } } }"
            " fragment E on Entry { title }",
            {"a"},
        ),
    ],
)
def test_what_stands_below_the_root_fields_decides(text, expected):
    assert names(text) == expected


def test_variants_differ_by_value_type_and_absence():
    given = frozenset({"a"})

    found = [variant(given, one) for one in ({}, {"a": None}, {"a": 1}, {"a": True}, {"a": 1.0})]

    assert len(set(found)) == 5
    assert variant(given, {"a": 1, "b": 2}) == variant(given, {"a": 1})


def test_values_that_cannot_be_compared_have_no_variant():
    assert variant(frozenset({"a"}), {"a": [1]}) is None


@pytest.fixture
def pages_below():
    home = pages.home()
    for title in ("One", "Two", "Three"):
        pages.standard(home, title)


CHILDREN = (
    "query ($n: Int, $with: Boolean!)"
    " { pages { nodes { title @include(if: $with) children(first: $n) { title } } } }"
)


@pytest.mark.django_db
def test_plans_of_several_values_never_mix(pages_below):
    parsed = prepared(CHILDREN)
    given = [{"n": n, "with": with_} for n in (1, 2, 3) for with_ in (True, False)]

    for variables in (*given, *reversed(given)):
        expected = answered(prepared(CHILDREN), variables, plans=False)
        found = answered(parsed, variables, plans=True)
        assert (found.body, found.planned) == (expected.body, ("pages",))
    assert len(parsed.plans) == len(given)


def test_a_document_keeps_few_plans_whatever_values_clients_send():
    parsed = prepared(CHILDREN)
    kept = []
    for number in range(5 * MAX_VARIANTS):
        plan_for(parsed, schema, parsed.operation(None), {"n": number, "with": True})
        kept.append(len(parsed.plans))

    assert max(kept) == MAX_VARIANTS

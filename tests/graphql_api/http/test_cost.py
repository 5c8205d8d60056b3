"""What an operation could cost."""

import pytest

pytestmark = pytest.mark.django_db

PAGE = "query ($n: Int) { pages(first: $n) { nodes { name } } }"


@pytest.mark.parametrize(
    ("query", "cost"),
    [
        ("{ greeting }", 1),
        ("{ greeting count __typename }", 2),
        ("{ node { name } }", 3),
        # An object of 2, and twice 2 + 1 for a list of unknown length.
        ("{ node { children { name } } }", 8),
        ("{ pages(first: 10) { totalCount } }", 3),
        ("{ pages(first: 10) { nodes { name } } }", 2 + 10 * 3),
        ("{ pages(last: 10) { nodes { name } } }", 2 + 10 * 3),
        ("{ pages(perPage: 10) { nodes { name child { name } } } }", 2 + 10 * 6),
        ("{ pages { nodes { name } } }", 2 + 20 * 3),
        ("{ pages(first: -5) { nodes { name } } }", 2),
        ('{ nodes(ids: ["a", "b", "c"]) { name } }', 9),
        ("{ ...F ...F } fragment F on Query { node { name } }", 6),
        ("{ ... on Query { greeting } }", 1),
        ("{ __schema { types { name fields { name } } } }", 0),
    ],
)
def test_a_query_costs_what_it_could_select(post, query, cost):
    assert post(query).json()["extensions"]["cost"]["requested"] == cost


def test_the_cost_follows_the_variables_of_each_request(post):
    costs = [
        post(PAGE, variables={"n": n}).json()["extensions"]["cost"]["requested"]
        for n in (1, 10, 1, None)
    ]

    assert costs == [5, 32, 5, 62]


def test_ids_in_a_variable_are_counted(post):
    query = "query ($ids: [ID!]) { nodes(ids: $ids) { name } }"

    payload = post(query, variables={"ids": ["a", "b"]}).json()
    assert payload["extensions"]["cost"]["requested"] == 6


def test_a_selection_on_an_interface_counts_as_its_dearest_type():
    from graphql import build_schema

    from graphql_api.http import cost, documents

    schema = build_schema("""
        type Query { item: Item }
        interface Item { name: String }
        type Cheap implements Item { name: String a: String }
        type Dear implements Item { name: String b: String c: String }
    """)
    text = "{ item { name ... on Cheap { a } ... on Dear { b c } ... on Item { name } } }"
    parsed = documents.parse_document(text, "digest")

    # The object, the name twice, and the two fields of Dear.
    assert cost.operation_cost(parsed, schema, parsed.operation(None), {}) == 6

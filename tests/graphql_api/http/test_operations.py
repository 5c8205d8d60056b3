"""Which operation runs, with which values, by which method."""

import pytest

pytestmark = pytest.mark.django_db

TWO = 'query A { greeting(name: "A") } query B { greeting(name: "B") }'


def test_the_named_operation_runs(post):
    assert post(TWO, operationName="B").json()["data"] == {"greeting": "Hello, B"}


def test_an_empty_operation_name_means_the_only_one(post):
    assert post("{ greeting }", operationName="").json()["data"] == {"greeting": "Hello, you"}


def test_variables_reach_the_operation(post):
    query = "query ($name: String) { greeting(name: $name) }"

    data = post(query, variables={"name": "Zoë 🏃"}).json()["data"]
    assert data == {"greeting": "Hello, Zoë 🏃"}


def test_unknown_variables_and_extensions_are_ignored(post):
    response = post("{ greeting }", variables={"other": 1}, extensions={"trace": True})

    assert response.json()["data"] == {"greeting": "Hello, you"}


def test_get_takes_json_in_its_parameters(get):
    response = get(
        "query A($name: String) { greeting(name: $name) }",
        variables='{"name": "Ada"}',
        operationName="A",
        extensions="{}",
    )

    assert response.json()["data"] == {"greeting": "Hello, Ada"}


def test_get_refuses_a_mutation_and_names_post(get):
    for accept in ("application/json", "application/graphql-response+json"):
        response = get("mutation { touch }", accept=accept)

        assert (response.status_code, response["Allow"]) == (405, "POST")
        assert response.json()["errors"][0]["extensions"]["code"] == "METHOD_NOT_ALLOWED"


def test_get_runs_the_query_of_a_document_that_has_a_mutation_too(get):
    document = "query A { greeting } mutation B { touch }"

    assert get(document, operationName="A").json()["data"] == {"greeting": "Hello, you"}
    assert get(document, operationName="B").status_code == 405


def test_post_runs_a_mutation(post):
    assert post("mutation { touch }").json()["data"] == {"touch": "touched"}


def test_introspection_can_be_switched_off(post, settings):
    query = "{ ...A } fragment A on Query { greeting __schema { queryType { name } } }"
    assert post(query).status_code == 200

    settings.GRAPHQL_INTROSPECTION = False

    response = post(query)
    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"]["code"] == "INTROSPECTION_DISABLED"
    assert post("{ __typename }").json()["data"] == {"__typename": "Query"}


def test_the_cost_is_reported(post):
    assert post("{ pages(first: 5) { nodes { name } totalCount } }").json()["extensions"] == {
        "cost": {"requested": 18, "maximum": 5000}
    }

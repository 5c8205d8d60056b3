"""What a client may read of an error, and what only the log has."""

import json

import pytest

from graphql_api.errors import DESCRIPTIONS, ErrorCode

pytestmark = pytest.mark.django_db

INTERNAL = "Something failed on our side. Quote the request id when you report it."


def test_every_code_is_described():
    assert set(DESCRIPTIONS) == set(ErrorCode)
    assert all(DESCRIPTIONS.values())


@pytest.mark.parametrize("field", ["broken", "brokenNumber"])
def test_a_fault_is_masked_beside_the_data(post, field):
    payload = post(f"{{ greeting {field} }}").json()

    error = payload["errors"][0]
    assert payload["data"] == {"greeting": "Hello, you", field: None}
    assert error["message"] == INTERNAL
    assert error["path"] == [field]
    assert error["extensions"]["code"] == "INTERNAL_SERVER_ERROR"
    assert "secret" not in json.dumps(payload)


def test_a_null_that_is_not_allowed_is_our_fault(post):
    response = post("{ forbiddenNull }")

    assert response.status_code == 200
    assert response.json()["data"] is None
    assert response.json()["errors"][0]["message"] == INTERNAL


def test_an_api_error_keeps_its_code_text_and_details(post):
    response = post("{ refused }")

    error = response.json()["errors"][0]
    assert error["message"] == "There is no such language."
    assert error["extensions"] == {
        "code": "UNKNOWN_LOCALE",
        "requestId": response["X-Request-ID"],
        "locale": "xx",
    }


def test_the_text_of_a_scalars_own_exception_stays_inside(post):
    literal = post("{ picky(value: 1) }").json()["errors"][0]["message"]
    query = "query ($value: Picky) { picky(value: $value) }"
    variable = post(query, variables={"value": 1}).json()["errors"][0]["message"]

    assert literal == "Expected value of type 'Picky', found 1."
    assert variable == "Variable '$value' got invalid value 1; Expected type 'Picky'."


def test_errors_are_at_most_twenty(post):
    fields = " ".join(f"nothing{number}" for number in range(30))

    assert len(post(f"{{ node {{ {fields} }} }}").json()["errors"]) == 20


def test_field_errors_are_at_most_twenty(post, settings):
    settings.GRAPHQL_MAX_ALIASES = 40
    settings.GRAPHQL_MAX_ROOT_FIELDS = 40
    fields = " ".join(f"b{number}: broken" for number in range(30))

    assert len(post(f"{{ {fields} }}").json()["errors"]) == 20


def test_a_long_message_is_shortened_to_300_characters(post):
    message = post(f"{{ {'n' * 500} }}").json()["errors"][0]["message"]

    assert len(message) == 300
    assert message.endswith("…")


def test_no_name_of_the_schema_is_suggested(post):
    errors = [
        post("{ greetin }"),
        post("{ level(of: JUNIO) }"),
        post("{ greeting(nam: 1) }"),
        post("query ($of: Level) { level(of: $of) }", variables={"of": "JUNIO"}),
    ]

    assert not [1 for response in errors if b"ean" in response.content]


def test_suggestions_can_be_switched_on(post, settings):
    settings.GRAPHQL_SUGGESTIONS = True

    message = post("{ greetin }").json()["errors"][0]["message"]
    assert message == "Cannot query field 'greetin' on type 'Query'. Did you mean 'greeting'?"


def test_a_lost_database_is_503(post, log_lines):
    for accept in ("application/json", "application/graphql-response+json"):
        response = post("{ greeting databaseGone }", accept=accept)

        assert response.status_code == 503
        assert response.json()["errors"][0]["extensions"]["code"] == "SERVICE_UNAVAILABLE"
        assert b"10.0.0.1" not in response.content
        assert "10.0.0.1" in log_lines[-1]["faults"][0]
    assert post("{ oneRow }").json()["data"] == {"oneRow": 1}


def test_a_database_that_is_lost_slowly_is_503_too(post, settings):
    settings.GRAPHQL_TIMEOUT_SECONDS = 0.1

    response = post("{ databaseGoneSlowly greeting }")

    assert response.status_code == 503
    assert response.json()["errors"][0]["extensions"]["code"] == "SERVICE_UNAVAILABLE"


def test_a_failure_before_execution_is_500_in_json(post, settings, log_lines):
    settings.GRAPHQL_SCHEMA = "tests.graphql_api.http.sample_schema.nothing"

    response = post("{ greeting }")

    assert response.status_code == 500
    assert response.json()["errors"][0]["message"] == INTERNAL
    assert "ImportError" in log_lines[-1]["faults"][0]

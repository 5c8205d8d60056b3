"""Whatever arrives, the answer is JSON with a code, a request id, and nothing internal."""

import json
import re

import pytest

pytestmark = pytest.mark.django_db

QUERY = "{ greeting }"

BODIES = [
    (b"{", "BAD_REQUEST"),
    (b"null", "BAD_REQUEST"),
    (b"12", "BAD_REQUEST"),
    (b'"{ greeting }"', "BAD_REQUEST"),
    (b"NaN", "BAD_REQUEST"),
    (b"[]", "BATCHING_NOT_SUPPORTED"),
    (b'[{"query": "{ greeting }"}]', "BATCHING_NOT_SUPPORTED"),
    (b"{}", "BAD_REQUEST"),
    (b'{"query": ""}', "BAD_REQUEST"),
    (b'{"query": null}', "BAD_REQUEST"),
    (b'{"query": 1}', "BAD_REQUEST"),
    (b'{"query": ["{ greeting }"]}', "BAD_REQUEST"),
    (b'{"query": "{ greeting }", "variables": "x"}', "BAD_REQUEST"),
    (b'{"query": "{ greeting }", "variables": []}', "BAD_REQUEST"),
    (b'{"query": "{ greeting }", "variables": {"a": NaN}}', "BAD_REQUEST"),
    (b'{"query": "{ greeting }", "variables": {"a": Infinity}}', "BAD_REQUEST"),
    (b'{"query": "{ greeting }", "variables": {"a": "\\ud800"}}', "BAD_REQUEST"),
    (b'{"query": "{ greeting }", "operationName": 1}', "BAD_REQUEST"),
    (b'{"query": "{ greeting }", "extensions": []}', "BAD_REQUEST"),
    (b'{"query": "{ greeting }\xff"}', "BAD_REQUEST"),
    (b'\xef\xbb\xbf{"query": "{ greeting }"}', "BAD_REQUEST"),
    (b'{"query": "{ greeting }\\u0000"}', "BAD_REQUEST"),
    (b"[" * 100_000, "BAD_REQUEST"),
    (b'{"a":' * 40_000, "BAD_REQUEST"),
]


def refusal(response, status, code):
    payload = json.loads(response.content)
    assert (response.status_code, payload["errors"][0]["extensions"]["code"]) == (status, code)
    assert set(payload) == {"errors"}
    request_id = response["X-Request-ID"]
    assert [error["extensions"]["requestId"] for error in payload["errors"]] == [request_id]
    assert re.fullmatch(r"[0-9a-f]{32}", request_id)
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
    return payload["errors"][0]


@pytest.mark.parametrize(("body", "code"), BODIES, ids=[str(body[:60]) for body, _ in BODIES])
def test_a_body_that_is_no_request_is_refused(client, body, code):
    response = client.post("/graphql", body, "application/json")

    refusal(response, 400, code)
    assert response["Content-Type"] == "application/json; charset=utf-8"


def test_an_empty_body_is_refused(client):
    response = client.post("/graphql", CONTENT_TYPE="application/json")

    refusal(response, 400, "BAD_REQUEST")


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/graphql",
        "application/jsonp",
        "application/json; charset=latin-1",
        "",
    ],
)
def test_only_json_bodies_are_read(client, content_type):
    response = client.post("/graphql", json.dumps({"query": QUERY}), content_type)

    refusal(response, 415, "UNSUPPORTED_MEDIA_TYPE")


def test_a_compressed_body_is_refused(client):
    response = client.post(
        "/graphql", b"{}", "application/json", headers={"content-encoding": "gzip"}
    )

    refusal(response, 415, "UNSUPPORTED_MEDIA_TYPE")


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_name_those_allowed(client, method):
    response = getattr(client, method)("/graphql")

    refusal(response, 405, "METHOD_NOT_ALLOWED")
    assert response["Allow"] == "GET, HEAD, OPTIONS, POST"


def test_options_answers_without_a_body(client):
    response = client.options("/graphql")

    assert (response.status_code, response["Allow"], response.content) == (
        204,
        "GET, HEAD, OPTIONS, POST",
        b"",
    )


def test_an_impossible_accept_is_refused_in_json(post):
    response = post(QUERY, accept="text/csv")

    refusal(response, 406, "NOT_ACCEPTABLE")
    assert response["Content-Type"] == "application/json; charset=utf-8"


@pytest.mark.parametrize(
    "query_string",
    [
        "",
        "query=",
        "query=%7Bgreeting%7D&query=%7Bgreeting%7D",
        "query=%7Bgreeting%7D&variables=[]",
        "query=%7Bgreeting%7D&variables={",
        "query=%7Bgreeting%7D&extensions=1",
        "query=%FF",
        "query=%00",
        "&".join(["query=x"] * 60),
    ],
)
def test_an_address_that_is_no_request_is_refused(client, query_string):
    response = client.get(f"/graphql?{query_string}")

    refusal(response, 400, "BAD_REQUEST")


DOCUMENTS = [
    ("{", "GRAPHQL_PARSE_FAILED"),
    ("query {", "GRAPHQL_PARSE_FAILED"),
    ("{ greeting } }", "GRAPHQL_PARSE_FAILED"),
    ('{ greeting(name: "\\ud800") }', "GRAPHQL_PARSE_FAILED"),
    ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
    ("{ count(at: 99999999999999999999) }", "GRAPHQL_VALIDATION_FAILED"),
    ("{ level(of: JUNIR) }", "GRAPHQL_VALIDATION_FAILED"),
    ("query A { greeting } query A { greeting }", "OPERATION_RESOLUTION_FAILURE"),
    ("query A { greeting } query B { greeting }", "OPERATION_RESOLUTION_FAILURE"),
    ("fragment A on Query { greeting }", "OPERATION_RESOLUTION_FAILURE"),
    ("type A { b: Int }", "OPERATION_RESOLUTION_FAILURE"),
    ("subscription { greeting }", "OPERATION_RESOLUTION_FAILURE"),
    ("{ ...A } fragment A on Query { ...A }", "GRAPHQL_VALIDATION_FAILED"),
    ('{ greeting(name: "\\u0000") }', "BAD_USER_INPUT"),
    ("{ a" + " { a" * 300 + " }" * 301, "QUERY_TOO_DEEP"),
    ("{ count(at: " + "[" * 400 + "]" * 400 + ") }", "QUERY_TOO_DEEP"),
]


@pytest.mark.parametrize(("document", "code"), DOCUMENTS, ids=[text[:50] for text, _ in DOCUMENTS])
def test_a_document_that_cannot_run_is_refused(post, document, code):
    refusal(post(document), 400, code)
    assert post(document, accept="application/json").status_code == 200


def test_duplicate_operation_names_are_invalid_even_when_one_is_chosen(post):
    response = post("query A { greeting } query A { greeting }", operationName="A")

    refusal(response, 400, "GRAPHQL_VALIDATION_FAILED")


def test_an_unknown_operation_name_is_refused_without_repeating_it(post):
    error = refusal(
        post("query A { greeting }", operationName="\u202ex"), 400, "OPERATION_RESOLUTION_FAILURE"
    )

    assert error["message"] == "The document has no operation of that name."


@pytest.mark.parametrize(
    "value", [2**31, -(2**31) - 1, 2**53, 10**30, -(10**30), 1.5, "1", True, [], {}, "x" * 500]
)
def test_a_variable_of_the_wrong_type_is_the_clients_error(post, value):
    error = refusal(
        post("query ($at: Int) { count(at: $at) }", variables={"at": value}), 400, "BAD_USER_INPUT"
    )

    assert len(error["message"]) <= 300


def test_a_nul_character_in_a_variable_is_refused(post):
    query = "query ($name: String) { greeting(name: $name) }"

    refusal(post(query, variables={"name": "a\x00b"}), 400, "BAD_USER_INPUT")


def test_a_missing_variable_of_an_argument_is_the_clients_error(post):
    query = "query ($ids: [ID!]) { nodes(ids: $ids) { name } }"

    refusal(post(query, variables={"ids": [None]}), 400, "BAD_USER_INPUT")


def test_apollo_is_told_to_send_the_document(post):
    response = post(extensions={"persistedQuery": {"version": 1, "sha256Hash": "0" * 64}})

    error = refusal(response, 200, "PERSISTED_QUERY_NOT_FOUND")
    assert error["message"] == "PersistedQueryNotFound"

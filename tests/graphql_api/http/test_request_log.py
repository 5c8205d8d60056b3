"""One line a request, found by the id in the answer, without what the client wrote."""

import hashlib
import json

import pytest

pytestmark = pytest.mark.django_db


def test_an_answered_request_is_one_line(post, log_lines):
    query = "query Welcome { greeting }"

    response = post(query)

    (line,) = log_lines
    assert line.pop("durationMs") > 0
    assert line.pop("time").endswith("Z")
    assert line == {
        "level": "INFO",
        "logger": "lamplight.graphql",
        "requestId": response["X-Request-ID"],
        "method": "POST",
        "operation": "Welcome",
        "document": hashlib.sha256(query.encode()).hexdigest(),
        "status": 200,
        "codes": [],
        "cost": 1,
    }


def test_a_refused_request_is_one_line_with_its_code(post, log_lines):
    post("{ nothing }")

    (line,) = log_lines
    assert (line["status"], line["codes"]) == (400, ["GRAPHQL_VALIDATION_FAILED"])


def test_a_fault_is_logged_with_its_traceback(post, log_lines):
    response = post("{ broken }")

    (line,) = log_lines
    assert line["level"] == "ERROR"
    assert line["requestId"] == response.json()["errors"][0]["extensions"]["requestId"]
    assert "RuntimeError: secret detail" in line["faults"][0]


def test_neither_variables_nor_document_texts_are_logged(post, log_lines):
    query = 'query ($name: String) { a: greeting(name: $name) b: greeting(name: "literal") }'
    post(query, variables={"name": "variable"})
    post("{ greeting", variables={"name": "variable"})

    assert "variable" not in json.dumps(log_lines)
    assert "literal" not in json.dumps(log_lines)

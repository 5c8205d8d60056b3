"""Every documented limit: just under it passes, just over it gives its own code.

Invariant: what is refused is refused before it costs more than a moment.
"""

import json
import time
from io import BytesIO

import pytest

from graphql_api.http import documents
from graphql_api.http.view import graphql_view

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sample_schema(settings):
    settings.GRAPHQL_SCHEMA = "tests.graphql_api.http.sample_schema.schema"
    documents.cache.clear()


@pytest.fixture
def answer(client):
    """Post a body; returns its error codes."""

    def send(query, **parameters):
        body = json.dumps({"query": query, **parameters})
        response = client.post("/graphql", body, "application/json")
        payload = json.loads(response.content)
        return [error["extensions"]["code"] for error in payload.get("errors", ())]

    return send


def nested(depth):
    """A query of so many levels of fields."""
    return "{ node " + "{ child " * (depth - 2) + "{ name " + "}" * depth


def introspection(depth):
    """An introspection query of so many levels of fields."""
    levels = depth - 4
    return (
        "{ __schema { types { fields { type "
        + "{ ofType " * (levels - 1)
        + "{ name "
        + "}" * (levels + 4)
    )


def names(count, form):
    return " ".join(form.format(number) for number in range(count))


def variables(depth):
    value = 1
    for _ in range(depth):
        value = [value]
    return {"unused": value}


CASES = {
    "tokens": (
        # Twelve tokens, and one for each id.
        lambda size: {"query": "{ nodes(ids: [" + "1 " * (size - 12) + "]) { name } }"},
        2_000,
        "TOO_MANY_TOKENS",
    ),
    "operations": (
        lambda size: {
            "query": names(size, "query Q{} {{ greeting }}"),
            "operationName": "Q0",
        },
        10,
        "TOO_MANY_OPERATIONS",
    ),
    "repeated fields": (
        lambda size: {"query": "{ node { " + "name " * size + "} }"},
        224,
        "QUERY_TOO_COMPLEX",
    ),
    "depth": (lambda size: {"query": nested(size)}, 10, "QUERY_TOO_DEEP"),
    "introspection depth": (
        lambda size: {"query": introspection(size)},
        20,
        "QUERY_TOO_DEEP",
    ),
    "aliases": (
        lambda size: {"query": "{ node { " + names(size, "a{}: name") + " } }"},
        30,
        "TOO_MANY_ALIASES",
    ),
    "root fields": (
        lambda size: {"query": "{ " + names(size, "a{}: greeting") + " }"},
        20,
        "TOO_MANY_ROOT_FIELDS",
    ),
    "directives": (
        lambda size: {"query": "{ " + "node { name @include(if: true) } " * size + "}"},
        50,
        "TOO_MANY_DIRECTIVES",
    ),
    "fragments": (
        lambda size: {
            "query": "{ node { "
            + names(size, "...F{}")
            + " } } "
            + names(size, "fragment F{} on Node {{ name }}")
        },
        100,
        "TOO_MANY_FRAGMENTS",
    ),
    "variables depth": (
        lambda size: {"query": "{ greeting }", "variables": variables(size)},
        20,
        "VARIABLES_TOO_DEEP",
    ),
    "variables bytes": (
        # {"a":"…"} has eight bytes around its text.
        lambda size: {"query": "{ greeting }", "variables": {"a": "x" * (size - 8)}},
        128 * 1024,
        "VARIABLES_TOO_LARGE",
    ),
    "page size": (
        lambda size: {"query": f"{{ pages(first: {size}) {{ totalCount }} }}"},
        100,
        "PAGE_SIZE_TOO_LARGE",
    ),
    "page size in a variable": (
        lambda size: {
            "query": "query ($n: Int) { pages(perPage: $n) { totalCount } }",
            "variables": {"n": size},
        },
        100,
        "PAGE_SIZE_TOO_LARGE",
    ),
}


# Limits that the case would meet before the one it is about.
OTHER_LIMITS = {
    "tokens": ("GRAPHQL_MAX_COST", 10_000),
    "directives": ("GRAPHQL_MAX_ROOT_FIELDS", 100),
}


@pytest.mark.parametrize("name", CASES)
def test_just_under_the_limit_passes_and_just_over_it_is_refused(answer, name, settings):
    make, limit, code = CASES[name]
    if name in OTHER_LIMITS:
        setattr(settings, *OTHER_LIMITS[name])

    assert answer(**make(limit)) == []
    assert answer(**make(limit + 1)) == [code]


def test_the_cost_limit(answer):
    # Each page of 100 costs 2 + 100 * (2 + 1 + 2 * (2 + 1)) = 902; the rest costs 2 + 488.
    page = "p{}: pages(first: 100) {{ nodes {{ name children {{ name }} }} }}"
    rest = "pages(first: 4) { " + "totalCount " * 200 + "nodes { " + "name " * 70 + "} }"

    assert answer("{ " + names(5, page) + " " + rest + " }") == []
    assert answer("{ " + names(5, page) + " greeting " + rest + " }") == ["QUERY_TOO_COSTLY"]


def body_of(size):
    padding = size - len(json.dumps({"query": "{ greeting }", "padding": ""}))
    return json.dumps({"query": "{ greeting }", "padding": "x" * padding})


def test_the_body_limit(client):
    under = client.post("/graphql", body_of(256 * 1024), "application/json")
    over = client.post("/graphql", body_of(256 * 1024 + 1), "application/json")

    assert (under.status_code, over.status_code) == (200, 413)
    assert over.json()["errors"][0]["extensions"]["code"] == "BODY_TOO_LARGE"


@pytest.mark.parametrize(("size", "status"), [(256 * 1024, 200), (256 * 1024 + 1, 413)])
def test_a_chunked_body_is_limited_too(rf, size, status):
    request = rf.post("/graphql", CONTENT_TYPE="application/json", HTTP_TRANSFER_ENCODING="chunked")
    request.META["wsgi.input"] = BytesIO(body_of(size).encode())
    request.META.pop("CONTENT_LENGTH", None)

    assert graphql_view(request).status_code == status


def test_the_address_limit(client):
    def get(size):
        text = "query=%7Bgreeting%7D&padding="
        return client.get("/graphql?" + text + "x" * (size - len(text)))

    assert get(16 * 1024).status_code == 200
    assert get(16 * 1024 + 1).status_code == 414
    assert get(16 * 1024 + 1).json()["errors"][0]["extensions"]["code"] == "URI_TOO_LONG"


FLOODS = {
    "aliases": "{ " + names(20_000, "a{}: greeting") + " }",
    "duplicated fields": "{ " + "greeting " * 25_000 + "}",
    "fields in conflict": "{ " + names(1_900, "greeting") + " }",
    "directives": "{ greeting " + "@include(if: true) " * 10_000 + "}",
    "fragments": "{ ...F0 } " + names(5_000, "fragment F{} on Query {{ greeting }}"),
    "fragments that double": "{ ...F0 } "
    + " ".join(f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(95))
    + " fragment F95 on Query { node { name } }",
    "nesting": "{ node " + "{ child " * 20_000,
    "nested lists": "{ count(at: " + "[" * 100_000,
    "comments": "#\n" * 100_000 + "{ greeting }",
    "one long name": "{ " + "a" * 200_000 + " }",
    "one long text": '{ greeting(name: "' + "a" * 200_000 + '") }',
    "errors": "{ " + names(900, "x{}") + " }",
    "circular introspection": "{ __schema { types { "
    + "fields { type { " * 8
    + "name"
    + " } }" * 8
    + " } } }",
}


@pytest.mark.parametrize("name", FLOODS)
def test_a_flood_is_answered_within_a_moment(answer, name):
    started = time.process_time()

    answer(FLOODS[name])

    assert time.process_time() - started < 1.0

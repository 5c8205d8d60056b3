"""NUL in a text that is only looked for is a space; everywhere else it is refused."""

import json

import pytest
from graphql import GraphQLInterfaceType, GraphQLObjectType

from graphql_api.http import express
from graphql_api.http.nul import LOOKED_FOR
from graphql_api.http.parameters import parameters_of
from graphql_api.schema import schema
from tests.factories import entries

pytestmark = pytest.mark.django_db

SEARCH = "query ($text: String!) { search(query: $text) { nodes { entry { title } } } }"
SUGGEST = "query ($text: String!) { suggest(query: $text) { text } }"
LOOKUP = "query ($text: String!) { lookupError(trace: $text) { matches { span { start end } } } }"


def post(client, query, variables=None):
    body = json.dumps({"query": query, "variables": variables or {}})
    return client.post("/graphql", body, content_type="application/json")


def answered(client, query, variables=None):
    response = post(client, query, variables)
    assert response.status_code == 200, response.content
    assert "errors" not in response.json(), response.content
    return response.json()["data"]


def code(client, query, variables=None):
    return post(client, query, variables).json()["errors"][0]["extensions"]["code"]


@pytest.fixture
def archive(db):
    entries.published(entries.question(title="What is a closure?"))
    entries.published(
        entries.debug_entry(
            title="Refused", error_messages=[("message", "Fatal error: connection refused")]
        )
    )


def test_search_reads_it_as_a_space(client, archive):
    found = answered(client, SEARCH, {"text": "closure\x00what"})

    assert found["search"]["nodes"][0]["entry"]["title"] == "What is a closure?"


def test_suggest_reads_it_as_a_space(client, archive):
    assert answered(client, SUGGEST, {"text": "\x00clos\x00"})["suggest"] == [
        {"text": "What is a closure?"}
    ]


def test_a_trace_keeps_its_spans(client, archive):
    trace = "\x00\x00\nFatal error: connection\x00refused\n\x00"

    (match,) = answered(client, LOOKUP, {"text": trace})["lookupError"]["matches"]

    assert match["span"] == {"start": 3, "end": 34}


@pytest.mark.parametrize(
    "query",
    [
        'query { search(query: "a\\u0000b") { totalCount } }',
        'query { suggest(query: "a\\u{0}b") { text } }',
        'query { found: lookupError(trace: "a\\u0000b") { matches { confidence } } }',
    ],
)
def test_a_text_in_the_document_is_read_in_the_same_way(client, archive, query):
    answered(client, query)


@pytest.mark.parametrize("text", ["\x00", "\x00" * 100, "\x00\x00closure\x00"])
def test_nothing_but_nul_is_nothing_to_look_for(client, archive, text):
    for query in (SEARCH, SUGGEST, LOOKUP):
        answered(client, query, {"text": text})


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        ('{ lookupError(trace: "x", technology: "a\\u0000") { matches { confidence } } }', {}),
        ("query ($t: String!) { lookupError(trace: $t, technology: $t) { matches { reason } } }",
         {"t": "a\x00"}),
        ("query ($t: String!) { search(query: $t) { totalCount } entry(code: $t) { code } }",
         {"t": "a\x00"}),
        ("query ($t: String!) { entry(code: $t) { code } }", {"t": "a\x00b"}),
        (SEARCH, {"text": ["a\x00b"]}),
        (SEARCH, {"text": "a", "other": "a\x00"}),
        (SEARCH, {"text": "a", "a\x00": "a"}),
    ],
)  # fmt: skip
def test_what_is_used_for_more_is_refused(client, query, variables):
    assert code(client, query, variables) == "BAD_USER_INPUT"


def test_no_other_field_is_called_like_one_that_looks_for_a_text():
    own = schema.graphql_schema.query_type
    for each in schema.graphql_schema.type_map.values():
        if isinstance(each, GraphQLObjectType | GraphQLInterfaceType):
            assert (LOOKED_FOR.keys() <= each.fields.keys()) == (each is own)
            assert each is own or not LOOKED_FOR.keys() & each.fields.keys(), each
    for name, argument in LOOKED_FOR.items():
        assert argument in own.fields[name].args


def test_the_way_around_django_leaves_it_to_the_view(client, archive):
    def prepared(text):
        body = json.dumps({"query": SEARCH, "variables": {"text": text}}).encode()
        return express._prepare(parameters_of("POST", {}, body))

    answered(client, SEARCH, {"text": "closure"})

    assert prepared("closure what") is not None
    assert prepared("closure\x00what") is None

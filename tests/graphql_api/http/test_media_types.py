"""Which media type answers which Accept header."""

import pytest

from graphql_api.http.media_types import prefers_html, response_media_type

JSON = "application/json"
RESPONSE = "application/graphql-response+json"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        ("application/json", JSON),
        ("application/json; charset=utf-8", JSON),
        ("APPLICATION/JSON", JSON),
        ("application/graphql-response+json", RESPONSE),
        ("application/graphql-response+json; charset=utf-8", RESPONSE),
        ("application/graphql-response+json, application/json;q=0.9", RESPONSE),
        ("application/json, application/graphql-response+json", RESPONSE),
        ("application/json, application/graphql-response+json;q=0.5", JSON),
        ("application/graphql-response+json;q=0.5, */*;q=0.9", JSON),
        ("application/json;q=0, */*", RESPONSE),
        ("application/json;q=0, application/graphql-response+json;q=0", None),
        ("multipart/mixed;deferSpec=20220824,application/json", JSON),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", JSON),
        ("text/html", None),
        ("application/json; charset=utf-16", None),
        ("application/json;q=banana", None),
        ("application/json;q=2", None),
        (",;,", None),
    ],
)
def test_accept_decides_the_media_type(accept, expected):
    assert response_media_type(accept) == expected


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", True),
        ("text/html", True),
        ("application/json, text/html;q=0.5", False),
        ("*/*", False),
        (None, False),
    ],
)
def test_only_a_browser_prefers_html(accept, expected):
    assert prefers_html(accept) is expected

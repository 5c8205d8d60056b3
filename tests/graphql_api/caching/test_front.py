"""The layer in front of Django: what is answered from memory, what never, and how it is told."""

import io
import json
import logging

import pytest

from cms.security.proxy_headers import TrustedProxyHeaders
from cms.wsgi import django_application
from graphql_api.caching.front import with_answer_cache
from tests.factories import entries
from tests.graphql_api.caching.conftest import QUERY, Front

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_connection")]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_read_is_answered_from_memory_the_second_time(front, method):
    first = front.send(method)
    second = front.send(method)

    assert (first["X-Cache"], second["X-Cache"], front.requests) == ("MISS", "HIT", 1)
    assert second.body == first.body
    assert (second.status, second["Content-Type"]) == (200, first["Content-Type"])
    assert len(second["X-Request-ID"]) == 32
    assert second["X-Request-ID"] != first["X-Request-ID"]
    own = {"X-Request-ID", "X-Cache"}
    assert {k: v for k, v in first.headers.items() if k not in own} == {
        k: v for k, v in second.headers.items() if k not in own
    }


@pytest.fixture
def log_lines():
    """The lines that ``lamplight.graphql`` writes, decoded."""
    lines = []

    class Collector(logging.Handler):
        def emit(self, record):
            lines.append(json.loads(record.getMessage()))

    handler = Collector()
    logging.getLogger("lamplight.graphql").addHandler(handler)
    yield lines
    logging.getLogger("lamplight.graphql").removeHandler(handler)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_answer_is_found_in_the_log_by_its_id(front, log_lines, method):
    query = "query Totals { interviewQuestions { totalCount } }"
    answers = [front.send(method, query) for _ in range(3)]
    etag = answers[0]["ETag"] or "none"
    answers.append(front.send(method, query, HTTP_IF_NONE_MATCH=etag))

    assert [line["requestId"] for line in log_lines] == [one["X-Request-ID"] for one in answers]
    assert [line["status"] for line in log_lines] == [one.status for one in answers]
    assert [line.get("cache") for line in log_lines] == [None, "HIT", "HIT", "HIT"]
    for line in log_lines:
        for own in ("requestId", "time", "durationMs", "status", "cache"):
            line.pop(own, None)
    assert log_lines == [log_lines[0]] * 4
    assert (log_lines[0]["operation"], log_lines[0]["cost"]) == ("Totals", 3)


def test_the_lines_of_hits_can_be_left_out(front, log_lines, settings):
    settings.GRAPHQL_LOG_HITS = False
    answers = [front.send() for _ in range(2)]

    assert [answer["X-Cache"] for answer in answers] == ["MISS", "HIT"]
    assert [line["requestId"] for line in log_lines] == [answers[0]["X-Request-ID"]]


def test_hits_cost_no_statement(front, django_assert_num_queries):
    front.send()
    with django_assert_num_queries(0):
        assert front.send()["X-Cache"] == "HIT"


@pytest.mark.parametrize(
    "other",
    [
        {"method": "POST"},
        {"query": "{ debugEntries { totalCount } }"},
        {"HTTP_ACCEPT": "application/graphql-response+json"},
        {"HTTP_HOST": "localhost"},
        {"wsgi.url_scheme": "https"},
    ],
)
def test_what_the_view_looks_at_is_in_the_key(front, other):
    front.send()

    assert front.send(**other)["X-Cache"] == "MISS"


@pytest.mark.parametrize(
    "other",
    [
        {"HTTP_COOKIE": "sessionid=x"},
        {"HTTP_USER_AGENT": "another"},
        {"HTTP_ACCEPT_LANGUAGE": "de"},
        {"REMOTE_ADDR": "203.0.113.9"},
    ],
)
def test_what_the_view_ignores_is_not(front, other):
    front.send()

    assert front.send(**other)["X-Cache"] == "HIT"


@pytest.mark.parametrize(
    "request_",
    [
        {"HTTP_AUTHORIZATION": "Bearer lamp_x_y"},
        {"HTTP_X_PREVIEW_TOKEN": "x"},
        {"HTTP_ACCEPT": "text/html"},
        {"HTTP_ACCEPT": "image/png"},
        {"method": "HEAD"},
        {"method": "OPTIONS"},
        {"method": "PUT"},
        {"path": "/readyz"},
        {"query": "{ nonsense }"},
        {"query": "{ changes { endCursor } }"},
        {"query": "{ entry(code: 3) { code } }"},
        {"method": "POST", "query": 'mutation { recordView(code: "X") { accepted } }'},
        {"method": "POST", "CONTENT_TYPE": "text/plain"},
        {"method": "POST", "CONTENT_LENGTH": ""},
        {"method": "POST", "CONTENT_LENGTH": "5"},
        {"method": "POST", "HTTP_CONTENT_ENCODING": "gzip"},
    ],
)
def test_anything_else_is_not_kept(front, request_):
    answers = [front.send(**request_), front.send(**request_)]

    assert [answer["X-Cache"] for answer in answers] == [None, None]
    assert front.requests == 2
    assert len(front.store) == 0


def test_a_stranger_never_gets_what_a_key_holder_was_answered(front):
    front.send()
    refused = front.send(HTTP_AUTHORIZATION="Bearer lamp_x_y")

    assert refused.status == 401


def test_a_known_answer_is_304_from_memory(front):
    etag = front.send()["ETag"]

    for known in (etag, f"W/{etag}", '"other", ' + etag, "*"):
        unchanged = front.send(HTTP_IF_NONE_MATCH=known)
        assert (unchanged.status, unchanged.body, unchanged["ETag"]) == (304, b"", etag)
        assert unchanged["X-Cache"] == "HIT"
        assert "Content-Length" not in unchanged.headers
        assert unchanged["Cache-Control"].startswith("public")
    assert front.send(HTTP_IF_NONE_MATCH='"other"').status == 200


def test_asking_whether_it_changed_fills_the_memory_too(front):
    etag = front.send()["ETag"]
    front.store.clear()

    unchanged = front.send(HTTP_IF_NONE_MATCH=etag)

    assert (unchanged.status, unchanged["X-Cache"]) == (304, "MISS")
    assert front.send()["X-Cache"] == "HIT"


def test_an_origin_is_told_of_itself_alone(front, settings):
    settings.GRAPHQL_CORS_ORIGINS = ["https://a.example", "https://b.example"]
    for origin in ("https://a.example", "https://b.example", "https://evil.example"):
        expected = origin if "evil" not in origin else None
        assert front.send(HTTP_ORIGIN=origin)["Access-Control-Allow-Origin"] == expected
    assert front.requests == 1


def test_hits_are_counted_like_any_request(front, settings):
    settings.GRAPHQL_RATE_PER_MINUTE = 3
    answers = [front.send() for _ in range(4)]

    assert [answer.status for answer in answers] == [200, 200, 200, 429]
    assert [answer["X-Cache"] for answer in answers] == ["MISS", "HIT", "HIT", None]
    remaining = [answer["RateLimit"].split(";")[1] for answer in answers]
    assert remaining == ["r=2", "r=1", "r=0", "r=0"]
    assert answers[3].json["errors"][0]["extensions"]["code"] == "RATE_LIMITED"


def test_a_publication_is_shown_after_the_interval(front):
    assert front.send().json["data"]["interviewQuestions"]["totalCount"] == 0
    entry = entries.published(entries.question())
    front.now += 1.0

    assert front.send().json["data"]["interviewQuestions"]["totalCount"] == 1
    entry.unpublish()
    front.now += 1.0
    assert front.send().json["data"]["interviewQuestions"]["totalCount"] == 0


def test_an_answer_made_while_content_changed_is_not_kept(front):
    def publish_meanwhile(environ, start_response):
        result = django_application(environ, start_response)
        entries.published(entries.question())
        front.now += 1.0
        front.cache.watcher.current()
        return result

    front.application = publish_meanwhile
    assert front.send().json["data"]["interviewQuestions"]["totalCount"] == 0
    front.application = django_application

    assert front.send().json["data"]["interviewQuestions"]["totalCount"] == 1


def test_nothing_is_answered_from_memory_while_the_state_is_unknown(front, monkeypatch):
    front.send()
    monkeypatch.setattr(front.cache.watcher, "current", lambda: None)

    assert front.send()["X-Cache"] is None
    assert front.requests == 2


@pytest.mark.parametrize(
    "query",
    [
        "{ interviewQuestions { nodes { viewCount } } }",
        "{ interviewQuestions(orderBy: VIEW_COUNT_DESC) { nodes { code } } }",
        "{ entries(orderBy: VIEW_COUNT_ASC) { nodes { code } } }",
    ],
)
def test_numbers_that_change_silently_are_read_again_after_a_minute(front, query):
    entries.published(entries.question())
    front.send(query=query)
    front.now += 59
    assert front.send(query=query)["X-Cache"] == "HIT"
    front.now += 1
    assert front.send(query=query)["X-Cache"] == "MISS"


def test_an_answer_that_sets_a_cookie_is_not_kept():
    def with_cookie(environ, start_response):
        def add(status, headers, *rest):
            start_response(status, [*headers, ("Set-Cookie", "a=b")])

        return django_application(environ, add)

    front = Front(application=with_cookie)
    front.send()

    assert front.send()["Set-Cookie"] == "a=b"
    assert front.requests == 2


def test_a_body_is_handed_on_whole(front):
    padding = " " * 70_000
    answer = front.send("POST", body=json.dumps({"query": QUERY + padding}))

    assert answer.json["data"]["interviewQuestions"]["totalCount"] == 0


def test_a_body_that_ends_early_is_refused(front):
    answer = front.send("POST", CONTENT_LENGTH="500", **{"wsgi.input": io.BytesIO(b'{"qu')})

    assert answer.json["errors"][0]["extensions"]["code"] == "BAD_REQUEST"


def test_zero_bytes_switch_it_off(settings):
    settings.GRAPHQL_CACHE_BYTES = 0

    assert with_answer_cache(django_application) is django_application


@pytest.mark.parametrize(
    ("peer", "how"), [("203.0.113.5", ["MISS", "HIT"]), ("10.0.0.1", ["MISS", "MISS"])]
)
def test_only_a_trusted_proxy_chooses_the_scheme_an_answer_is_kept_under(
    front, settings, peer, how
):
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    front.cache = TrustedProxyHeaders(front.cache)
    told = [{}, {"HTTP_X_FORWARDED_PROTO": "https"}]

    assert [front.send(REMOTE_ADDR=peer, **said)["X-Cache"] for said in told] == how

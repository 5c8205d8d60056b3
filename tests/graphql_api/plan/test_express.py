"""The express way answers as the view does, and leaves to it what it must."""

import hashlib
import json
import logging
import time
from contextlib import nullcontext
from datetime import timedelta

import psycopg
import pytest
from django.db import OperationalError, connection
from django.test import override_settings
from django.utils import timezone

from cms.access.models import ApiKey
from graphql_api.access import allowances
from graphql_api.http import documents, persisted
from graphql_api.http.deadline import DeadlinePassed
from graphql_api.plan.connections import Connections
from graphql_api.plan.database import DJANGO
from graphql_api.plan.entries.search import results
from tests.factories import entries, terms
from tests.graphql_api.plan.sending import Asked, Way, directly

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("nothing_remembered", "one_connection", "rates"),
]

SEARCH = """{ search(query: "question") {
  totalCount nodes { snippet { text } entry { code } } facets { kinds { count } } } }"""
LIST = "query List($first: Int) { interviewQuestions(first: $first) { totalCount nodes { code } } }"
CARDS = """
query Cards($code: String!, $with: Boolean!) {
  one: entry(code: $code) { ...Card }
  all: entries(first: 5) { edges { cursor node { ...Card sections @include(if: $with) { html } } } }
}
query Other { technologies { name publishedCount } }
fragment Card on Entry { __typename id ... on InterviewQuestion { level shortAnswer { text } } }
"""
DIGEST = hashlib.sha256(LIST.encode()).hexdigest()
BY_NAME = {"persistedQuery": {"version": 1, "sha256Hash": DIGEST}}
CODE = "ZIG-MID-001"


@pytest.fixture(autouse=True)
def archive(nothing_remembered):
    documents.cache.clear()
    persisted.texts.cache_clear()
    for number in range(3):
        entries.published(
            entries.question(title=f"Question {number}", technology=terms.technology("zig"))
        )
    yield
    documents.cache.clear()
    persisted.texts.cache_clear()


@pytest.fixture
def rates():
    allowances.limiter.cache_clear()
    yield
    allowances.limiter.cache_clear()


@pytest.fixture
def way():
    return Way()


@pytest.fixture
def lines(caplog):
    caplog.set_level(logging.INFO, "lamplight.graphql")
    return lambda: [json.loads(one.getMessage()) for one in caplog.records]


READS = {
    "POST": Asked({"query": LIST}),
    "POST as JSON": Asked({"query": LIST}, headers={"accept": "application/json"}),
    "variables": Asked({"query": LIST, "variables": {"first": 2}}),
    "null variable": Asked({"query": LIST, "variables": {"first": None}}),
    "a name among several": Asked({"query": CARDS, "operationName": "Other"}),
    "aliases, fragments, directives": Asked(
        {
            "query": CARDS,
            "operationName": "Cards",
            "variables": {"code": CODE.lower(), "with": True},
        }
    ),
    "GET": Asked({"query": LIST}, "GET"),
    "GET with variables": Asked({"query": LIST, "variables": {"first": 1}}, "GET"),
    "text and name": Asked({"query": LIST, "extensions": BY_NAME}),
    "nothing found": Asked({"query": '{ entry(code: "NONE-001") { code } __typename }'}),
    "from another origin": Asked({"query": LIST}, headers={"origin": "https://front.example"}),
}


@pytest.mark.parametrize("name", READS)
def test_reads_are_answered_alike(way, lines, name):
    asked = READS[name]
    with override_settings(GRAPHQL_PLANS=False):
        expected = directly(asked)
    way.learn(asked)
    before = len(lines())

    found = way.send(asked)

    assert (way.left, found) == (0, expected)
    assert found.own.keys() == expected.own.keys()
    by_view, by_express = lines()[0], lines()[before]
    assert len(lines()) == before + 1
    own = ("time", "requestId", "durationMs")
    assert [*by_express] == [*by_view]
    assert {key: value for key, value in by_express.items() if key not in own} == {
        key: value for key, value in by_view.items() if key not in own
    }
    assert by_express["requestId"] == found.own["x-request-id"]


@pytest.mark.parametrize(
    "named",
    [{"extensions": BY_NAME}, {"documentId": f"sha256:{DIGEST}"}],
    ids=["persistedQuery", "documentId"],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_persisted_operations_are_answered_alike(way, named, method):
    asked = Asked(named, method)
    directly(Asked({"query": LIST, "extensions": BY_NAME}))
    expected = directly(asked)
    way.learn(asked)

    assert way.send(asked) == expected
    assert (way.left, expected.codes) == (0, [])


def test_a_text_that_came_with_its_name_is_known_by_it_then(way):
    way.learn(Asked({"query": LIST}))
    way.send(Asked({"query": LIST, "extensions": BY_NAME}))

    assert way.send(Asked({"extensions": BY_NAME})).codes == []
    assert way.left == 0


LEFT = {
    "a field that fails": Asked({"query": '{ entries(after: "x") { totalCount } }'}),
    "an argument that fails": Asked({"query": LIST, "variables": {"first": -1}}),
    "a variable of another type": Asked({"query": LIST, "variables": {"first": "x"}}),
    "a mutation": Asked({"query": 'mutation { recordView(code: "NONE-001") { __typename } }'}),
    "a mutation by GET": Asked({"query": "mutation { recordView { __typename } }"}, "GET"),
    "what is private": Asked({"query": '{ lookupError(trace: "x") { matches { reason } } }'}),
    "introspection": Asked({"query": "{ __schema { queryType { name } } }"}),
    "a document with an error": Asked({"query": "{ nothing }"}),
    "no document": Asked({"query": "{"}),
    "an unknown name": Asked({"documentId": f"sha256:{'0' * 64}"}),
    "a name of another text": Asked({"query": "{ __typename }", "extensions": BY_NAME}),
    "several operations, none named": Asked({"query": CARDS}),
    "too large a page": Asked({"query": LIST, "variables": {"first": 101}}),
    "no media type": Asked({"query": LIST}, headers={"accept": "text/plain"}),
    "a wrong key": Asked({"query": LIST}, headers={"authorization": "Bearer x"}),
    "a wrong preview": Asked({"query": LIST}, headers={"x-preview-token": "x"}),
    "HEAD": Asked({"query": LIST}, "HEAD"),
}


@pytest.mark.parametrize("name", LEFT)
def test_what_is_left_to_the_view_is_answered_by_it(way, lines, name):
    asked = LEFT[name]
    expected = directly(asked)
    way.learn(Asked({"query": LIST}))
    way.learn(Asked({"query": LIST}, "GET"))
    before = len(lines())

    found = way.send(asked)

    assert (way.left, found) == (1, expected)
    assert len(lines()) == before + 1


def test_a_document_is_left_to_the_view_the_first_time(way):
    way.learn(Asked({"query": LIST}))

    way.send(Asked({"query": "{ technologies { slug } }"}))
    way.send(Asked({"query": "{ technologies { slug } }"}))

    assert way.left == 1


def test_a_known_validator_is_answered_with_304(way):
    asked = Asked({"query": LIST}, "GET")
    way.learn(asked)
    etag = way.send(asked).headers["etag"]

    found = way.send(Asked({"query": LIST}, "GET", {"if-none-match": etag}))

    assert (found.status, found.body, way.left) == (304, b"", 1)


def test_a_partner_with_a_scope_never_goes_the_express_way(way):
    key = ApiKey(name="Partner", kinds=["DEBUG_ENTRY"])
    token = key.issue()
    key.save()
    way.learn(Asked({"query": LIST}))

    found = way.send(Asked({"query": LIST}, headers={"authorization": f"Bearer {token}"}))

    assert (way.left, json.loads(found.body)["data"]["interviewQuestions"]["totalCount"]) == (1, 0)


def test_a_request_is_counted_once_whoever_answers_it(way, settings):
    settings.GRAPHQL_RATE_PER_MINUTE = 4
    way.learn(Asked({"query": LIST}))

    express = way.send(Asked({"query": LIST}))
    failed = way.send(Asked({"query": LIST, "variables": {"first": -1}}))
    last = way.send(Asked({"query": LIST}))
    refused = way.send(Asked({"query": LIST}))

    assert [one.own["ratelimit"].split(";")[1] for one in (express, failed, last)] == [
        "r=2",
        "r=1",
        "r=0",
    ]
    assert (refused.status, refused.codes, way.left) == (429, ["RATE_LIMITED"], 2)


def test_what_a_site_is_called_stays_its_own(way):
    asked = Asked({"query": LIST}, "GET")
    way.learn(asked)

    way.send(asked, HTTP_HOST="localhost")

    assert way.left == 1


def test_a_change_is_in_the_very_next_answer(way):
    asked = Asked({"query": LIST})
    way.learn(asked)

    entries.published(entries.question(title="One more", technology=terms.technology("zig")))

    assert json.loads(way.send(asked).body)["data"]["interviewQuestions"]["totalCount"] == 4
    assert way.left == 0


def test_what_has_expired_is_gone_at_once(way, monkeypatch):
    asked = Asked({"query": LIST})
    entry = entries.question(title="Short-lived", technology=terms.technology("zig"))
    entry.expire_at = timezone.now() + timedelta(hours=1)
    entries.published(entry)
    way.learn(asked)
    present = json.loads(way.send(asked).body)["data"]["interviewQuestions"]

    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    expired = json.loads(way.send(asked).body)["data"]["interviewQuestions"]

    assert (present["totalCount"], expired["totalCount"]) == (4, 3)
    assert (len(present["nodes"]), len(expired["nodes"]), way.left) == (4, 3, 0)


class Failing:
    """Connections on which every statement fails, after ``seconds``."""

    dialect = DJANGO.dialect

    def __init__(self, error, seconds=0):
        self.error = error
        self.seconds = seconds

    def rows(self, statement, values):
        time.sleep(self.seconds)
        raise self.error

    def reader(self, deadline):
        return nullcontext(self)


class Noting:
    """Runs statements on Django's connection; ``is_running`` while it does."""

    dialect, gathers = DJANGO.dialect, False
    is_running = False

    def rows(self, statement, values):
        self.is_running = True
        try:
            return DJANGO.rows(statement, values)
        finally:
            self.is_running = False

    def together(self, asked):
        return [self.rows(*one) for one in asked]

    def reader(self, deadline):
        return nullcontext(self)


def test_a_search_asks_nothing_past_the_connection_of_the_plans():
    reader = Noting()
    way = Way(reader)
    asked = Asked({"query": SEARCH})
    way.learn(asked)
    way.send(asked)
    results.clear()
    past = []

    def note(execute, sql, params, many, context):
        past.append((sql, reader.is_running))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        found = json.loads(way.send(asked).body)["data"]["search"]

    assert (found["totalCount"], len(found["nodes"]), way.left) == (3, 3, 0)
    assert [sql for sql, is_by_plan in past if not is_by_plan] == []
    assert len(past) == 9


def test_a_lost_connection_of_the_plans_is_answered_by_the_view(way):
    asked = Asked({"query": LIST})
    expected = directly(asked)
    way.learn(asked)
    way.express.readers = Failing(psycopg.OperationalError("gone"))

    assert way.send(asked) == expected
    assert way.left == 1


def test_a_lost_database_is_answered_as_the_view_answers_it(way):
    asked = Asked({"query": LIST})
    way.learn(asked)
    way.express.readers = Failing(psycopg.OperationalError("gone"))

    def gone(execute, sql, params, many, context):
        raise OperationalError("gone")

    with connection.execute_wrapper(gone):
        expected = directly(asked)
        found = way.send(asked)

    assert (found.status, found.codes) == (503, ["SERVICE_UNAVAILABLE"])
    assert (found, way.left) == (expected, 1)


def test_the_view_has_no_more_time_than_is_left(way, settings, django_assert_num_queries):
    asked = Asked({"query": LIST})
    way.learn(asked)
    settings.GRAPHQL_TIMEOUT_SECONDS = 0.05
    way.express.readers = Failing(DeadlinePassed(), seconds=0.06)

    with django_assert_num_queries(0):
        found = way.send(asked)

    assert (found.status, found.codes, way.left) == (504, ["QUERY_TIMED_OUT"], 1)


class Together(Connections):
    """Connections of plans whose statements run on Django's; ``sent`` tells what went together."""

    def __init__(self):
        super().__init__()
        self.sent: list[int] = []
        self.alone: list[str] = []

    def link(self):
        return self

    def give_back(self, link):
        pass

    def rows(self, statement, values):
        self.alone.append(statement)
        return DJANGO.rows(statement, values)

    def rows_of_each(self, asked):
        self.sent.append(len(asked))
        return [DJANGO.rows(*one) for one in asked]


LISTS = """query Lists($zig: String, $after: String) {
  first: interviewQuestions(first: 1, orderBy: CODE_ASC) { nodes { code } pageInfo { endCursor } }
  ofZig: interviewQuestions(filter: {technology: {eq: $zig}}) { nodes { code title } }
  rest: interviewQuestions(orderBy: CODE_ASC, after: $after) { edges { cursor node { code } } }
  none: codeSnippets(first: 3) { nodes { code } }
}"""


def test_what_several_lists_ask_for_is_sent_together(way):
    asked = Asked({"query": LISTS, "variables": {"zig": "zig"}})
    way.learn(asked)
    expected = directly(asked)
    readers = way.express.readers = Together()

    found = way.send(asked)

    assert (way.left, found, found.codes) == (0, expected, [])
    assert readers.sent == [4]
    assert not any("knowledge_publishedentry" in one for one in readers.alone)


def test_what_several_lists_ask_for_follows_their_cursors(way):
    first = Asked({"query": LISTS, "variables": {"zig": "zig"}})
    way.learn(first)
    page = json.loads(way.send(first).body)["data"]["first"]["pageInfo"]
    asked = Asked({"query": LISTS, "variables": {"zig": "go", "after": page["endCursor"]}})
    expected = directly(asked)
    readers = way.express.readers = Together()

    assert (way.send(asked), way.left, readers.sent) == (expected, 0, [4])


def test_a_single_list_is_sent_alone(way):
    asked = Asked({"query": "{ interviewQuestions { nodes { code } } }"})
    way.learn(asked)
    readers = way.express.readers = Together()

    way.send(asked)

    assert (readers.sent, len(readers.alone)) == ([], 1)


def test_an_argument_that_is_refused_among_several_lists_is_left_to_the_view(way):
    asked = Asked({"query": LISTS, "variables": {"zig": "zig", "after": "nothing"}})
    way.learn(Asked({"query": LISTS, "variables": {"zig": "zig"}}))
    expected = directly(asked)
    way.express.readers = Together()

    found = way.send(asked)

    assert (way.left, found, found.codes) == (1, expected, ["CURSOR_INVALID"])

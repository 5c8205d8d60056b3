"""Counting over GraphQL, and reading the counts."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from knowledge.counters import recording
from tests.factories import entries
from tests.support.execution import data

pytestmark = pytest.mark.django_db

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
COUNTS = "query ($code: String) { interviewQuestion(code: $code) { viewCount usesThisWeek } }"


@pytest.fixture(autouse=True)
def _fresh_salt():
    recording._salts.clear()


@pytest.fixture
def entry():
    return entries.published(entries.question())


def count(client, name, code, user_agent=BROWSER):
    query = (
        f"mutation ($code: String!) {{ {name}(code: $code) {{ accepted errors {{ code path }} }} }}"
    )
    answer = client.post(
        "/graphql",
        json.dumps({"query": query, "variables": {"code": code}}),
        content_type="application/json",
        headers={"User-Agent": user_agent},
    )
    return answer.json()["data"][name]


def test_views_and_uses_are_counted_once_a_reader(client, entry):
    for _ in range(3):
        assert count(client, "recordView", entry.code) == {"accepted": True, "errors": []}
        assert count(client, "recordUse", entry.code) == {"accepted": True, "errors": []}
    count(client, "recordView", entry.code, user_agent=BROWSER + " (another)")

    found = data(COUNTS, code=entry.code)["interviewQuestion"]
    assert found == {"viewCount": 2, "usesThisWeek": 1}


def test_robots_get_the_same_answer_and_are_not_counted(client, entry):
    assert count(client, "recordView", entry.code, "Googlebot/2.1") == {
        "accepted": True,
        "errors": [],
    }
    assert data(COUNTS, code=entry.code)["interviewQuestion"]["viewCount"] == 0


@pytest.mark.parametrize("code", ["", "NONE-001", "x" * 5000])
def test_an_unknown_code_is_a_user_error(client, code):
    assert count(client, "recordView", code) == {
        "accepted": False,
        "errors": [{"code": "NOT_FOUND", "path": ["code"]}],
    }


def test_a_draft_is_an_unknown_code(client):
    assert count(client, "recordView", entries.question().code)["accepted"] is False


def test_the_counts_of_a_list_take_one_statement():
    def statements(number):
        for n in range(number):
            entries.published(entries.question(slug=f"{number}-{n}"))
        with CaptureQueriesContext(connection) as captured:
            data("{ interviewQuestions(first: 50) { nodes { viewCount usesThisWeek } } }")
        return sum("counters_" in query["sql"] for query in captured)

    assert statements(2) == statements(5) == 1

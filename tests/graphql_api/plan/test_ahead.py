"""What an operation will ask for is fetched together, and used in the order it was told."""

from collections import deque
from contextlib import nullcontext

import orjson
import pytest

from graphql_api.plan.database import DJANGO
from tests.factories import entries
from tests.graphql_api.plan.sending import Asked, Way

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("nothing_remembered", "one_connection"),
]

ONE = Asked({"query": "{ debugEntries { totalCount nodes { code } } }"})
OTHER = Asked({"query": "{ codeSnippets { totalCount nodes { code } } }"})
NO_TOTAL = Asked({"query": "{ debugEntries { nodes { code } } }"})
PAGES = Asked(
    {
        "query": "{ one: debugEntries(perPage: 1, page: 1) { totalCount nodes { code } }"
        " two: debugEntries(perPage: 1, page: 2) { totalCount nodes { code } } }"
    }
)
TWO = Asked(
    {
        "query": "{ debugEntries { nodes { code } totalCount } codeSnippets { totalCount }"
        " interviewQuestions { nodes { code } } }"
    }
)


class Foreseeing:
    """Fetches what it is told to expect; ``told`` counts the statements of each time."""

    dialect = DJANGO.dialect

    def __init__(self):
        self.told = []
        self.expected = deque()

    def rows(self, statement, values):
        if self.expected and self.expected[0][0] is values:
            return self.expected.popleft()[1]
        return DJANGO.rows(statement, values)

    def expect(self, asked):
        self.told.append(len(asked))
        self.expected.extend((values, DJANGO.rows(text, values)) for text, values in asked)

    def reader(self, deadline):
        return nullcontext(self)


@pytest.fixture
def reader():
    entries.published(entries.debug_entry())
    return Foreseeing()


@pytest.fixture
def way(reader):
    way = Way(reader)
    for asked in (ONE, OTHER, NO_TOTAL, PAGES, TWO):
        # The first time the view may answer, which learns what surrounds an answer.
        way.send(asked)
    way.left = 0
    reader.told.clear()
    return way


def counted(way, asked) -> list[int]:
    """The totals in the answer, all of which the plans gave."""
    data = orjson.loads(way.send(asked).body)["data"]
    assert way.left == 0
    return [one["totalCount"] for one in data.values() if "totalCount" in one]


def test_what_is_remembered_is_not_asked_ahead(way, reader):
    counted(way, ONE)
    reader.told.clear()

    assert counted(way, ONE) == [1]
    assert reader.told == []


def test_a_total_that_nobody_counted_at_the_newest_version_comes_along(way, reader):
    counted(way, ONE)
    entries.published(entries.debug_entry(title="Another"))
    # Whoever reads first finds out that there is another version.
    counted(way, OTHER)
    reader.told.clear()

    assert counted(way, ONE) == [2]
    assert reader.told == [2]


def test_everything_that_was_fetched_is_used_in_that_order(way, reader):
    counted(way, TWO)
    entries.published(entries.debug_entry(title="Another"))
    counted(way, ONE)
    reader.told.clear()

    assert counted(way, TWO) == [2, 0]
    # Three lists; the total of the errors was counted a moment ago.
    assert reader.told == [4]
    assert not reader.expected


def test_a_total_of_two_lists_is_counted_once(way, reader):
    counted(way, OTHER)
    entries.published(entries.debug_entry(title="Another"))
    counted(way, OTHER)
    reader.told.clear()

    assert counted(way, PAGES) == [2, 2]
    assert reader.told == [3]
    assert not reader.expected


def test_a_list_without_a_total_asks_for_none(way, reader):
    entries.published(entries.debug_entry(title="Another"))

    assert (counted(way, NO_TOTAL), reader.told) == ([], [])

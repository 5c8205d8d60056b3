"""A search that is ranked again asks at once what it asked the last time, and shows no less."""

from contextlib import nullcontext
from datetime import UTC, datetime

import orjson
import pytest
from django.db import connection

from graphql_api.plan.database import DJANGO
from graphql_api.plan.entries import foreseen
from graphql_api.plan.entries.foreseen import Foreseen, Trace, Traces
from knowledge.search.leading import PLACES
from tests.factories import entries
from tests.graphql_api.plan.sending import Asked, Way

EARLIER, NOW = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)
FIRST = ("SELECT 0", ())


class Gathering:
    """A reader that answers with what it is asked, and notes how it was asked."""

    dialect, gathers = DJANGO.dialect, True

    def __init__(self, answer=lambda statement, values: [(statement, *values)]):
        self.answer = answer
        self.alone, self.told = [], []

    def rows(self, statement, values):
        self.alone.append(statement)
        return self.answer(statement, values)

    def together(self, asked):
        self.told.append(len(asked))
        return [self.answer(*one) for one in asked]

    def expect(self, asked):
        pass

    def reader(self, deadline):
        return nullcontext(self)


def fetched(*others):
    reader = Gathering()
    found = Foreseen(reader)
    assert found.fetch(FIRST, others) == [("SELECT 0",)]
    return reader, found


def test_what_was_fetched_is_not_asked_for_again():
    reader, found = fetched(("SELECT %s", [1]))

    assert (found.rows("SELECT %s", [1]), reader.alone) == ([("SELECT %s", 1)], [])


@pytest.mark.parametrize("values", [[2], [[1]], [None], [1, 1]])
def test_other_values_are_asked_for(values):
    reader, found = fetched(("SELECT %s", [1]))

    assert found.rows("SELECT %s", values) == [("SELECT %s", *values)]
    assert reader.alone == ["SELECT %s"]


def test_another_statement_is_asked_for():
    reader, found = fetched(("SELECT %s", [1]))

    found.rows("SELECT -%s", [1])

    assert reader.alone == ["SELECT -%s"]


def test_lists_are_compared_by_what_is_in_them():
    reader, found = fetched(("SELECT %s", [["a", "b"]]))

    found.rows("SELECT %s", [["a", "b"]])
    found.rows("SELECT %s", [["b", "a"]])

    assert reader.alone == ["SELECT %s"]


def test_moments_all_mean_the_present_one():
    reader, found = fetched(("SELECT %s", [EARLIER]))

    found.rows("SELECT %s", (NOW,))

    assert reader.alone == []


def test_an_answer_is_used_once():
    reader, found = fetched(("SELECT %s", [1]))

    found.rows("SELECT %s", [1])
    found.rows("SELECT %s", [1])

    assert reader.alone == ["SELECT %s"]


def test_everything_asked_for_is_noted_foreseen_or_not():
    _, found = fetched(("SELECT %s", [1]))

    found.rows("SELECT %s", [1])
    found.rows("SELECT %s", [2])

    assert found.asked == [("SELECT %s", [1]), ("SELECT %s", [2])]


@pytest.mark.parametrize(
    ("statement", "rows"), [(f"SELECT {PLACES}", 1), ("SELECT 1", foreseen.MOST_ROWS + 1)]
)
def test_what_is_large_is_not_asked_for_again(statement, rows):
    found = Foreseen(Gathering(lambda *_: [(1,)] * rows))

    found.rows(statement, ())

    assert found.asked == []


def test_a_trace_is_asked_for_again_at_the_present_moment(monkeypatch):
    monkeypatch.setattr(foreseen.timezone, "now", lambda: NOW)

    assert Trace(1, (("SELECT %s, %s", (EARLIER, 1)),)).again() == [("SELECT %s, %s", [NOW, 1])]


def test_long_traces_and_old_ones_are_not_kept(monkeypatch):
    monkeypatch.setattr(foreseen, "MOST_SEARCHES", 2)
    short, traces = Trace(1, (FIRST,)), Traces()
    for key in ("a", "b", "c"):
        traces.put(key, short)
    traces.put("c", Trace(2, (FIRST,) * 9))

    assert [traces.get(key) for key in ("a", "b", "c")] == [None, short, short]


SEARCH = Asked({"query": '{ search(query: "injection") { totalCount nodes { entry { title } } } }'})
OTHER = Asked({"query": "{ codeSnippets { nodes { code } } }"})
# Moments are texts in SQLite, and there is no way to be saved.
GATHERS = connection.vendor == "postgresql"


@pytest.mark.django_db
@pytest.mark.usefixtures("nothing_remembered", "one_connection")
class TestSearching:
    """In a way whose reader gathers statements."""

    @pytest.fixture
    def reader(self):
        self.entry = entries.published(entries.question(title="What is injection?"))
        return Gathering(DJANGO.rows)

    @pytest.fixture
    def way(self, reader):
        way = Way(reader)
        for asked in (SEARCH, OTHER, SEARCH):
            way.send(asked)
        self.other = entries.published(entries.snippet(title="Other"))
        self.found(way)
        # Ranked once more: only now are digests read instead of places.
        self.rename("Another")
        self.found(way)
        return way

    def rename(self, title):
        self.other.title = title
        self.other.save_revision().publish()

    def found(self, way):
        """What the search answers, when another list has shown that something was published."""
        way.send(OTHER)
        way.left = 0
        data = orjson.loads(way.send(SEARCH).body)["data"]["search"]
        assert way.left == 0
        return data["totalCount"], [one["entry"]["title"] for one in data["nodes"]]

    def test_a_search_ranked_again_asks_once(self, way, reader):
        self.rename("Further")
        reader.told.clear()
        reader.alone.clear()

        assert self.found(way) == (1, ["What is injection?"])
        if GATHERS:
            # The list, which asks alone; the search, at once: words, postings, digests, entries.
            assert (len(reader.alone), reader.told) == (1, [5])

    def test_a_search_that_is_remembered_foresees_nothing(self, way, reader):
        reader.told.clear()

        assert self.found(way) == (1, ["What is injection?"])
        assert reader.told == [1]

    def test_what_came_in_is_found(self, way):
        entries.published(entries.question(title="More on injection"))

        assert sorted(self.found(way)[1]) == ["More on injection", "What is injection?"]

    def test_what_was_taken_down_is_not(self, way):
        self.entry.unpublish()

        assert self.found(way) == (0, [])

    def test_what_was_renamed_has_its_new_name(self, way):
        self.entry.title = "What is an injection?"
        self.entry.save_revision().publish()

        assert self.found(way) == (1, ["What is an injection?"])

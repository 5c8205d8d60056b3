"""A search that is ranked again asks at once what it asked the last time, and shows no less."""

import re
from array import array
from contextlib import nullcontext
from datetime import UTC, datetime

import orjson
import pytest
from django.db import connection

from graphql_api.plan.database import DJANGO
from graphql_api.plan.entries import foreseen
from graphql_api.plan.entries.foreseen import Foreseen, Trace, Traces
from knowledge.search.clauses import Condition
from knowledge.search.statements import OfKeys
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


def fetched(*asked, of_keys=(), reader=None):
    reader = reader or Gathering()
    found = Foreseen(reader)
    assert found.fetch(FIRST, Trace(1, asked, of_keys)) == [("SELECT 0",)]
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

    assert found.trace(3) == Trace(3, (("SELECT %s", [1]), ("SELECT %s", [2])))


def test_what_gives_many_rows_is_not_asked_for_again():
    found = Foreseen(Gathering(lambda *_: [(1,)] * (foreseen.MOST_ROWS + 1)))

    found.rows("SELECT 1", ())

    assert found.trace(1) == Trace(1)


def test_a_trace_is_asked_for_again_at_the_present_moment(monkeypatch):
    monkeypatch.setattr(foreseen.timezone, "now", lambda: NOW)
    reader = Gathering()
    heard = []
    reader.together = lambda asked: heard.extend(asked) or [[]] * len(asked)

    Foreseen(reader).fetch(FIRST, Trace(1, (("SELECT %s, %s", (EARLIER, 1)),)))

    assert heard == [FIRST, ("SELECT %s, %s", [NOW, 1])]


class Documents(Gathering):
    """Has the documents of even keys, and notes of which keys it is asked."""

    def __init__(self):
        super().__init__(self.found)
        self.keys = []

    def found(self, statement, values):
        if statement == FIRST[0]:
            return [(statement,)]
        keys = [int(key) for key in re.findall(r"\d+", f"{statement} {values}")]
        self.keys.append(keys)
        return [(key, "seen") for key in reversed(keys) if key % 2 == 0]


def of(*keys, at=None, **more):
    condition = [Condition("expires", (at,))] if at else []
    return OfKeys("SELECT d", "d", array("q", keys), condition, **more)


class TestKeys:
    """Documents that a search looks at: most of them are those of the time before."""

    def test_those_that_were_fetched_are_not_asked_for_again(self):
        reader, found = fetched(of_keys=[of(2, 3, 4)], reader=Documents())

        assert found.rows_of_keys(of(4, 3, 2)) == [(4, "seen"), (2, "seen")]
        assert reader.keys == [[2, 3, 4]]

    def test_the_others_are_asked_for(self):
        reader, found = fetched(of_keys=[of(2, 3)], reader=Documents())

        assert found.rows_of_keys(of(6, 2, 5)) == [(6, "seen"), (2, "seen")]
        assert reader.keys == [[2, 3], [6, 5]]

    def test_of_other_conditions_all_are_asked_for(self):
        reader, found = fetched(of_keys=[of(2)], reader=Documents())

        found.rows_of_keys(of(2, at="kind"))

        assert len(reader.keys) == 2

    def test_moments_all_mean_the_present_one(self):
        reader, found = fetched(of_keys=[of(2, at=EARLIER)], reader=Documents())

        found.rows_of_keys(of(2, at=NOW))

        assert len(reader.keys) == 1

    def test_the_trace_has_all_keys_that_were_looked_at(self):
        _, found = fetched(of_keys=[of(2, 3)], reader=Documents())

        found.rows_of_keys(of(2))
        found.rows_of_keys(of(5, 6))

        assert found.trace(3) == Trace(3, (), (of(2, 5, 6),))

    def test_what_is_kept_elsewhere_is_not_foreseen(self):
        _, found = fetched(reader=Documents())

        assert found.rows_of_keys(of(2, is_kept=True)) == [(2, "seen")]
        assert found.trace(3) == Trace(3)

    def test_very_many_are_not_asked_for_again(self, monkeypatch):
        monkeypatch.setattr(foreseen, "MOST_KEYS", 1)
        _, found = fetched(reader=Documents())

        found.rows_of_keys(of(2, 4))

        assert found.trace(3) == Trace(3)


def test_long_traces_and_old_ones_are_not_kept(monkeypatch):
    monkeypatch.setattr(foreseen, "MOST_SEARCHES", 2)
    short, traces = Trace(1, (FIRST,)), Traces()
    for key in ("a", "b", "c"):
        traces.put(key, short)
    traces.put("c", Trace(2, (FIRST,) * 8, (of(1),)))

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

    def test_a_new_candidate_is_asked_for_alone(self, way, reader):
        entries.published(entries.question(title="Injection"))
        reader.told.clear()
        reader.alone.clear()

        assert len(self.found(way)[1]) == 2
        if GATHERS:
            # The list; of the candidate what it is, where its words stand, and the two entries.
            assert (len(reader.alone), reader.told) == (4, [5])
            assert [one for one in reader.alone if "searchdocument" in one] == [reader.alone[1]]

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

"""Connections of the plans: kept open, one request at a time, within its time."""

import sqlite3

import psycopg
import pytest
from django.db import connection

from graphql_api.http.deadline import Deadline, DeadlinePassed
from graphql_api.plan import connections
from graphql_api.plan.connections import Connections
from graphql_api.plan.giving_up import GivenUp

pytestmark = pytest.mark.django_db

# Statements that take longer than any request here has, and how each database says so.
SLOW = {
    "postgresql": "SELECT pg_sleep(30)",
    "sqlite": "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x FROM n) SELECT MAX(x) FROM n",
}
STOPPED = {"postgresql": psycopg.errors.QueryCanceled, "sqlite": sqlite3.OperationalError}
WRITING = {
    "postgresql": psycopg.errors.ReadOnlySqlTransaction,
    "sqlite": sqlite3.OperationalError,
}


@pytest.fixture
def readers():
    made = Connections()
    yield made
    for link in made._free:
        link.close()


def one(readers, seconds=30.0):
    with readers.reader(Deadline(seconds)) as reader:
        return reader.rows("SELECT %s", (1,))[0][0]


def test_a_connection_is_used_again(readers):
    assert (one(readers), len(readers._free)) == (1, 1)
    first = readers._free[0]

    assert (one(readers), readers._free) == (1, [first])


def test_requests_at_one_time_have_a_connection_each(readers):
    with readers.reader(Deadline(30)) as first, readers.reader(Deadline(30)) as second:
        first.rows("SELECT 1", ())
        second.rows("SELECT 1", ())
        assert first.link is not second.link
    assert len(readers._free) == 2


def test_a_slow_statement_is_stopped_and_the_next_request_answered(readers):
    one(readers)

    with pytest.raises(STOPPED[connection.vendor]), readers.reader(Deadline(0.2)) as reader:
        reader.rows(SLOW[connection.vendor], ())

    assert readers._free == []
    assert one(readers) == 1


def test_a_connection_of_a_short_request_gives_the_next_its_whole_time(readers):
    one(readers, seconds=0.5)
    slow = {"postgresql": "SELECT 1 FROM pg_sleep(0.7)", "sqlite": "SELECT 1"}

    with readers.reader(Deadline(30)) as reader:
        assert reader.rows(slow[connection.vendor], ()) == [(1,)]


def test_no_statement_starts_after_the_end(readers):
    with pytest.raises(DeadlinePassed), readers.reader(Deadline(0)) as reader:
        reader.rows("SELECT 1", ())

    assert readers._free == []


def test_a_connection_that_broke_is_never_used_again(readers):
    one(readers)
    broken = readers._free[0]
    broken.close()

    with pytest.raises((psycopg.Error, sqlite3.Error)):
        one(readers)

    assert readers._free == []
    assert one(readers) == 1
    assert readers._free != [broken]


def test_nothing_can_be_written(readers):
    with pytest.raises(WRITING[connection.vendor]), readers.reader(Deadline(30)) as reader:
        reader.rows("DELETE FROM publishing_contentversion", ())


def test_after_a_failure_to_connect_none_is_tried_for_a_while(readers, monkeypatch):
    tried = []

    def refuse():
        tried.append(1)
        raise psycopg.OperationalError("refused")

    monkeypatch.setattr(readers, "_kind", refuse)
    with pytest.raises(psycopg.OperationalError):
        one(readers)
    with pytest.raises(GivenUp):
        one(readers)
    monkeypatch.setattr(connections, "RETRY_SECONDS", 0)
    readers._rests_until -= 60
    with pytest.raises(psycopg.OperationalError):
        one(readers)

    assert len(tried) == 2


@pytest.mark.postgresql
def test_a_connection_that_the_server_ended_is_replaced(readers):
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    with readers.reader(Deadline(30)) as reader:
        pid = reader.rows("SELECT pg_backend_pid()", ())[0][0]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])

    with pytest.raises(psycopg.OperationalError):
        one(readers)

    assert one(readers) == 1


@pytest.mark.postgresql
def test_moments_are_read_in_utc_whatever_zone_the_server_has(readers, monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    monkeypatch.setenv("PGTZ", "Asia/Kolkata")

    with readers.reader(Deadline(30)) as reader:
        ((moment,),) = reader.rows("SELECT TIMESTAMPTZ '2026-01-31T09:30:00Z'", ())

    assert readers.dialect.moment_of(moment).isoformat() == "2026-01-31T09:30:00+00:00"


def test_what_is_expected_is_had_without_another_statement(readers, monkeypatch):
    first, second = ("SELECT %s", (1,)), ("SELECT %s + 1", (2,))
    with readers.reader(Deadline(30)) as reader:
        reader.expect([first, second])
        monkeypatch.setattr(type(reader.link), "rows", lambda *_: pytest.fail("asked again"))

        assert [reader.rows(*first), reader.rows(*second)] == [[(1,)], [(3,)]]


def test_what_was_not_expected_is_asked_for(readers):
    first, other, second = ("SELECT %s", (1,)), ("SELECT %s", (7,)), ("SELECT %s", (2,))
    with readers.reader(Deadline(30)) as reader:
        reader.expect([first, second])

        assert [reader.rows(*one) for one in (first, other, second)] == [[(1,)], [(7,)], [(2,)]]


def test_what_is_asked_a_second_time_is_read_again(readers):
    first = "SELECT %s", (1,)
    with readers.reader(Deadline(30)) as reader:
        reader.expect([first])
        reader.rows(*first)

        assert reader.rows(*first) == [(1,)]
        assert not reader._expected


def test_slow_statements_that_are_expected_are_stopped(readers):
    one(readers)
    slow = SLOW[connection.vendor], ()

    with pytest.raises(STOPPED[connection.vendor]), readers.reader(Deadline(0.2)) as reader:
        reader.expect([("SELECT 1", ()), slow])

    assert readers._free == []
    assert one(readers) == 1

"""Statements by libpq give what psycopg's cursors give."""

import datetime
import uuid

import psycopg
import pytest
from django.db import connection

from graphql_api.plan import statements
from graphql_api.plan.statements import Statements

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]

VALUES = [
    1, 40_000, 5_000_000_000, "naïve 'text'", None, True,
    uuid.UUID("8c2b1d5e-0000-4000-8000-000000000001"),
    datetime.datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=datetime.UTC),
]  # fmt: skip


@pytest.fixture
def link():
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    connection.ensure_connection()
    with psycopg.connect(connection.connection.info.dsn, autocommit=True) as opened:
        yield opened


def test_values_come_back_as_a_cursor_gives_them(link):
    ours = Statements(link, may_prepare=True)
    for value in VALUES:
        expected = link.execute("SELECT %s, 'x'", [value], binary=True).fetchall()
        assert ours.rows("SELECT %s, 'x'", [value]) == expected


def test_documents_come_as_bytes_and_names_as_texts(link):
    asked = "SELECT 'é'::text, 'é'::varchar"

    assert Statements(link, may_prepare=True).rows(asked, []) == [("é".encode(), "é")]


def test_a_statement_is_prepared_when_it_is_asked_again_and_gives_the_same(link):
    ours = Statements(link, may_prepare=True)
    for number in range(2 * statements.PREPARED_AFTER):
        assert ours.rows("SELECT %s + 1", [number]) == [(number + 1,)]
    names = link.execute(
        "SELECT name FROM pg_prepared_statements WHERE name LIKE 'plan_%%'"
    ).fetchall()
    assert names == [("plan_0",)]


def test_values_of_another_size_are_another_statement(link):
    ours = Statements(link, may_prepare=True)
    for number in [1] * statements.PREPARED_AFTER + [5_000_000_000]:
        assert ours.rows("SELECT %s", [number]) == [(number,)]


def test_nothing_is_prepared_where_that_is_not_allowed(link):
    ours = Statements(link, may_prepare=False)
    for _ in range(2 * statements.PREPARED_AFTER):
        ours.rows("SELECT %s", ["one"])
    found = link.execute("SELECT COUNT(*) FROM pg_prepared_statements WHERE name LIKE 'plan_%%'")
    assert found.fetchone() == (0,)


def test_no_more_statements_are_kept_than_the_bound(link, monkeypatch):
    monkeypatch.setattr(statements, "MAX_PREPARED", 2)
    ours = Statements(link, may_prepare=True)
    for number in range(5):
        for _ in range(statements.PREPARED_AFTER):
            assert ours.rows(f"SELECT {number} + %s", [1]) == [(number + 1,)]
    found = link.execute("SELECT COUNT(*) FROM pg_prepared_statements WHERE name LIKE 'plan_%%'")
    assert found.fetchone() == (1,)


def test_a_fault_is_the_driver_s_exception(link):
    with pytest.raises(psycopg.errors.DivisionByZero):
        Statements(link, may_prepare=True).rows("SELECT 1 / %s", [0])


def test_statements_sent_together_give_what_each_gives_alone(link):
    ours = Statements(link, may_prepare=True)
    asked = [("SELECT %s, 'x'", [value]) for value in VALUES] + [("SELECT 1 WHERE false", [])]
    for _ in range(2 * statements.PREPARED_AFTER):
        together = ours.rows_of_each(asked)
        assert together == [ours.rows(statement, values) for statement, values in asked]


def test_large_answers_of_statements_sent_together_are_whole(link):
    asked = [("SELECT repeat('é', %s)::varchar FROM generate_series(1, 50)", [100_000])] * 3

    found = Statements(link, may_prepare=True).rows_of_each(asked)

    assert found == [[("é" * 100_000,)] * 50] * 3


def test_large_values_of_statements_sent_together_arrive(link):
    values = [["a" * 3_000_000], ["b" * 3_000_000]]
    asked = [("SELECT length(%s::text)", one) for one in values]

    assert Statements(link, may_prepare=True).rows_of_each(asked) == [[(3_000_000,)]] * 2


def test_a_fault_among_statements_sent_together_is_the_driver_s_exception(link):
    asked = [("SELECT %s", ["one"]), ("SELECT 1 / %s", [0]), ("SELECT %s", ["two"])]

    with pytest.raises(psycopg.errors.DivisionByZero):
        Statements(link, may_prepare=True).rows_of_each(asked)
    link.close()


def test_a_connection_lost_among_statements_sent_together_is_an_error(link):
    ended = ("SELECT pg_terminate_backend(pg_backend_pid())", [])

    with pytest.raises(psycopg.OperationalError):
        Statements(link, may_prepare=True).rows_of_each([ended, ("SELECT %s", ["one"])])
    link.close()


def test_room_is_made_before_statements_are_sent_together(link, monkeypatch):
    monkeypatch.setattr(statements, "MAX_PREPARED", 2)
    ours = Statements(link, may_prepare=True)
    for _ in range(statements.PREPARED_AFTER):
        ours.rows("SELECT 'a', %s + 0", [1])
    for _ in range(statements.PREPARED_AFTER - 1):
        ours.rows("SELECT 'b', %s + 0", [1])
        ours.rows("SELECT 'c', %s + 0", [1])
    asked = [(f"SELECT '{letter}', %s + 0", [1]) for letter in "ab"]

    assert ours.rows_of_each(asked) == [[(b"a", 1)], [(b"b", 1)]]
    asked = [(f"SELECT '{letter}', %s + 0", [1]) for letter in "bc"]
    assert ours.rows_of_each(asked) == [[(b"b", 1)], [(b"c", 1)]]

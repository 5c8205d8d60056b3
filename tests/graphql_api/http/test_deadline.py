"""The time of a request: enforced between fields and inside the database."""

import time

import pytest
from django.db import connection, transaction

from graphql_api.http.deadline import Deadline, DeadlinePassed, statements_within

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def code_of(response):
    return response.json()["errors"][0]["extensions"]["code"]


@pytest.mark.parametrize("accept", ["application/json", "application/graphql-response+json"])
def test_a_slow_statement_is_stopped(post, settings, accept):
    settings.GRAPHQL_TIMEOUT_SECONDS = 0.3
    started = time.monotonic()

    response = post("{ greeting slowStatement }", accept=accept)

    assert (response.status_code, code_of(response)) == (504, "QUERY_TIMED_OUT")
    assert set(response.json()) == {"errors"}
    assert time.monotonic() - started < 2


def test_the_next_request_is_answered(post, settings):
    settings.GRAPHQL_TIMEOUT_SECONDS = 0.2
    post("{ slowStatement }")

    assert post("{ oneRow }").json()["data"] == {"oneRow": 1}


def test_no_field_starts_after_the_end(post, settings):
    settings.GRAPHQL_TIMEOUT_SECONDS = 0

    assert code_of(post("{ greeting }")) == "QUERY_TIMED_OUT"


@pytest.mark.postgresql
def test_postgresql_knows_the_time_only_during_the_request(post, settings):
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        before = cursor.fetchone()[0]

    inside = post("{ statementTimeout }").json()["data"]["statementTimeout"]

    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        after = cursor.fetchone()[0]
    assert inside in ("5s", "5001ms") or 4900 < int(inside.removesuffix("ms")) <= 5001
    assert after == before == "0"


@pytest.mark.postgresql
def test_postgresql_runs_nothing_of_a_stopped_request(post, settings):
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    settings.GRAPHQL_TIMEOUT_SECONDS = 0.2
    post("{ slowStatement }")

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND state = 'active'"
            " AND query LIKE '%pg_sleep(20)%' AND pid <> pg_backend_pid()"
        )
        assert cursor.fetchone() == (0,)


def failed_transaction():
    with statements_within(Deadline(5)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        raise ZeroDivisionError


def test_the_connection_is_given_back_unbound_after_a_failed_transaction():
    with pytest.raises(ZeroDivisionError):
        failed_transaction()

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


def test_no_statement_starts_after_the_end():
    connection.ensure_connection()

    with (
        statements_within(Deadline(0)),
        connection.cursor() as cursor,
        pytest.raises(DeadlinePassed),
    ):
        cursor.execute("SELECT 1")


def test_the_guard_is_not_counted_as_a_statement(post, django_assert_num_queries):
    with django_assert_num_queries(1):
        post("{ oneRow }")

"""Fifty senders and two reviewers at the very same moment."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections

from knowledge.contributions import actions
from knowledge.contributions.errors import ContributionError, ThrottledError
from knowledge.contributions.intake import submit_contribution
from knowledge.contributions.models import Contribution, ContributionEvent
from knowledge.contributions.throttling import spend
from tests.factories import contributions

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

KEY = "one-key-for-all"


@pytest.fixture(autouse=True)
def database_of_many_connections(tmp_path):
    """SQLite in memory cannot make a second writer wait; a file can, as in production."""
    if connection.vendor != "sqlite" or not connection.is_in_memory_db():
        yield
        return
    in_memory = connections[DEFAULT_DB_ALIAS]
    in_memory.ensure_connection()
    copy = sqlite3.connect(tmp_path / "copy.sqlite3")
    in_memory.connection.backup(copy)
    copy.close()
    config = connections.settings[DEFAULT_DB_ALIAS]
    name, config["NAME"] = config["NAME"], str(tmp_path / "copy.sqlite3")
    connections[DEFAULT_DB_ALIAS] = connections.create_connection(DEFAULT_DB_ALIAS)
    yield
    connections[DEFAULT_DB_ALIAS].close()
    config["NAME"] = name
    connections[DEFAULT_DB_ALIAS] = in_memory


def at_once(count: int, act) -> list:
    """Call ``act`` in ``count`` threads that start together; results or exceptions."""
    barrier = threading.Barrier(min(count, 25))

    def run(number: int):
        barrier.wait(timeout=30)
        try:
            return act(number)
        except ContributionError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(min(count, 25)) as pool:
        return list(pool.map(run, range(count)))


def test_fifty_repeats_make_one_row_and_fifty_equal_answers():
    given = contributions.submission(email="ada@lovelace.example")

    rows = at_once(
        50,
        lambda number: submit_contribution(
            submission=given, sender=contributions.SENDER, idempotency_key=KEY
        ),
    )

    assert {row.status_token for row in rows} == {Contribution.objects.get().status_token}


def test_parallel_submissions_do_not_exceed_the_budget(settings):
    settings.CONTRIBUTION_PER_MINUTE = 5
    given = [
        contributions.submission(fields={"title": f"A question with number {number}"})
        for number in range(25)
    ]

    results = at_once(
        25,
        lambda number: submit_contribution(submission=given[number], sender=contributions.SENDER),
    )

    assert Contribution.objects.count() == 5
    assert sum(isinstance(one, ThrottledError) for one in results) == 20


def test_no_use_of_a_budget_is_lost():
    results = at_once(50, lambda number: spend("check", "a", limit=30, seconds=86_400))

    assert sum(isinstance(one, ThrottledError) for one in results) == 20


def test_of_reviewers_who_decide_at_once_one_succeeds():
    row = contributions.received()
    reviewers = [contributions.moderator(f"mod{number}") for number in range(8)]

    results = at_once(
        8,
        lambda number: actions.decline(
            contribution=row, user=reviewers[number], reason=f"Reason {number}"
        ),
    )

    refused = [one for one in results if isinstance(one, ContributionError)]
    assert len(refused) == 7
    assert {one.code for one in refused} == {"TRANSITION_IMPOSSIBLE"}
    assert ContributionEvent.objects.filter(action="DECLINE").count() == 1

"""Whoever answers a request runs the statements of finding."""

import pytest

from knowledge.search.statements import rows, run_by


def test_statements_are_run_by_whom_is_named():
    heard = []

    def run(statement, values):
        heard.append((statement, values))
        return [(7,)]

    with run_by(run):
        found = rows("SELECT %s", [7])

    assert (found, heard) == ([(7,)], [("SELECT %s", [7])])


@pytest.mark.django_db
def test_afterwards_they_are_run_by_django_again():
    with run_by(lambda statement, values: []):
        pass

    assert rows("SELECT 7") == [(7,)]

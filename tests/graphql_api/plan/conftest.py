"""The archive that generated operations ask about, made once for each module that reads it."""

import logging

import pytest

from graphql_api.plan import terms
from graphql_api.plan.entries.totals import totals
from tests.graphql_api.plan import world as worlds


@pytest.fixture(scope="module")
def world(module_german):
    """What there is to ask for in the archive."""
    forget()
    worlds.build(module_german)
    yield worlds.known()
    forget()


def forget():
    """Let the process remember nothing of a database that was another one."""
    terms.forget()
    totals.clear()


@pytest.fixture
def nothing_remembered():
    """Rows are made past the bridge, or taken back: versions do not tell."""
    forget()
    yield
    forget()


@pytest.fixture(autouse=True)
def quiet(caplog):
    """Thousands of log lines would hide the one difference that matters."""
    caplog.set_level(logging.CRITICAL, "lamplight.graphql")

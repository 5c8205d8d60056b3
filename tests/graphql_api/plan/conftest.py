"""The archive that generated operations ask about, made once for each module that reads it."""

import logging

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from graphql_api.http import express
from graphql_api.plan import terms
from graphql_api.plan.entries.search import results, traces
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
    results.clear()
    traces.clear()


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


@pytest.fixture
def one_connection(monkeypatch):
    """Requests leave the connection of the test open, as those of Django's client do."""
    monkeypatch.setattr(express, "close_old_connections", lambda: None)
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)

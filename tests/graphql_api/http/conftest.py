"""The endpoint over the sample schema, and its log lines."""

import json
import logging

import pytest

from graphql_api.http import documents

JSON = "application/json"
GRAPHQL_RESPONSE = "application/graphql-response+json"


@pytest.fixture(autouse=True)
def sample_schema(settings):
    """The endpoint serves the sample schema, with an empty document cache."""
    settings.GRAPHQL_SCHEMA = "tests.graphql_api.http.sample_schema.schema"
    documents.cache.clear()
    yield
    documents.cache.clear()


@pytest.fixture
def post(client):
    """Send parameters as JSON; returns the response."""

    def send(query=None, *, accept=GRAPHQL_RESPONSE, **parameters):
        if query is not None:
            parameters["query"] = query
        return client.post("/graphql", json.dumps(parameters), JSON, headers={"accept": accept})

    return send


@pytest.fixture
def get(client):
    """Send parameters in the address; returns the response."""

    def send(query=None, *, accept=GRAPHQL_RESPONSE, headers=None, **parameters):
        if query is not None:
            parameters["query"] = query
        return client.get("/graphql", parameters, headers={"accept": accept, **(headers or {})})

    return send


@pytest.fixture
def log_lines():
    """The lines that ``lamplight.graphql`` writes, decoded."""
    lines = []

    class Collector(logging.Handler):
        def emit(self, record):
            lines.append(json.loads(record.getMessage()))

    handler = Collector()
    logger = logging.getLogger("lamplight.graphql")
    logger.addHandler(handler)
    yield lines
    logger.removeHandler(handler)

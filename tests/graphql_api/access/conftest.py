"""Partners with keys, and the endpoint as they ask it."""

import json

import pytest

from cms.access.models import ApiKey
from graphql_api.access import allowances


@pytest.fixture(autouse=True)
def fresh_counts():
    """No test begins with the requests of another counted."""
    allowances.limiter.cache_clear()
    yield
    allowances.limiter.cache_clear()


@pytest.fixture
def issued(db):
    """Make a key; returns it and its text."""

    def make(**fields):
        key = ApiKey(**{"name": "Partner", **fields})
        token = key.issue()
        key.save()
        return key, token

    return make


@pytest.fixture
def ask(client):
    """POST a query; returns the response."""

    def send(query="{ __typename }", token=None, **headers):
        if token is not None:
            headers["authorization"] = f"Bearer {token}"
        return client.post(
            "/graphql", json.dumps({"query": query}), "application/json", headers=headers
        )

    return send


def code_of(response):
    """The code of the first error."""
    return response.json()["errors"][0]["extensions"]["code"]

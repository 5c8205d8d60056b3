"""An administrator's tokens, and the endpoint as a front end asks it with one."""

import json

import pytest
from django.contrib.auth import get_user_model

from cms.publishing import preview


@pytest.fixture
def token_for(db):
    """A token for the draft of an object."""
    admin = get_user_model().objects.create_superuser("admin")
    return lambda instance, **options: preview.issue(user=admin, instance=instance, **options)


@pytest.fixture
def ask(client):
    """Send a query, with a token if there is one; returns the response."""

    def send(query, token=None, method="post", **variables):
        headers = {} if token is None else {"x-preview-token": token}
        body = {"query": query, "variables": variables}
        if method == "get":
            body["variables"] = json.dumps(variables)
            return client.get("/graphql", body, headers=headers)
        return client.post("/graphql", json.dumps(body), "application/json", headers=headers)

    return send


@pytest.fixture
def data(ask):
    """The data of the answer, which has no errors."""

    def send(query, token=None, **variables):
        answer = ask(query, token, **variables).json()
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    return send

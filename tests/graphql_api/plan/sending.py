"""Requests through the WSGI stack, with the express way in front of Django and without it.

Invariant: what differs from request to request (ids, dates, what is left of an allowance) is
taken out of an answer before it is compared, and nothing else.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.test.client import RequestFactory

from cms.wsgi import django_application
from graphql_api.http.deadline import Deadline
from graphql_api.http.express import Express
from graphql_api.plan.database import DJANGO, Reader

OF_ONE_REQUEST = ("x-request-id", "date", "ratelimit", "ratelimit-policy")
GRAPHQL_RESPONSE = "application/graphql-response+json"


@dataclass
class Asked:
    """A request: parameters for the body, or for the address when the method is GET."""

    parameters: dict[str, Any]
    method: str = "POST"
    headers: dict[str, str] = field(default_factory=dict)

    def environ(self) -> dict[str, Any]:
        """The WSGI environment of the request."""
        factory = RequestFactory()
        headers = {"accept": GRAPHQL_RESPONSE, **self.headers}
        if self.method == "POST":
            request = factory.generic(
                "POST", "/graphql", json.dumps(self.parameters), "application/json", headers=headers
            )
        else:
            plain = {
                name: json.dumps(value) if isinstance(value, dict) else value
                for name, value in self.parameters.items()
            }
            request = factory.generic(
                self.method, "/graphql", QUERY_STRING=urlencode(plain), headers=headers
            )
        return request.environ


@dataclass
class Sent:
    """What came back. ``own``: the headers that belong to this request alone."""

    status: int
    headers: dict[str, str]
    body: bytes
    own: dict[str, str]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sent):
            return NotImplemented
        return (self.status, self.headers, self.shown) == (
            other.status,
            other.headers,
            other.shown,
        )

    @property
    def shown(self) -> Any:
        """The body; without the request id, which errors repeat."""
        if b'"requestId"' not in self.body:
            return self.body
        answer = json.loads(self.body)
        for error in answer["errors"]:
            error["extensions"].pop("requestId")
        return json.dumps(answer)

    @property
    def codes(self) -> list[str]:
        """The codes of the errors."""
        return [one["extensions"]["code"] for one in json.loads(self.body).get("errors", ())]


def send(application: Any, asked: Asked, **environ: Any) -> Sent:
    """Ask a WSGI application."""
    heard: list[tuple[str, list[tuple[str, str]]]] = []
    result = application(
        {**asked.environ(), **environ},
        lambda status, headers, *rest: heard.append((status, headers)),
    )
    body = b"".join(result)
    status, pairs = heard[0]
    headers = {name.lower(): value for name, value in pairs}
    own = {name: headers.pop(name) for name in OF_ONE_REQUEST if name in headers}
    # An error repeats the id, which may be of any length.
    if b'"requestId"' in body:
        headers.pop("content-length", None)
    return Sent(int(status.split()[0]), headers, body, own)


class OnDjango:
    """Readers on Django's connection, which sees what a test has not committed."""

    @contextmanager
    def reader(self, deadline: Deadline) -> Iterator[Reader]:
        """Its only connection."""
        yield DJANGO


class Way:
    """The express way before Django's application; ``left`` counts what it left to that."""

    def __init__(self, readers: Any = None) -> None:
        self.left = 0
        self.express = Express(self._count, readers or OnDjango())

    def _count(self, environ: dict[str, Any], start_response: Any) -> Any:
        self.left += 1
        return django_application(environ, start_response)

    def send(self, asked: Asked, **environ: Any) -> Sent:
        """Ask."""
        return send(self.express, asked, **environ)

    def learn(self, asked: Asked) -> None:
        """Ask twice as the view answers: it learns the document, and what surrounds an answer."""
        self.send(asked)
        if self.left == 0:
            raise AssertionError("Nothing was left to learn.")
        self.left = 0


def directly(asked: Asked, **environ: Any) -> Sent:
    """What Django answers by itself."""
    return send(django_application, asked, **environ)

"""A cache before the real application, with a clock that the test turns."""

import json

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test.client import RequestFactory

from cms.wsgi import django_application
from graphql_api.access import allowances
from graphql_api.caching.freshness import FreshnessWatcher
from graphql_api.caching.front import AnswerCache
from graphql_api.caching.store import AnswerStore

QUERY = "{ interviewQuestions { totalCount } }"


class Answer:
    def __init__(self, status, headers, body):
        self.status = int(status.split()[0])
        self.headers = dict(headers)
        self.body = body

    def __getitem__(self, name):
        return self.headers.get(name)

    @property
    def json(self):
        return json.loads(self.body)


class Front:
    """A cache before the real application, with a clock that the test turns."""

    def __init__(self, capacity=10_000_000, application=django_application):
        self.now = 0.0
        self.requests = 0
        self.application = application
        self.store = AnswerStore(capacity, clock=lambda: self.now)
        self.cache = AnswerCache(self.count, store=self.store)
        self.cache.watcher = FreshnessWatcher(self.cache._forget, clock=lambda: self.now)

    def count(self, environ, start_response):
        self.requests += 1
        return self.application(environ, start_response)

    def send(self, method="GET", query=QUERY, path="/graphql", body=None, **environ):
        factory = RequestFactory()
        if method == "POST":
            data = json.dumps({"query": query}) if body is None else body
            made = factory.generic("POST", path, data, "application/json")
        else:
            made = factory.generic(method, path, QUERY_STRING=f"query={query}")
        sent = []
        result = self.cache(
            {**made.environ, **environ}, lambda status, headers: sent.append((status, headers))
        )
        return Answer(*sent[0], b"".join(result))


@pytest.fixture
def one_connection():
    """Requests leave the connection of the test open, as those of Django's client do."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.fixture
def front(one_connection):
    allowances.limiter.cache_clear()
    yield Front()
    allowances.limiter.cache_clear()

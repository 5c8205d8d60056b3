"""Requests are counted by address, by minute and by day, and a request too many says so."""

import pytest

from cms.access.models import ApiKeyUsage
from tests.graphql_api.access.conftest import code_of

pytestmark = pytest.mark.django_db


def test_an_address_has_so_many_requests_a_minute(ask, settings):
    settings.GRAPHQL_RATE_PER_MINUTE = 2
    assert [ask().status_code for _ in range(2)] == [200, 200]

    response = ask()

    assert (response.status_code, code_of(response)) == (429, "RATE_LIMITED")
    assert response["RateLimit-Policy"] == '"address";q=2;w=60'
    assert response["RateLimit"].startswith('"address";r=0;t=')
    assert 1 <= int(response["Retry-After"]) <= 60
    assert response["Cache-Control"] == "no-store"


def test_what_is_left_is_said_before_it_is_used_up(ask, settings):
    settings.GRAPHQL_RATE_PER_MINUTE = 10

    assert ask()["RateLimit"].startswith('"address";r=9;t=')
    assert ask("{ nonsense")["RateLimit"].startswith('"address";r=8;t=')


def test_another_address_has_its_own_count(client, settings):
    settings.GRAPHQL_RATE_PER_MINUTE = 1
    query = {"query": "{ __typename }"}

    for address in ("203.0.113.1", "203.0.113.2", "2001:db8:0:1::1"):
        assert client.get("/graphql", query, REMOTE_ADDR=address).status_code == 200
    # Of an IPv6 network one person has a whole one.
    assert client.get("/graphql", query, REMOTE_ADDR="2001:db8:0:1::2").status_code == 429


def test_trying_keys_is_limited_like_asking_without_one(ask, settings):
    settings.GRAPHQL_RATE_PER_MINUTE = 2
    statuses = [ask(token=f"lamp_x_{number}").status_code for number in range(3)]

    assert statuses == [401, 401, 429]


def test_a_key_has_its_own_minute(ask, issued, settings):
    settings.GRAPHQL_RATE_PER_MINUTE = 1
    key, token = issued(per_minute=2)
    assert [ask(token=token).status_code for _ in range(2)] == [200, 200]

    response = ask(token=token)

    assert (response.status_code, code_of(response)) == (429, "RATE_LIMITED")
    assert ApiKeyUsage.objects.get(key=key).requests == 2
    assert ApiKeyUsage.objects.get(key=key).refused == 1


def test_a_key_has_its_own_day(ask, issued):
    key, token = issued(per_day=2)
    first = ask(token=token)
    ask(token=token)

    response = ask(token=token)

    assert first["RateLimit-Policy"] == '"minute";q=600;w=60, "day";q=2;w=86400'
    assert '"day";r=1;t=' in first["RateLimit"]
    assert (response.status_code, code_of(response)) == (429, "QUOTA_EXCEEDED")
    assert 1 <= int(response["Retry-After"]) <= 86_400
    assert ApiKeyUsage.objects.get(key=key).refused == 1

"""What each CDN is sent, as a local server hears it, and what becomes of its answer."""

import json

import pytest
from django.core.exceptions import ImproperlyConfigured

from graphql_api.caching.backends import (
    CloudflareTags,
    FastlySurrogateKeys,
    PurgeFailed,
    VarnishTags,
)
from tests.support.sink import running_sink


@pytest.fixture
def cdn():
    with running_sink(status=200) as sink:
        yield sink


@pytest.fixture
def place(cdn):
    return f"http://127.0.0.1:{cdn.port}"


@pytest.fixture
def cloudflare(place):
    return CloudflareTags({"ZONEID": "z1", "BEARER_TOKEN": "secret-token", "API": place})


@pytest.fixture
def fastly(place):
    return FastlySurrogateKeys({"SERVICE_ID": "s1", "API_TOKEN": "secret-token", "API": place})


@pytest.fixture
def varnish(place):
    return VarnishTags({"LOCATION": place})


def test_cloudflare_is_told_by_its_api_thirty_tags_at_a_time(cloudflare, cdn):
    names = [f"e{number}" for number in range(61)]
    cloudflare.purge_tags(names)

    assert [(one.method, one.path) for one in cdn.received] == [
        ("POST", "/zones/z1/purge_cache")
    ] * 3
    sent = [json.loads(one.body) for one in cdn.received]
    assert sent == [{"tags": names[:30]}, {"tags": names[30:60]}, {"tags": names[60:]}]
    assert {one.headers["authorization"] for one in cdn.received} == {"Bearer secret-token"}
    assert {one.headers["content-type"] for one in cdn.received} == {"application/json"}


def test_cloudflare_forgets_addresses_too(cloudflare, cdn):
    cloudflare.purge("https://a.example/graphql")

    assert json.loads(cdn.received[0].body) == {"files": ["https://a.example/graphql"]}


def test_fastly_is_told_by_its_api_in_a_header(fastly, cdn):
    fastly.purge_tags(["all"])
    fastly.purge_tags([f"e{number}" for number in range(257)])

    first, second, third = cdn.received
    assert (first.method, first.path) == ("POST", "/service/s1/purge")
    assert first.headers["surrogate-key"] == "all"
    assert first.headers["fastly-key"] == "secret-token"
    assert "fastly-soft-purge" not in first.headers
    assert len(second.headers["surrogate-key"].split(" ")) == 256
    assert third.headers["surrogate-key"] == "e256"


def test_fastly_can_be_asked_to_mark_as_stale(place, cdn):
    made = FastlySurrogateKeys({"SERVICE_ID": "s1", "API_TOKEN": "t", "API": place, "SOFT": True})
    made.purge_tags(["e1"])

    assert cdn.received[0].headers["fastly-soft-purge"] == "1"


def test_fastly_forgets_addresses_too(fastly, cdn):
    fastly.purge_batch(["https://a.example/graphql?query=x", "https://a.example"])

    assert [one.path for one in cdn.received] == [
        "/purge/a.example/graphql?query=x",
        "/purge/a.example/",
    ]


def test_varnish_is_told_by_a_request_with_the_tags(varnish, cdn):
    varnish.purge_tags(["e1", "debug-entry"])

    (heard,) = cdn.received
    assert (heard.method, heard.path) == ("BAN", "/")
    assert heard.headers["cache-tag"] == "e1,debug-entry"


def test_every_varnish_is_told_in_the_way_it_wants(place, cdn):
    made = VarnishTags({"LOCATION": [place, f"{place}/"], "METHOD": "PURGE"})
    made.purge_tags(["e1"])

    assert [(one.method, one.path) for one in cdn.received] == [("PURGE", "/")] * 2


def test_varnish_forgets_addresses_too(varnish, cdn):
    varnish.purge("https://a.example/graphql?query=x")

    (heard,) = cdn.received
    assert (heard.method, heard.path, heard.headers["host"]) == (
        "PURGE",
        "/graphql?query=x",
        "a.example",
    )


@pytest.mark.parametrize("status", [301, 403, 405, 429, 500])
def test_a_refusal_is_a_failure_that_names_no_secret(cloudflare, cdn, status):
    cdn.status = status

    with pytest.raises(PurgeFailed, match=f"^status {status}$"):
        cloudflare.purge_tags(["e1"])


def test_a_cdn_that_hangs_is_left_in_time(place, cdn):
    cdn.delay = 2.0
    made = VarnishTags({"LOCATION": place, "TIMEOUT": 0.2})

    with pytest.raises(PurgeFailed, match=r"^timed out$"):
        made.purge_tags(["e1"])


def test_a_cdn_that_is_not_there_is_a_failure():
    made = VarnishTags({"LOCATION": "http://127.0.0.1:9"})

    with pytest.raises(PurgeFailed, match=r"^connection refused$"):
        made.purge_tags(["e1"])


@pytest.mark.parametrize(
    ("backend", "given", "missing"),
    [
        (CloudflareTags, {"ZONEID": "z"}, "BEARER_TOKEN"),
        (FastlySurrogateKeys, {}, "SERVICE_ID, API_TOKEN"),
        (VarnishTags, {"LOCATION": ""}, "LOCATION"),
    ],
)
def test_what_a_backend_needs_is_asked_for_when_it_is_made(backend, given, missing):
    with pytest.raises(ImproperlyConfigured, match=f"needs {missing}.$"):
        backend(given)

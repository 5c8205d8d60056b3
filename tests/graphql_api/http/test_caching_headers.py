"""What caches on the way may keep, and that no cookie is involved."""

import json

import pytest

pytestmark = pytest.mark.django_db

VARY = "Accept, Authorization, X-Preview-Token"


def test_an_answer_to_get_may_be_kept_and_revalidated(get):
    response = get("{ greeting }")

    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert response["Vary"] == VARY
    assert response["ETag"].startswith('"')
    assert response["ETag"] == get("{ greeting }")["ETag"]


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*"])
def test_a_known_answer_is_304_without_a_body(get, form):
    etag = get("{ greeting }")["ETag"]

    response = get("{ greeting }", headers={"if-none-match": form.format(etag)})

    assert (response.status_code, response.content) == (304, b"")
    assert response["ETag"] == etag
    assert response["Vary"] == VARY
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_another_answer_is_sent_whole(get):
    etag = get("{ greeting }")["ETag"]

    other = get('{ greeting(name: "Ada") }', headers={"if-none-match": etag})
    other_type = get("{ greeting }", accept="application/json", headers={"if-none-match": etag})

    assert (other.status_code, other_type.status_code) == (200, 200)


def test_the_time_to_live_is_a_setting(get, settings):
    settings.GRAPHQL_MAX_AGE_SECONDS = 30
    settings.GRAPHQL_STALE_WHILE_REVALIDATE_SECONDS = 60

    response = get("{ greeting }")

    assert response["Cache-Control"] == "public, max-age=30, stale-while-revalidate=60"


@pytest.mark.parametrize("query", ["{ greeting broken }", "{ refused }", "{ nothing }", "{"])
def test_an_answer_with_errors_is_never_kept(get, query):
    response = get(query)

    assert response["Cache-Control"] == "no-store"
    assert "ETag" not in response


def test_an_answer_to_post_is_never_kept(post):
    response = post("{ greeting }")

    assert response["Cache-Control"] == "no-store"
    assert "ETag" not in response


def test_head_is_get_without_a_body(client, get):
    response = client.head("/graphql", {"query": "{ greeting }"})

    assert (response.status_code, response.content) == (200, b"")


def test_a_session_neither_matters_nor_varies_the_answer(client, django_user_model, settings):
    settings.DEBUG = False
    client.force_login(django_user_model.objects.create_superuser("ada", "a@example.com", "x"))
    body = json.dumps({"query": "{ greeting }"})

    response = client.post("/graphql", body, "application/json")

    assert response.status_code == 200
    assert not response.cookies
    assert response["Vary"] == VARY


@pytest.mark.parametrize("method", ["get", "post"])
def test_stale_cookies_are_not_answered_with_new_ones(client, method):
    client.cookies["sessionid"] = "gone"
    client.cookies["csrftoken"] = "malformed"

    if method == "post":
        response = client.post("/graphql", {"query": "{ greeting }"}, "application/json")
    else:
        response = client.get("/graphql", {"query": "{ greeting }"})

    assert response.json()["data"] == {"greeting": "Hello, you"}
    assert not response.cookies
    assert response["Vary"] == VARY


def test_a_request_without_a_csrf_token_is_answered(db):
    from django.test import Client

    body = json.dumps({"query": "mutation { touch }"})
    response = Client(enforce_csrf_checks=True).post("/graphql", body, "application/json")

    assert response.json()["data"] == {"touch": "touched"}
    assert not response.cookies


def test_fastly_reads_tags_in_a_header_of_its_own(get, settings):
    settings.GRAPHQL_TAG_HEADER = "Surrogate-Key"
    response = get("{ greeting }")

    kinds = "code-snippet debug-entry interview-question learning-path security-topic"
    assert response["Surrogate-Key"] == f"all {kinds} system-design-note"
    assert "Cache-Tag" not in response


def test_a_cdn_may_keep_an_answer_longer_than_a_browser(get, settings):
    settings.GRAPHQL_MAX_AGE_SECONDS = 10
    settings.GRAPHQL_SHARED_MAX_AGE_SECONDS = 3600

    assert get("{ greeting }")["Cache-Control"] == "public, max-age=10, s-maxage=3600"

"""A valid key opens, anything else in the header is refused, nothing in the address counts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import entries, terms
from tests.factories.translations import translated_term
from tests.graphql_api.access.conftest import code_of

pytestmark = pytest.mark.django_db
COUNT = "{ entries { totalCount } }"


def count(response):
    return response.json()["data"]["entries"]["totalCount"]


def test_without_a_header_anybody_reads(ask):
    response = ask()

    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"


def test_a_key_is_admitted_and_its_answers_are_its_own(ask, issued):
    _, token = issued()

    response = ask(token=token)

    assert response.json()["data"] == {"__typename": "Query"}
    assert response["Cache-Control"] == "private, no-store"
    assert "Authorization" in response["Vary"]


@pytest.mark.parametrize(
    "header",
    ["Basic YTpi", "Bearer", "Bearer ", "Bearer lamp_x_y", "Bearer nonsense", "", "lamp_x_y"],
)
def test_any_other_authorization_is_refused(ask, header):
    response = ask(authorization=header)

    assert (response.status_code, code_of(response)) == (401, "UNAUTHENTICATED")
    assert response["WWW-Authenticate"].startswith("Bearer ")
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("state", ["expired", "revoked", "mistyped"])
def test_a_key_that_has_ended_is_refused(ask, issued, state):
    ended = timezone.now() - timedelta(seconds=1)
    fields = {"expired": {"expires_at": ended}, "revoked": {"revoked_at": ended}}
    _, token = issued(**fields.get(state, {}))

    response = ask(token=token[:-1] + "z" if state == "mistyped" else token)

    assert (response.status_code, code_of(response)) == (401, "UNAUTHENTICATED")


def test_a_key_in_the_address_is_no_key(client, issued):
    _, token = issued(kinds=["DEBUG_ENTRY"])
    entries.published(entries.question())

    for name in ("key", "api_key", "access_token", "authorization"):
        response = client.get("/graphql", {"query": COUNT, name: token})
        assert count(response) == 1
        assert response["Cache-Control"].startswith("public")


def test_kinds_bound_what_there_is(ask, issued):
    _, token = issued(kinds=["DEBUG_ENTRY"])
    entries.published(entries.question())
    entries.published(entries.debug_entry())

    assert count(ask(COUNT, token)) == 1
    assert count(ask(COUNT)) == 2


def test_technologies_are_named_by_slug_in_any_language(ask, issued, german):
    php = terms.technology("php")
    translated_term(php, german, slug="php-de")
    entries.published(entries.debug_entry(technology=php))
    entries.published(entries.question())
    _, english = issued(technologies=["php"])
    _, other = issued(technologies=["php-de"])

    assert count(ask(COUNT, english)) == count(ask(COUNT, other)) == 1


def test_a_technology_that_does_not_exist_bounds_to_nothing(ask, issued):
    entries.published(entries.question())
    _, token = issued(technologies=["no-such-thing"])

    assert count(ask(COUNT, token)) == 0

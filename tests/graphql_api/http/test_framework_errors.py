"""Whatever refuses a request at or below the endpoint, the client gets JSON with a code."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def refusal(response):
    """The only error of an answer: its code, and the request id it shares with the header."""
    (error,) = response.json()["errors"]
    assert error["extensions"]["requestId"] == response["X-Request-ID"]
    return error["extensions"]["code"], error["message"]


@pytest.mark.parametrize("path", ["/graphql/", "/graphql/graphiql", "/graphql/v1/"])
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("debug", [False, True])
def test_below_the_endpoint_is_nothing_and_no_redirect(client, settings, method, path, debug):
    settings.DEBUG = debug
    response = getattr(client, method)(path, headers={"accept": "text/html"})

    assert (response.status_code, response["Content-Type"]) == (
        404,
        "application/json; charset=utf-8",
    )
    assert refusal(response) == (
        "NOT_FOUND",
        "There is nothing at this address; the endpoint is /graphql.",
    )
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("redirect_to_https", [False, True])
@pytest.mark.parametrize("path", ["/graphql", "/graphql/x"])
def test_a_host_that_is_not_ours_is_refused_in_json(client, settings, path, redirect_to_https):
    settings.ALLOWED_HOSTS = ["hub.example.org"]
    settings.SECURE_SSL_REDIRECT = redirect_to_https
    response = client.get(path, {"query": "{ greeting }"}, headers={"host": "evil.example"})

    assert (response.status_code, refusal(response)[0]) == (400, "BAD_REQUEST")
    assert "evil" not in response.content.decode()


def test_the_media_type_is_the_one_that_was_asked_for(client):
    accept = "application/graphql-response+json"
    response = client.get("/graphql/", headers={"accept": accept})

    assert response["Content-Type"] == f"{accept}; charset=utf-8"


def test_a_failure_outside_of_the_view_is_masked(settings, log_lines):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.failing"]
    response = Client(raise_request_exception=False).get("/graphql", {"query": "{ greeting }"})

    assert (response.status_code, refusal(response)[0]) == (500, "INTERNAL_SERVER_ERROR")
    assert "secret" not in response.content.decode()
    assert [line["requestId"] for line in log_lines] == [response["X-Request-ID"]]


def failing(get_response):
    """A middleware that fails."""

    def middleware(request):
        raise RuntimeError("secret detail")

    return middleware


def test_security_headers_stay(client):
    response = client.get("/graphql/")

    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("default-src 'none'")


def test_other_origins_may_read_the_refusal(client):
    response = client.get("/graphql/", headers={"origin": "https://a.example"})

    assert response["Access-Control-Allow-Origin"] == "*"


def test_addresses_elsewhere_are_left_alone(client):
    response = client.get("/graphqlx")

    assert (response.status_code, response["Content-Type"]) == (404, "text/html; charset=utf-8")

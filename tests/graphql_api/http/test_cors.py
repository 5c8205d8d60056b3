"""Pages of other origins may read answers as the setting says, and never with credentials."""

import pytest

pytestmark = pytest.mark.django_db
SITE = "https://www.example.org"


@pytest.fixture
def preflight(client):
    def send(origin=SITE):
        return client.options(
            "/graphql",
            headers={
                "origin": origin,
                "access-control-request-method": "POST",
                "access-control-request-headers": "content-type,authorization",
            },
        )

    return send


def test_any_page_may_read_by_default(get):
    response = get("{ greeting }", headers={"origin": SITE})

    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert "Origin" not in response["Vary"]
    exposed = response["Access-Control-Expose-Headers"].split(", ")
    assert {"RateLimit", "ETag", "X-Request-ID", "Cache-Tag"} <= set(exposed)


def test_the_question_before_is_answered_and_remembered(preflight):
    response = preflight()

    assert (response.status_code, response.content) == (204, b"")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, POST"
    allowed = response["Access-Control-Allow-Headers"].split(", ")
    assert {"Authorization", "Content-Type", "X-Preview-Token"} <= set(allowed)
    assert response["Access-Control-Max-Age"] == "7200"
    assert "Access-Control-Allow-Credentials" not in response


def test_a_listed_origin_is_named(get, preflight, settings):
    settings.GRAPHQL_CORS_ORIGINS = [SITE, "https://other.example"]

    assert get("{ greeting }", headers={"origin": SITE})["Access-Control-Allow-Origin"] == SITE
    assert preflight()["Access-Control-Allow-Origin"] == SITE
    assert preflight()["Vary"] == "Origin"


@pytest.mark.parametrize("origins", [[], [SITE]])
def test_another_origin_is_told_nothing(get, preflight, settings, origins):
    settings.GRAPHQL_CORS_ORIGINS = origins
    response = get("{ greeting }", headers={"origin": "https://evil.example"})

    assert "Access-Control-Allow-Origin" not in response
    assert "Access-Control-Allow-Origin" not in preflight("https://evil.example")
    assert ("Origin" in response["Vary"]) == bool(origins)


def test_errors_can_be_read_too(get):
    response = get("{ nonsense", headers={"origin": SITE})

    assert response["Access-Control-Allow-Origin"] == "*"


def test_a_request_without_origin_may_be_kept_for_one_with(get, settings):
    settings.GRAPHQL_CORS_ORIGINS = [SITE]

    assert "Origin" in get("{ greeting }")["Vary"]

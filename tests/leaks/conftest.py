"""The endpoint without the limits that would stop the crawl before it has seen everything."""

import pytest


@pytest.fixture(autouse=True)
def no_limits(settings):
    for name in (
        "GRAPHQL_MAX_BODY_BYTES",
        "GRAPHQL_MAX_TOKENS",
        "GRAPHQL_MAX_DEPTH",
        "GRAPHQL_MAX_ALIASES",
        "GRAPHQL_MAX_COST",
        "GRAPHQL_MAX_FRAGMENTS",
    ):
        setattr(settings, name, 10_000_000)
    settings.GRAPHQL_TIMEOUT_SECONDS = 300

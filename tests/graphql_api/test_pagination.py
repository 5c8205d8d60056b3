"""Paging arguments are checked against each other and the limits."""

import pytest

from graphql_api.errors import ApiError, ErrorCode
from graphql_api.pagination import PageRequest, page_request


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({}, PageRequest(size=20)),
        ({"first": 0}, PageRequest(size=0)),
        ({"first": 100}, PageRequest(size=100)),
        ({"first": 3, "after": "x"}, PageRequest(size=3, after="x")),
        ({"last": 3, "before": "x"}, PageRequest(size=3, backwards=True, before="x")),
        ({"page": 1}, PageRequest(size=20)),
        ({"page": 3, "per_page": 10}, PageRequest(size=10, offset=20)),
        ({"per_page": 5}, PageRequest(size=5)),
        ({"page": 101, "per_page": 100}, PageRequest(size=100, offset=10_000)),
    ],
)
def test_a_request_says_where_and_how_much(arguments, expected):
    assert page_request(**arguments) == expected


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"first": 1, "last": 1}, ErrorCode.BAD_USER_INPUT),
        ({"first": 1, "page": 1}, ErrorCode.BAD_USER_INPUT),
        ({"after": "x", "page": 1}, ErrorCode.BAD_USER_INPUT),
        ({"before": "x", "per_page": 1}, ErrorCode.BAD_USER_INPUT),
        ({"last": 1, "per_page": 1}, ErrorCode.BAD_USER_INPUT),
        ({"first": -1}, ErrorCode.BAD_USER_INPUT),
        ({"last": -1}, ErrorCode.BAD_USER_INPUT),
        ({"page": 0}, ErrorCode.BAD_USER_INPUT),
        ({"per_page": 0}, ErrorCode.BAD_USER_INPUT),
        ({"first": 101}, ErrorCode.PAGE_SIZE_TOO_LARGE),
        ({"last": 101}, ErrorCode.PAGE_SIZE_TOO_LARGE),
        ({"per_page": 101}, ErrorCode.PAGE_SIZE_TOO_LARGE),
        ({"page": 102, "per_page": 100}, ErrorCode.OFFSET_TOO_LARGE),
        ({"page": 2**31 - 1}, ErrorCode.OFFSET_TOO_LARGE),
    ],
)
def test_a_contradiction_or_an_excess_is_refused(arguments, code):
    with pytest.raises(ApiError) as caught:
        page_request(**arguments)

    assert caught.value.code == code


def test_the_limits_are_settings(settings):
    settings.GRAPHQL_DEFAULT_PAGE_SIZE = 7
    settings.GRAPHQL_MAX_PAGE_SIZE = 8

    assert page_request().size == 7
    with pytest.raises(ApiError) as caught:
        page_request(first=9)
    assert caught.value.details == {"maximum": 8}

"""Dates are taken only where they are unmistakable."""

from datetime import UTC, datetime

import pytest
from graphql import GraphQLError

from graphql_api.scalars import DateTime


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-01-31T09:30:00Z", datetime(2026, 1, 31, 9, 30, tzinfo=UTC)),
        ("2026-01-31t09:30:00.5z", datetime(2026, 1, 31, 9, 30, 0, 500_000, tzinfo=UTC)),
        ("2026-01-31T10:30:00+01:00", datetime(2026, 1, 31, 9, 30, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_in_utc(written, meant):
    assert DateTime.parse_value(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        "2026-01-31",
        "2026-01-31T09:30:00",
        "2026-02-31T09:30:00Z",
        "0001-01-01T00:00:00+23:59",
        "20260131T093000Z",
        "now",
        "",
        1769851800,
        None,
    ],
)
def test_anything_else_is_refused(written):
    with pytest.raises(GraphQLError):
        DateTime.parse_value(written)


def test_a_moment_is_written_in_utc():
    assert (
        DateTime.serialize(datetime(2026, 1, 31, 9, 30, tzinfo=UTC))
        == "2026-01-31T09:30:00.000000Z"
    )

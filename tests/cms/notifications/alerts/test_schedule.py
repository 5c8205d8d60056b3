"""When digests are written."""

from datetime import datetime

import pytest

from cms.notifications.alerts.schedule import last_boundary


def at(text):
    return datetime.fromisoformat(text)


# 2026-11-23 is a Monday.
@pytest.mark.parametrize(
    ("now", "weekly", "boundary"),
    [
        ("2026-11-25T12:00:00+00:00", False, "2026-11-25T07:00:00+00:00"),
        ("2026-11-25T07:00:00+00:00", False, "2026-11-25T07:00:00+00:00"),
        ("2026-11-25T06:59:59+00:00", False, "2026-11-24T07:00:00+00:00"),
        ("2026-11-25T12:00:00+00:00", True, "2026-11-23T07:00:00+00:00"),
        ("2026-11-23T06:00:00+00:00", True, "2026-11-16T07:00:00+00:00"),
        ("2026-11-22T23:00:00+00:00", True, "2026-11-16T07:00:00+00:00"),
    ],
)
def test_the_boundary_is_the_last_one_passed(now, weekly, boundary):
    assert last_boundary(at(now), hour=7, weekly=weekly) == at(boundary)

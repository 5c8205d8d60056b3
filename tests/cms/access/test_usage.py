"""Every request of a key is counted on its day."""

import pytest

from cms.access.models import ApiKey
from cms.access.usage import count_refusal, count_request, usage_by_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def key():
    key = ApiKey(name="Partner")
    key.issue()
    key.save()
    return key


def test_requests_are_numbered_by_day(key):
    assert [count_request(key) for _ in range(3)] == [1, 2, 3]


def test_refusals_are_counted_apart(key):
    count_request(key)
    count_refusal(key)

    assert [(row["requests"], row["refused"]) for row in usage_by_day(key)] == [(1, 1)]


def test_the_last_use_is_kept(key):
    count_request(key)
    key.refresh_from_db()

    assert key.last_used_at is not None

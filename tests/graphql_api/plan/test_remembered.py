"""Until when what is remembered holds is asked once for each content version."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from graphql_api.plan.entries.remembered import Remembered

LATER = datetime(2199, 1, 1, tzinfo=UTC)


def test_nothing_is_known_of_a_version_that_nothing_is_remembered_of():
    kept = Remembered(2)
    kept.put("a", 1, "x", LATER)

    assert kept.until(2) == (False, None)


def test_when_the_next_entry_expires_is_known_with_the_first_value():
    kept = Remembered(2)
    kept.put("a", 1, "x", LATER)

    assert kept.until(1) == (True, LATER)


def test_that_no_entry_expires_is_known_too():
    kept = Remembered(2)
    kept.put("a", 1, "x", None)

    assert kept.until(1) == (True, None)


def test_once_an_entry_has_expired_it_is_asked_for_again():
    kept = Remembered(2)
    kept.put("a", 1, "x", timezone.now() - timedelta(seconds=1))

    assert kept.until(1) == (False, None)

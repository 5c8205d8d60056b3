"""What is remembered is given out at its own version, and until the next entry expires."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from graphql_api.plan.entries.remembered import Remembered

LATER = datetime(2199, 1, 1, tzinfo=UTC)


def test_a_value_is_known_at_its_version_alone():
    kept = Remembered(2)
    kept.put("a", 1, "x", LATER)

    assert (kept.get("a", 1), kept.get("a", 2)) == ("x", None)


def test_another_version_forgets_those_of_before():
    kept = Remembered(2)
    kept.put("a", 1, "x", LATER)
    kept.put("b", 2, "y", LATER)

    assert (kept.get("a", 1), kept.get("a", 2), kept.get("b", 2)) == (None, None, "y")


def test_nothing_is_known_once_an_entry_has_expired():
    kept = Remembered(2)
    kept.put("a", 1, "x", timezone.now() - timedelta(seconds=1))

    assert kept.get("a", 1) is None


def test_so_many_values_are_kept_and_no_more():
    kept = Remembered(2)
    for name in "abc":
        kept.put(name, 1, name, None)

    assert [kept.get(name, 1) for name in "abc"] == [None, "b", "c"]

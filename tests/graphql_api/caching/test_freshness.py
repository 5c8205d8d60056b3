"""What is published is noticed within the interval, and no more is forgotten than must be."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from cms.publishing.models import ContentVersion
from graphql_api.caching.freshness import Change, FreshnessWatcher, next_expiry
from knowledge.models import PublishedEntry
from tests.factories import entries, pages, terms

pytestmark = pytest.mark.django_db


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def watched(clock):
    """A watcher that knows the present version, and the changes it has told since."""
    changes: list[Change] = []
    watcher = FreshnessWatcher(changes.append, interval=1.0, clock=clock)
    watcher.current()
    changes.clear()
    return watcher, changes


def test_a_publication_names_its_entry_and_its_kind(clock):
    draft = entries.question()
    changes: list[Change] = []
    watcher = FreshnessWatcher(changes.append, clock=clock)
    watcher.current()
    changes.clear()

    entry = entries.published(draft)
    clock.now += 1

    watcher.current()
    wanted = {f"e{entry.pk}", f"s{entry.translation_key.hex}", "interview-question"}
    assert changes == [Change(tags=frozenset(wanted))]


def test_nothing_is_asked_twice_within_the_interval(watched, clock, django_assert_num_queries):
    watcher, _ = watched
    clock.now += 0.9
    with django_assert_num_queries(0):
        watcher.current()


def test_an_unchanged_version_costs_one_statement(watched, clock, django_assert_num_queries):
    watcher, changes = watched
    clock.now += 1
    with django_assert_num_queries(1):
        watcher.current()
    assert changes == []


def test_a_changed_term_forgets_everything(watched, clock):
    watcher, changes = watched
    terms.technology("rust")
    clock.now += 1

    watcher.current()

    assert changes == [Change(everything=True)]


def test_an_expiry_forgets_everything_without_any_new_version(clock):
    entry = entries.published(entries.question(expire_at=timezone.now() + timedelta(hours=1)))
    changes: list[Change] = []
    watcher = FreshnessWatcher(changes.append, clock=clock)
    watcher.current()
    changes.clear()

    PublishedEntry.objects.filter(pk=entry.pk).update(expires_at=timezone.now())
    watcher._next_expiry = timezone.now()
    clock.now += 1
    watcher.current()

    assert changes == [Change(everything=True)]


def test_a_version_that_went_back_forgets_everything(watched, clock):
    watcher, changes = watched
    terms.technology("rust")
    clock.now += 1
    watcher.current()
    changes.clear()

    ContentVersion.objects.update(number=0)
    clock.now += 1
    watcher.current()

    assert changes == [Change(everything=True)]


@pytest.mark.parametrize("make", [pages.quote, pages.home])
def test_the_next_expiry_may_be_that_of_a_page_or_a_quote(make):
    now = timezone.now()
    entries.published(entries.question(expire_at=now + timedelta(hours=2)))
    make(expire_at=now + timedelta(hours=1))

    assert next_expiry(now) == now + timedelta(hours=1)


def test_workers_give_one_state_one_name(watched, clock):
    watcher, _ = watched
    other = FreshnessWatcher(lambda change: None, clock=clock)
    before = watcher.current()

    assert other.current() == before
    entries.published(entries.question())
    clock.now += 1
    assert watcher.current() == other.current() != before


def test_a_database_that_does_not_answer_makes_the_state_unknown(watched, clock, monkeypatch):
    watcher, changes = watched
    state = watcher.current()

    def fail() -> int:
        raise OperationalError

    monkeypatch.setattr(ContentVersion, "current", fail)
    clock.now += 1
    assert watcher.current() == state
    clock.now += 0.8
    assert watcher.current() is None
    monkeypatch.undo()
    clock.now += 1
    assert watcher.current() == state
    assert changes == []

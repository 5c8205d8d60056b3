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


@pytest.fixture
def left_aside() -> list:
    """Looks that were left to be made beside the requests."""
    return []


@pytest.fixture
def beside(clock, left_aside):
    """A watcher that knows the present version, and leaves its looks aside."""
    changes: list[Change] = []

    def leave(look):
        left_aside.append(look)
        return True

    watcher = FreshnessWatcher(changes.append, interval=1.0, clock=clock, aside=leave)
    watcher.current()
    changes.clear()
    return watcher, changes


def test_nobody_of_many_waits_for_a_look(beside, clock, left_aside, django_assert_num_queries):
    watcher, _ = beside
    known = watcher.state
    terms.technology()
    clock.now += 1.1

    with django_assert_num_queries(0):
        assert watcher.current() == known
    assert len(left_aside) == 1


def test_a_look_aside_forgets_what_a_look_forgets(beside, clock, left_aside):
    watcher, changes = beside
    known = watcher.state
    terms.technology()
    clock.now += 1.1
    watcher.current()

    left_aside.pop()()

    assert changes == [Change(everything=True)]
    assert watcher.current() != known


def test_one_look_is_made_at_a_time(beside, clock, left_aside):
    watcher, _ = beside
    clock.now += 1.1
    watcher.current()
    clock.now += 0.05

    watcher.current()

    assert len(left_aside) == 1


def test_after_a_look_aside_there_is_another(beside, clock, left_aside):
    watcher, _ = beside
    for _ in range(3):
        clock.now += 1.1
        watcher.current()
        left_aside[-1]()

    assert len(left_aside) == 3


def test_who_asks_when_few_do_waits_for_the_look(beside, clock, left_aside):
    watcher, changes = beside
    terms.technology()
    clock.now += 1.3

    watcher.current()

    assert left_aside == []
    assert changes == [Change(everything=True)]


def test_a_state_that_no_look_confirms_is_not_known_for_long(beside, clock, left_aside):
    watcher, _ = beside
    clock.now += 1.1
    watcher.current()
    clock.now += 0.8

    assert watcher.current() is None


def test_a_fault_of_a_look_aside_is_logged_and_another_is_made(
    beside, clock, left_aside, monkeypatch, caplog
):
    watcher, _ = beside
    clock.now += 1.1
    watcher.current()
    monkeypatch.setattr(ContentVersion, "current", lambda: 1 / 0)

    left_aside.pop()()
    monkeypatch.undo()
    clock.now += 1.1

    assert "What has changed could not be read." in caplog.text
    assert watcher.current() is not None


def test_a_process_that_ends_looks_by_itself(clock):
    def refuse(look):
        raise RuntimeError

    changes: list[Change] = []
    watcher = FreshnessWatcher(changes.append, interval=1.0, clock=clock, aside=refuse)
    watcher.current()
    changes.clear()
    terms.technology()
    clock.now += 1.1

    watcher.current()

    assert changes == [Change(everything=True)]

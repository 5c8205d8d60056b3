"""A reader counts once a day, and cannot be told from the numbers."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from cms.publishing.models import ContentVersion
from knowledge.counters import recording
from knowledge.counters.actions import record
from knowledge.counters.batching import Batch
from knowledge.counters.models import DailyCount, DailySalt, EntryTotal, ReaderMark
from knowledge.counters.reading import Counts, counts_for, with_counts
from knowledge.counters.recording import sighting, store
from knowledge.models import Entry, PublishedEntry
from tests.factories import entries

pytestmark = pytest.mark.django_db

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def _fresh_salt():
    recording._salts.clear()


@pytest.fixture
def entry():
    return entries.published(entries.question())


def see(entry, action="views", address="198.51.100.7", user_agent=BROWSER):
    return record(code=entry.code, action=action, address=address, user_agent=user_agent)


def counts(entry) -> Counts:
    return counts_for([entry.translation_key])[entry.translation_key]


def test_a_view_and_a_use_are_counted(entry):
    see(entry)
    see(entry, "uses")

    assert counts(entry) == Counts(view_count=1, uses_this_week=1)


def test_a_reader_counts_once_a_day(entry):
    for _ in range(5):
        see(entry)

    assert counts(entry).view_count == 1


def test_two_readers_count_twice(entry):
    see(entry)
    see(entry, address="198.51.100.8")
    see(entry, user_agent=BROWSER + " other")

    assert counts(entry).view_count == 3


def test_a_reader_counts_again_the_next_day(entry, monkeypatch):
    see(entry)
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(recording.timezone, "now", lambda: tomorrow)
    see(entry)

    assert counts(entry).view_count == 2


@pytest.mark.parametrize(
    "user_agent",
    [
        "",
        "  ",
        "Googlebot/2.1 (+http://www.google.com/bot.html)",
        "curl/8.5.0",
        "python-requests/2.32",
        "Mozilla/5.0 HeadlessChrome/120.0",
        "node",
    ],
)
def test_programs_are_not_counted_and_not_told(entry, user_agent):
    assert see(entry, user_agent=user_agent) is True
    assert counts(entry) == Counts()


def test_only_published_entries_are_counted():
    draft = entries.question()

    assert see(draft) is False
    assert EntryTotal.objects.count() == 0


def test_the_week_rolls(entry):
    today = timezone.now().date()
    for days, uses in ((0, 1), (6, 10), (7, 100)):
        DailyCount.objects.create(
            translation_key=entry.translation_key, day=today - timedelta(days=days), uses=uses
        )
    EntryTotal.objects.create(pk=entry.translation_key, uses=111)

    assert counts(entry).uses_this_week == 11


def test_translations_share_their_counts(entry, german):
    copy = entry.copy_for_translation(german)
    copy.slug = "auf-deutsch"
    copy.save()
    copy = entries.published(copy)
    see(copy)

    assert counts(entry).view_count == 1


def test_counts_of_many_take_one_statement(django_assert_num_queries):
    made = [entries.published(entries.question(slug=f"s-{n}")) for n in range(3)]
    for entry in made:
        see(entry)

    with django_assert_num_queries(1):
        found = counts_for([entry.translation_key for entry in made])
    assert [count.view_count for count in found.values()] == [1, 1, 1]


def test_a_listing_can_be_ordered_by_counts(entry):
    other = entries.published(entries.question(slug="other"))
    see(other, "uses")
    see(other)

    rows = with_counts(Entry.objects.all()).order_by("-view_count")
    assert [(row.pk, row.view_count, row.uses_this_week) for row in rows] == [
        (other.pk, 1, 1),
        (entry.pk, 0, 0),
    ]


def test_counting_changes_nothing_of_the_content(entry):
    version = ContentVersion.current()
    before = PublishedEntry.objects.values().get()
    revisions = entry.revisions.count()
    see(entry)
    see(entry, "uses")

    # Views stand beside the document, and are no part of it.
    assert PublishedEntry.objects.values().get() == {**before, "views": 1}
    assert ContentVersion.current() == version
    assert entry.revisions.count() == revisions


def test_nothing_stored_names_the_reader(entry):
    see(entry)

    stored = str([*ReaderMark.objects.values(), *DailyCount.objects.values()])
    assert "198.51" not in stored
    assert "Firefox" not in stored


def test_marks_of_one_reader_on_two_entries_do_not_match(entry):
    other = entries.published(entries.question(slug="other"))
    digests = {
        sighting(one.translation_key, "views", address="a", user_agent="b").digest
        for one in (entry, other)
    }

    assert len(digests) == 2


def test_salts_and_marks_are_forgotten_when_their_day_is_over(entry):
    old = date(2020, 1, 1)
    DailySalt.objects.create(day=old, salt="x")
    ReaderMark.objects.create(day=old, digest="0" * 32)

    see(entry)

    assert not DailySalt.objects.filter(day=old).exists()
    assert not ReaderMark.objects.filter(day=old).exists()


def test_a_batch_waits_in_memory_and_is_written_together(entry, settings, monkeypatch):
    settings.COUNTERS_FLUSH_SECONDS = 60
    batch = Batch()
    monkeypatch.setattr(threading.Thread, "start", lambda thread: None)
    for number in range(3):
        batch.add(sighting(entry.translation_key, "views", address=str(number), user_agent=BROWSER))
    assert counts(entry).view_count == 0

    assert batch.flush() == 3
    assert counts(entry).view_count == 3


def test_more_sightings_than_one_statement_takes(entry):
    seen = [
        sighting(entry.translation_key, "views", address=str(number), user_agent=BROWSER)
        for number in range(2500)
    ]

    assert store(seen) == 2500
    assert store(seen) == 0
    assert counts(entry).view_count == 2500


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_processes_beside_each_other_count_each_reader_once():
    key = recording.UUID(int=7)
    seen = [sighting(key, "views", address=str(n), user_agent=BROWSER) for n in range(50)]
    start = threading.Barrier(4)
    totals = []

    def work():
        start.wait()
        totals.append(store(seen))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(totals) == 50
    assert EntryTotal.objects.get().views == 50

"""The views beside published entries are the totals, whoever writes first."""

import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from cms.publishing import rebuilding
from cms.publishing.bulk import publish_new
from cms.publishing.models import ContentVersion, PublicationEvent
from knowledge.counters import recording
from knowledge.counters.models import EntryTotal
from knowledge.counters.recording import Sighting, store
from knowledge.models import InterviewQuestion, PublishedEntry
from tests.factories import entries, terms
from tests.factories.translations import translated

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_salt():
    recording._salts.clear()


@pytest.fixture
def entry():
    return entries.published(entries.question())


def seen(*viewed, action="views", times=1) -> list[Sighting]:
    today = recording.timezone.now().date()
    return [
        Sighting(today, f"{action} {entry.pk} {number}", entry.translation_key, action)
        for entry in viewed
        for number in range(times)
    ]


def views(entry) -> int:
    return PublishedEntry.objects.get(pk=entry.pk).views


def drifts() -> list[str]:
    return [str(drift) for drift in rebuilding.check() if drift]


def test_a_view_is_counted_beside_the_entry_and_its_translations(entry, german):
    copy = translated(entry, german)
    other = entries.published(entries.question(slug="other"))
    store(seen(entry, times=3))

    assert (views(entry), views(copy), views(other)) == (3, 3, 0)


def test_a_use_is_no_view(entry):
    store(seen(entry, action="uses"))

    assert views(entry) == 0


def test_the_views_of_many_entries_are_written_in_one_statement(entry):
    others = [entries.published(entries.question(slug=f"s-{n}")) for n in range(4)]
    with CaptureQueriesContext(
        connection,
    ) as captured:
        store(seen(entry, *others))

    updates = [one for one in captured if one["sql"].startswith('UPDATE "knowledge_publishedentry')]
    assert len(updates) == 1
    assert list(PublishedEntry.objects.values_list("views", flat=True)) == [1] * 5


def test_counting_a_view_changes_nothing_else_of_the_read_model(entry):
    before = PublishedEntry.objects.values().get()
    version, events = ContentVersion.current(), PublicationEvent.objects.count()
    store(seen(entry))

    assert PublishedEntry.objects.values().get() == {**before, "views": 1}
    assert (ContentVersion.current(), PublicationEvent.objects.count()) == (version, events)


def test_publishing_again_keeps_the_views(entry):
    store(seen(entry, times=2))
    entry.title = "Another title"
    entries.published(entry)

    assert views(entry) == 2


def test_a_withdrawn_entry_has_its_views_when_it_returns(entry):
    store(seen(entry, times=2))
    entry.unpublish()
    entry.refresh_from_db()
    entries.published(entry)

    assert views(entry) == 2


def test_a_translation_takes_over_what_was_counted_before_it(entry, german):
    store(seen(entry, times=2))

    assert views(translated(entry, german)) == 2


def test_entries_published_together_take_over_what_was_counted():
    made = [
        InterviewQuestion(
            code=f"AAA-00{number}",
            title="How?",
            slug=f"how-{number}",
            technology=terms.technology(),
            category=terms.category(),
            level="MID",
            difficulty=5,
            short_answer="<p>So.</p>",
            sections=[("deep_dive", entries.prose("x"))],
            locale=Locale.get_default(),
        )
        for number in (1, 2)
    ]
    EntryTotal.objects.create(pk=made[1].translation_key, views=7)
    publish_new(made)

    assert [views(one) for one in made] == [0, 7]


def test_drift_is_named_and_mended_without_an_event(entry):
    store(seen(entry, times=2))
    PublishedEntry.objects.update(views=9)
    lost = entries.published(entries.question(slug="lost"))
    PublishedEntry.objects.filter(pk=lost.pk).update(views=1)
    version, events = ContentVersion.current(), PublicationEvent.objects.count()
    assert sorted(drifts()) == sorted(f"{one.KIND} {one.code} (en): views" for one in (entry, lost))
    with pytest.raises(CommandError, match="2 drifted"):
        call_command("rebuild_published", "--check")

    call_command("rebuild_published")

    assert (views(entry), views(lost)) == (2, 0)
    assert drifts() == []
    assert (ContentVersion.current(), PublicationEvent.objects.count()) == (version, events)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("translates", [True, False], ids=["a translation", "the entry again"])
def test_a_view_counted_while_an_entry_is_published_is_not_lost(german, translates):
    entry = entries.published(entries.question())
    store(seen(entry))

    def count():
        try:
            store(seen(entry, times=5))
        finally:
            connection.close()

    counting = threading.Thread(target=count)
    with transaction.atomic():
        if translates:
            published = translated(entry, german)
        else:
            entry.title = "Another title"
            published = entries.published(entry)
        counting.start()
        # As long as it would need, were it not kept waiting by the publication.
        counting.join(timeout=0.5)
    counting.join()

    assert EntryTotal.objects.get().views == 5
    assert views(published) == 5

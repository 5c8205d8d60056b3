"""The read model follows the live row, in the same transaction."""

from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Revision

from cms.publishing.bridge import store, synchronize
from cms.publishing.models import ContentVersion, PublicationEvent
from cms.publishing.record import IncompleteRecordError
from knowledge.models import InterviewQuestion, PublishedEntry
from tests.factories import entries, terms

pytestmark = pytest.mark.django_db


def actions() -> list[str]:
    return list(PublicationEvent.objects.values_list("action", flat=True))


@pytest.mark.parametrize("make", entries.ALL_KINDS)
def test_a_draft_has_no_document(make):
    make().save_revision()

    assert PublishedEntry.objects.count() == 0
    assert actions() == []


@pytest.mark.parametrize("make", entries.ALL_KINDS)
def test_publishing_stores_a_document_and_an_event(make):
    entry = entries.published(make())

    document = PublishedEntry.objects.get(pk=entry.pk)
    assert document.card["title"] == entry.title
    assert document.code == entry.code
    assert actions() == ["PUBLISHED"]


def test_a_newer_draft_changes_nothing_public():
    entry = entries.published(entries.question())
    before = ContentVersion.current()

    entry.title = "CANARY"
    entry.save_revision()

    assert PublishedEntry.objects.get().card["title"] == "How does dependency injection work?"
    assert ContentVersion.current() == before


def test_publishing_the_draft_updates_the_document():
    entry = entries.published(entries.question())
    entry.title = "How is it injected?"
    entry = entries.published(entry)

    assert PublishedEntry.objects.get().card["title"] == "How is it injected?"
    assert actions() == ["PUBLISHED", "UPDATED"]


def test_publishing_the_same_content_again_logs_nothing():
    entry = entries.published(entries.question())
    entries.published(entry)

    assert actions() == ["PUBLISHED"]


def test_unpublishing_removes_the_document():
    entry = entries.published(entries.question())
    entry.unpublish()

    assert PublishedEntry.objects.count() == 0
    assert actions() == ["PUBLISHED", "UNPUBLISHED"]


def test_deleting_removes_the_document():
    entry = entries.published(entries.question())
    entry.delete()

    assert PublishedEntry.objects.count() == 0
    assert actions() == ["PUBLISHED", "DELETED"]


def test_an_incomplete_draft_is_not_published():
    entry = entries.question(short_answer="", category=None)
    entry.category = None
    with pytest.raises(IncompleteRecordError) as caught:
        entry.save_revision().publish()

    assert set(caught.value.message_dict) == {"category", "short_answer"}
    assert PublishedEntry.objects.count() == 0
    assert not InterviewQuestion.objects.get().live


def test_what_was_checked_is_what_is_published():
    revision = entries.question().save_revision()

    with patch.object(Revision, "as_object", autospec=True, side_effect=Revision.as_object) as made:
        revision.publish()

    assert made.call_count == 1
    assert revision.as_object() is not revision.as_object()


def test_a_former_slug_is_kept_after_a_change():
    entry = entries.published(entries.question(slug="old"))
    entry.slug = "new"
    entries.published(entry)

    assert ("former_slug", "old") in PublishedEntry.objects.get().stored_terms()


def test_a_link_appears_when_its_target_is_published():
    target = entries.debug_entry(area="DB")
    body = [("markdown", f"see [the fix](entry:{target.code})")]
    entry = entries.published(entries.question(sections=[("deep_dive", body)]))
    assert "data-entry" not in PublishedEntry.objects.get(pk=entry.pk).body["sections"][0]["html"]

    entries.published(target)

    html = PublishedEntry.objects.get(pk=entry.pk).body["sections"][0]["html"]
    assert f'href="/errors/{target.slug}"' in html


def test_a_publication_leaves_the_stamp_of_everything_else():
    entries.published(entries.question())
    before = ContentVersion.objects.get()
    entries.published(entries.question(title="Another"))
    after = ContentVersion.objects.get()

    assert after.stamp != before.stamp
    assert after.surroundings == before.surroundings


def test_a_changed_term_changes_the_stamp_of_everything_else():
    technology = terms.technology("go")
    before = ContentVersion.objects.get()
    technology.save()

    assert ContentVersion.objects.get().surroundings != before.surroundings


def written(queries) -> str:
    """The one statement that changed the document."""
    [sql] = [one["sql"] for one in queries if 'UPDATE "knowledge_publishedentry"' in one["sql"]]
    return sql.partition(" WHERE ")[0]


def test_texts_that_are_what_they_were_are_not_written():
    entry = entries.published(entries.question())
    entry.title = "How is it injected?"

    with CaptureQueriesContext(connection) as queries:
        entries.published(entry)

    columns = {field.column for field in PublishedEntry._meta.concrete_fields}
    assert {name for name in columns if f'"{name}" = ' in written(queries)} == {
        "card",
        "content_hash",
        "outline",
        "title_key",
        "updated_at",
        "version",
    }
    assert PublishedEntry.objects.get().title_key == "how is it injected?"


def test_another_order_of_keys_is_written():
    entry = entries.published(entries.question())
    published = PublishedEntry.objects.get()
    card = published.card
    published.card = dict(reversed(card.items()))
    published.save()

    synchronize(InterviewQuestion.objects.get(pk=entry.pk))

    assert list(PublishedEntry.objects.get().card) == list(card)


def test_a_document_that_is_not_what_was_read_is_written_whole():
    entry = entries.published(entries.question())
    read = PublishedEntry.objects.get()
    read.version -= 1
    read.slug = "what-was-read"
    entry = InterviewQuestion.objects.get(pk=entry.pk)
    PublishedEntry.objects.update(slug="what-another-wrote", views=7)

    store(entry, entry.render_document(), ContentVersion.advance(), read)

    assert PublishedEntry.objects.get().slug == entry.slug

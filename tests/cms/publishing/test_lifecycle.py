"""Schedules, expiry, restoring and deletion reach the public through the same bridge."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from cms.publishing.models import ContentVersion, EmbeddedReference, PublicationEvent
from knowledge.models import InterviewQuestion, PublishedEntry
from tests.factories import entries, terms

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def actions() -> list[str]:
    return list(PublicationEvent.objects.values_list("action", flat=True))


def test_a_scheduled_draft_is_public_only_after_the_scheduler_ran():
    entry = entries.question(go_live_at=timezone.now() + HOUR)
    revision = entry.save_revision()
    revision.publish()
    assert PublishedEntry.objects.count() == 0

    revision.refresh_from_db()
    revision.approved_go_live_at = timezone.now() - HOUR
    revision.content["go_live_at"] = (timezone.now() - HOUR).isoformat()
    revision.save()
    call_command("publish_scheduled")

    assert PublishedEntry.objects.count() == 1
    assert actions() == ["PUBLISHED"]


def test_an_expired_document_is_invisible_before_the_scheduler_ran():
    entry = entries.published(entries.question(expire_at=timezone.now() + HOUR))
    assert PublishedEntry.objects.visible().count() == 1

    PublishedEntry.objects.filter(pk=entry.pk).update(expires_at=timezone.now() - HOUR)

    assert PublishedEntry.objects.visible().count() == 0


def test_the_scheduler_removes_an_expired_document():
    entry = entries.published(entries.question(expire_at=timezone.now() + HOUR))
    InterviewQuestion.objects.filter(pk=entry.pk).update(expire_at=timezone.now() - HOUR)

    call_command("publish_scheduled")

    assert PublishedEntry.objects.count() == 0
    assert actions() == ["PUBLISHED", "UNPUBLISHED"]
    assert InterviewQuestion.objects.get().expired


def test_a_scheduled_draft_that_became_impossible_does_not_keep_others_waiting(caplog):
    impossible, possible = entries.question(), entries.question()
    for entry in (impossible, possible):
        revision = entry.save_revision()
        revision.approved_go_live_at = timezone.now() - HOUR
        if entry is impossible:
            revision.content["short_answer"] = ""
            revision.approved_go_live_at -= HOUR
        revision.save()

    call_command("publish_scheduled")

    assert list(PublishedEntry.objects.values_list("pk", flat=True)) == [possible.pk]
    assert f"Not published as scheduled: {impossible}: Write the model answer." in caplog.text


def test_restoring_an_older_revision_restores_its_document():
    entry = entries.question(title="First")
    first = entry.save_revision()
    first.publish()
    entry = InterviewQuestion.objects.get()
    entry.title = "Second"
    entry.save_revision().publish()
    assert PublishedEntry.objects.get().card["title"] == "Second"

    first.publish()

    assert PublishedEntry.objects.get().card["title"] == "First"


def test_code_that_saves_a_live_row_is_followed():
    entry = entries.published(entries.question())
    entry.difficulty = 7
    entry.save()

    assert PublishedEntry.objects.get().difficulty == 7


def test_code_that_saves_one_field_of_a_live_row_is_followed():
    entry = entries.published(entries.question())
    entry.title = "In memory only"
    entry.difficulty = 8
    entry.save(update_fields=["difficulty"])

    document = PublishedEntry.objects.get()
    assert document.difficulty == 8
    assert document.card["title"] == "How does dependency injection work?"


def test_a_rolled_back_publication_leaves_no_trace():
    entry = entries.question()
    revision = entry.save_revision()
    before = ContentVersion.current()

    def publish_and_fail() -> None:
        with transaction.atomic():
            revision.publish()
            raise RuntimeError("the process dies here")

    with pytest.raises(RuntimeError, match="dies here"):
        publish_and_fail()

    assert PublishedEntry.objects.count() == 0
    assert PublicationEvent.objects.count() == 0
    assert ContentVersion.current() == before


def test_queryset_delete_withdraws_documents():
    entries.published(entries.question())
    InterviewQuestion.objects.all().delete()

    assert PublishedEntry.objects.count() == 0
    assert actions() == ["PUBLISHED", "DELETED"]
    assert EmbeddedReference.objects.count() == 0


def test_a_deleted_target_leaves_the_documents_that_pointed_at_it():
    target = entries.published(entries.question(title="Target"))
    entry = entries.question(title="Source")
    entry.relations.create(target=target, relation="SEE_ALSO")
    entry.save()
    entry = entries.published(entry)
    assert PublishedEntry.objects.get(pk=entry.pk).body["related"] == [
        {"relation": "SEE_ALSO", "entryKey": target.translation_key.hex}
    ]

    target.delete()

    assert PublishedEntry.objects.get(pk=entry.pk).body["related"] == []


def test_sequence_numbers_of_events_grow():
    for _ in range(3):
        entries.published(entries.question())

    sequences = list(PublicationEvent.objects.values_list("sequence", flat=True))
    assert sequences == sorted(set(sequences))
    assert sequences[-1] <= ContentVersion.current()


def test_a_changed_term_advances_the_content_version_without_an_event():
    technology = terms.technology()
    before = ContentVersion.current()

    technology.name = "FastAPI 2"
    technology.save()

    assert ContentVersion.current() == before + 1
    assert PublicationEvent.objects.count() == 0


def test_parental_many_to_many_edits_stay_in_the_draft():
    entry = entries.published(entries.question(topics=[terms.topic("http")]))
    entry.topics = [terms.topic("rest")]
    revision = entry.save_revision()
    assert PublishedEntry.objects.get().card["topicKeys"] == [
        terms.topic("http").translation_key.hex
    ]

    revision.publish()

    assert PublishedEntry.objects.get().card["topicKeys"] == [
        terms.topic("rest").translation_key.hex
    ]

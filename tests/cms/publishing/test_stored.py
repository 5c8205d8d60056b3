"""What publication reads of a record, and what it answers from that."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.models import Revision, Task, Workflow, WorkflowTask

from cms.publishing.models import ContentVersion
from cms.publishing.stored import stored_of
from knowledge.models import InterviewQuestion, PublishedEntry
from knowledge.search import indexing
from tests.factories import entries

pytestmark = pytest.mark.django_db


def test_publishing_a_changed_question_takes_few_statements():
    entry = entries.published(entries.question())
    entry.title = "How is it injected?"
    revision = Revision.objects.get(pk=entry.save_revision().pk)
    assert revision.content_object.latest_revision == revision

    with CaptureQueriesContext(connection) as queries:
        revision.publish()

    assert len(queries) == 39


@pytest.mark.parametrize("make", entries.ALL_KINDS)
def test_a_record_is_read_in_one_statement(make, django_assert_num_queries):
    entry = make()
    stored_of(entry)

    with django_assert_num_queries(1):
        found = stored_of(entry)
        shown = [getattr(found.named, name) for name in entry.RELATIONS_SHOWN]
        assert str(found.named) == str(entry)
        assert shown == [getattr(entry, name) for name in entry.RELATIONS_SHOWN]


def test_what_is_read_of_a_relation_is_what_it_holds(django_assert_num_queries):
    entry = entries.question()

    named = stored_of(entry).named

    with django_assert_num_queries(0):
        assert named.category.translation_key == entry.category.translation_key


def test_what_a_record_does_not_refer_to_is_none():
    entry = entries.design_note(technology=None)
    InterviewQuestion.objects.all().delete()

    assert stored_of(entry).named.technology is None


def test_a_record_without_a_row_is_none():
    entry = entries.question()
    InterviewQuestion.objects.get(pk=entry.pk).delete()

    assert stored_of(entry) is None


def test_the_last_two_revisions_are_known():
    entry = entries.question()
    first, second, third = (entry.save_revision().pk for _ in range(3))

    assert first < second
    assert stored_of(entry).newest == (third, second)


def test_two_records_are_not_mixed_up():
    one, other = entries.question(title="One?"), entries.question(title="Another?")
    revision = other.save_revision()

    assert (stored_of(one).named.title, stored_of(one).newest) == ("One?", ())
    assert (stored_of(other).named.title, stored_of(other).newest) == ("Another?", (revision.pk,))


def test_what_another_technology_was_chosen_for_is_read_for_it():
    entry = entries.published(entries.question())
    other = entries.debug_entry().technology
    entry.technology = other

    entries.published(entry)

    assert PublishedEntry.objects.get(pk=entry.pk).technology == other.translation_key


def test_an_older_revision_leaves_the_newer_draft_to_publish():
    entry = entries.question()
    older = entry.save_revision()
    entry.save_revision()

    older.publish()

    assert InterviewQuestion.objects.get().has_unpublished_changes is True


def test_the_latest_revision_leaves_nothing_to_publish():
    entry = entries.question()
    entry.save_revision()

    entry.save_revision().publish()

    assert InterviewQuestion.objects.get().has_unpublished_changes is False


def test_publication_ends_a_workflow():
    workflow = Workflow.objects.create(name="Review")
    WorkflowTask.objects.create(
        workflow=workflow, task=Task.objects.create(name="Read"), sort_order=0
    )
    entry = entries.question()
    revision = entry.save_revision()
    state = workflow.start(entry, None)
    assert stored_of(entry).is_in_workflow is True

    revision.publish()

    state.refresh_from_db()
    assert state.status == state.STATUS_CANCELLED
    assert stored_of(entry).is_in_workflow is False


def test_a_published_revision_answers_by_itself_again():
    revision = entries.question().save_revision()

    revision.publish()

    assert not {"as_object", "get_previous", "is_latest_revision"} & vars(revision).keys()


def test_a_publication_that_fails_inside_leaves_the_transaction_around_it(monkeypatch):
    entry = entries.published(entries.question())
    entry.title = "How is it injected?"
    revision = entry.save_revision()
    version = ContentVersion.current()

    def fail(*_):
        raise ValidationError("No.")

    monkeypatch.setattr(indexing, "index", fail)
    with transaction.atomic():
        with pytest.raises(ValidationError):
            revision.publish()
        title = InterviewQuestion.objects.get().title

    assert title == "How does dependency injection work?"
    assert PublishedEntry.objects.get().card["title"] == title
    assert ContentVersion.current() == version

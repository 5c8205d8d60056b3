"""Children are saved as modelcluster saves them, with fewer looks."""

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from cms.publishing.children import in_memory
from knowledge.models import EntryContributor, EntryRelation, InterviewQuestion
from tests.factories import entries, terms

pytestmark = pytest.mark.django_db


def looks(queries, table: str) -> int:
    return len([one for one in queries if f'FROM "{table}"' in one["sql"]])


def test_what_is_yet_to_be_saved_is_where_modelcluster_keeps_it():
    entry = entries.question()

    entry.relations = []
    entry.topics.set([])

    assert in_memory(entry) == {"relations": [], "topics": []}


def test_childless_tables_are_looked_at_once_and_together():
    revision = entries.question().save_revision()

    with CaptureQueriesContext(connection) as queries:
        revision.publish()

    tables = ["entryrelation", "entrycontributor", "entry_topics", "interviewquestion_roles"]
    assert [looks(queries, f"knowledge_{table}") for table in tables] == [1] * 4
    assert looks([one for one in queries if "EXISTS(" in one["sql"]], "knowledge_entryrelation")


def test_children_that_are_no_more_are_deleted():
    entry, target = entries.question(), entries.question()
    entry.relations = [EntryRelation(target=target)]
    entry.topics.set([terms.topic()])
    entry.save_revision().publish()
    entry = InterviewQuestion.objects.get(pk=entry.pk)
    entry.relations = []
    entry.topics.set([])

    entry.save_revision().publish()

    entry = InterviewQuestion.objects.get(pk=entry.pk)
    assert (entry.relations.count(), entry.topics.count()) == (0, 0)


def test_children_that_somebody_added_meanwhile_are_deleted():
    entry, target = entries.question(), entries.question()
    revision = entry.save_revision()
    EntryRelation.objects.create(entry=entry, target=target)

    revision.publish()

    assert EntryRelation.objects.count() == 0


def test_new_children_are_stored():
    entry = entries.question()
    entry.contributors = [EntryContributor(name="Ada")]
    topic = terms.topic()
    entry.topics.set([topic])

    entry.save_revision().publish()

    entry = InterviewQuestion.objects.get(pk=entry.pk)
    assert [one.name for one in entry.contributors.all()] == ["Ada"]
    assert list(entry.topics.all()) == [topic]


def test_a_saved_record_reads_its_children_from_the_database():
    entry = entries.question()
    entry.relations = []
    entry.contributors = [EntryContributor(name="Ada")]

    entry.save()

    assert in_memory(entry) == {}
    assert isinstance(entry.relations.all(), QuerySet)
    assert isinstance(entry.contributors.all(), QuerySet)


def test_a_part_that_is_saved_alone_looks_for_no_children():
    entry = entries.question()
    entry.relations = []

    with CaptureQueriesContext(connection) as queries:
        entry.save(update_fields=["title"])

    assert [one for one in queries if "EXISTS(" in one["sql"]] == []
    assert in_memory(entry) == {"relations": []}


def test_saved_children_are_not_read_for_the_index_of_references():
    entry, target = entries.question(), entries.question()
    entry.relations = [EntryRelation(target=target)]

    with CaptureQueriesContext(connection) as queries:
        entry.save()

    # modelcluster compares them with what is stored.
    assert looks(queries, "knowledge_entryrelation") == 1

"""What a record refers to is indexed when its row changes, and once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from knowledge.models import EntryRelation, InterviewQuestion
from tests.factories import entries, terms

pytestmark = pytest.mark.django_db


def test_a_draft_leaves_the_index_of_references_alone():
    technology = terms.technology("go")
    entry = entries.question()
    before = ReferenceIndex.get_references_for_object(entry).count()
    entry.technology = technology

    entry.save_revision()

    assert not ReferenceIndex.get_references_to(technology).exists()
    assert ReferenceIndex.get_references_for_object(entry).count() == before


def test_publication_indexes_what_the_entry_refers_to():
    technology = terms.technology("go")
    entry = entries.question()
    entry.technology = technology

    entry.save_revision().publish()

    assert ReferenceIndex.get_references_to(technology).count() == 1
    assert InterviewQuestion.objects.get().technology == technology


def test_relations_are_indexed_with_the_entry_in_one_look():
    entry, targets = entries.question(), [entries.question() for _ in range(3)]
    entry.relations = [EntryRelation(target=target) for target in targets]
    revision = entry.save_revision()

    with CaptureQueriesContext(connection) as queries:
        revision.publish()

    looks = [one for one in queries if 'FROM "wagtailcore_referenceindex"' in one["sql"]]
    assert len(looks) == 1
    for target in targets:
        assert ReferenceIndex.get_references_to(target).count() == 1


def test_a_relation_that_is_gone_is_in_the_index_no_more():
    entry, target = entries.question(), entries.question()
    entry.relations = [EntryRelation(target=target)]
    entry.save_revision().publish()
    entry = InterviewQuestion.objects.get(pk=entry.pk)
    entry.relations = []

    entry.save_revision().publish()

    assert not ReferenceIndex.get_references_to(target).exists()


def test_a_part_that_is_saved_alone_is_indexed_as_the_row_is():
    first, second = terms.technology("go"), terms.technology("rust")
    entry = entries.question(technology=first)
    entry.technology = second

    entry.title = "Another"
    entry.save(update_fields=["title"])

    assert ReferenceIndex.get_references_to(first).count() == 1
    assert not ReferenceIndex.get_references_to(second).exists()


def test_who_indexes_by_himself_is_left_to_it():
    technology = terms.technology("go")
    with disable_reference_index_auto_update():
        entries.question(technology=technology)
        entries.question(technology=technology)

    assert not ReferenceIndex.get_references_to(technology).exists()

"""Foreign keys looked at together say what they say when each is looked at alone."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from taggit.models import Tag

from cms.publishing.foreign_keys import all_exist, keys_to_validate
from knowledge.models import Category, EntryRelation, Technology
from tests.factories import entries, terms

pytestmark = pytest.mark.django_db

IDENTIFIER = Technology._meta.pk


def test_all_there():
    assert all_exist([(IDENTIFIER, terms.technology().pk), (IDENTIFIER, terms.technology("go").pk)])


def test_one_missing():
    assert not all_exist([(IDENTIFIER, terms.technology().pk), (IDENTIFIER, 0)])


def test_none_asked_for_takes_no_statement(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert all_exist([])


def test_many_take_one_statement(django_assert_num_queries):
    keys = [(IDENTIFIER, terms.technology(name).pk) for name in ("go", "php", "rust")]

    with django_assert_num_queries(1):
        assert all_exist(keys)


@pytest.mark.postgresql
def test_two_thousand_take_one_statement(django_assert_num_queries):
    Tag.objects.bulk_create(Tag(name=str(number), slug=str(number)) for number in range(2_000))
    keys = [(Tag._meta.pk, pk) for pk in Tag.objects.values_list("pk", flat=True)]

    with django_assert_num_queries(2):
        assert all_exist(keys)
        assert not all_exist([*keys, (Tag._meta.pk, 0)])


def test_keys_of_several_tables_are_looked_at_together(django_assert_num_queries):
    keys = [(IDENTIFIER, terms.technology().pk), (Category._meta.pk, terms.category().pk)]

    with django_assert_num_queries(2):
        assert all_exist(keys)
        assert not all_exist([*keys, (Category._meta.pk, 0)])


def test_what_is_left_out_or_null_is_not_looked_for():
    entry = entries.question()

    found = keys_to_validate(entry, {"technology"})

    assert found.keys() == {"locale", "content_type", "category"}


def test_a_draft_that_names_a_technology_that_is_gone_is_refused():
    entry = entries.question()
    entry.technology_id = 0

    with pytest.raises(ValidationError) as refused:
        entry.save_revision()

    assert refused.value.message_dict.keys() == {"technology"}


def test_a_draft_looks_for_no_key_alone():
    entry = entries.question()

    with CaptureQueriesContext(connection) as queries:
        entry.save_revision()

    assert [one for one in queries if one["sql"].startswith('SELECT 1 AS "a"')] == []


def test_a_revision_with_a_child_whose_target_is_gone_comes_without_the_child():
    entry, target = entries.question(), entries.question()
    entry.relations = [EntryRelation(target=target)]
    entry.save()
    revision = entry.save_revision()
    EntryRelation.objects.all().delete()
    target.delete()

    assert list(revision.as_object().relations.all()) == []


def test_a_revision_that_is_whole_comes_as_it_was():
    entry, target = entries.question(), entries.question()
    entry.relations = [EntryRelation(target=target)]
    entry.save()

    found = entry.save_revision().as_object()

    assert [one.target_id for one in found.relations.all()] == [target.pk]
    assert found.technology_id == entry.technology_id

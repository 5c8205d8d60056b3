"""One look tells whether an entry is alone; who is not is told what others have."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db.models import UniqueConstraint

from knowledge.models import Entry
from knowledge.models.rivals import UNIQUE_SETS
from tests.factories import entries

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", [Entry, *Entry.__subclasses__()])
def test_whatever_is_unique_is_looked_at(kind):
    constraints = [one for _, own in kind(pk=1).get_constraints() for one in own]
    checks, _ = kind(pk=1)._get_unique_checks()

    assert all(isinstance(one, UniqueConstraint) and not one.condition for one in constraints)
    found = {tuple(one.fields) for one in constraints} | {tuple(names) for _, names in checks}
    keys = {("id",), ("entry_ptr",)}
    assert found - keys == set(UNIQUE_SETS)


def test_an_entry_that_is_alone_is_found_to_be_in_one_statement(django_assert_num_queries):
    entry = entries.question()
    entries.question()

    with django_assert_num_queries(1):
        entry.validate_unique()
        entry.validate_constraints()


def test_another_with_the_same_slug_is_named():
    other, entry = entries.question(), entries.question()
    entry.slug = other.slug

    with pytest.raises(ValidationError) as refused:
        entry.full_clean()

    assert refused.value.messages == [
        "Entry with this Content type, Locale and Slug already exists."
    ]


def test_another_with_the_same_code_is_named():
    other, entry = entries.question(), entries.question()
    entry.code = other.code

    with pytest.raises(ValidationError) as refused:
        entry.full_clean()

    assert refused.value.messages == ["Entry with this Code and Locale already exists."]


def test_another_translation_in_the_same_language_is_named():
    other, entry = entries.question(), entries.question()
    entry.translation_key = other.translation_key

    with pytest.raises(ValidationError) as refused:
        entry.full_clean()

    assert refused.value.messages == ["Entry with this Translation key and Locale already exists."]


def test_the_same_slug_of_another_kind_is_no_rival():
    other, entry = entries.snippet(), entries.question()
    entry.slug = other.slug

    entry.full_clean()


def test_a_new_entry_is_looked_for_by_django():
    other = entries.question()
    entry = type(other)(title="A copy?", slug=other.slug, locale=other.locale)
    entry.translation_key = uuid.uuid4()

    with pytest.raises(ValidationError):
        entry.validate_constraints()


def test_what_was_found_of_one_slug_is_not_taken_for_another():
    other, entry = entries.question(), entries.question()
    entry.validate_unique()
    entry.slug = other.slug

    with pytest.raises(ValidationError):
        entry.validate_constraints()


def test_what_was_found_is_used_once(django_assert_num_queries):
    entry = entries.question()
    entry.validate_unique()
    entry.validate_constraints()

    with django_assert_num_queries(2):
        entry.validate_constraints()

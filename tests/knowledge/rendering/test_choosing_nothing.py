"""A block that names no entry asks for none."""

import pytest

from knowledge.blocks.choosers import EntryChooserBlock
from tests.factories import entries

pytestmark = pytest.mark.django_db


def test_nothing_chosen_takes_no_statement(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert EntryChooserBlock().bulk_to_python([None, None]) == [None, None]


def test_what_is_chosen_stands_in_its_place():
    entry = entries.question()

    found = EntryChooserBlock().bulk_to_python([None, entry.pk])

    assert [one and one.pk for one in found] == [None, entry.pk]

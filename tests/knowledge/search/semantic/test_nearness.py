"""Every vector is compared, and what is held in memory is what is stored."""

import pytest

from knowledge.models import SearchVector
from knowledge.search.semantic import vectors
from knowledge.search.semantic.nearness import VectorMatrix
from knowledge.search.term_statistics import statistics
from tests.factories import entries

pytestmark = [pytest.mark.semantic, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def vectors_on(settings):
    settings.SEMANTIC_SEARCH = True


def change() -> int:
    return statistics((), vectors.CHANGES).totals.get(vectors.CHANGES, 0)


def titled(title: str):
    return entries.published(entries.question(title=title))


def test_the_nearest_comes_first():
    far = titled("Baking bread at home")
    near = titled("Terminating threads gracefully")

    found = VectorMatrix().nearness("How do I stop a thread?", change())

    assert found.nearest(5, -1.0) == [near.pk, far.pk]
    assert found.of(near.pk) == 1.0
    assert found.of(123456789) == 0.0


def test_a_floor_leaves_out_what_is_far():
    titled("Baking bread at home")
    near = titled("Terminating threads gracefully")

    assert VectorMatrix().nearness("How do I stop a thread?", change()).nearest(5, 0.3) == [near.pk]


def test_there_is_nothing_to_compare_with_before_the_first_vector():
    assert VectorMatrix().nearness("anything", 0) is None


def test_a_new_entry_is_seen_without_reading_the_rest_again(django_assert_num_queries):
    titled("Baking bread at home")
    held = VectorMatrix()
    held.nearness("bread", change())
    near = titled("Terminating threads gracefully")
    number = change()

    with django_assert_num_queries(2):
        found = held.nearness("How do I stop a thread?", number)
    assert found.nearest(1, 0) == [near.pk]

    with django_assert_num_queries(0):
        held.nearness("bread", number)


def test_a_changed_entry_is_found_by_what_it_says_now():
    entry = titled("Baking bread at home")
    held = VectorMatrix()
    held.nearness("bread", change())

    entry.title = "Terminating threads gracefully"
    entries.published(entry)
    found = held.nearness("How do I stop a thread?", change())

    assert found.nearest(5, 0.3) == [entry.pk]


def test_what_went_is_forgotten_when_the_rest_is_read_anew():
    gone = titled("Baking bread at home")
    held = VectorMatrix()
    held.nearness("bread", change())

    gone.unpublish()
    left = titled("Terminating threads gracefully")
    found = held.nearness("bread", change())

    assert found.nearest(5, -1.0) == [left.pk]


def test_a_vector_of_another_size_is_not_read():
    entry = titled("Baking bread at home")
    SearchVector.objects.filter(pk=entry.pk).update(components=b"\x01\x02")

    assert VectorMatrix().nearness("bread", change()) is None

"""Vectors follow what is published."""

import pytest

from knowledge.models import PublishedEntry, SearchVector
from knowledge.search import indexing
from tests.factories import entries

pytestmark = pytest.mark.django_db


@pytest.fixture
def vectors_on(settings):
    settings.SEMANTIC_SEARCH = True


def stored() -> dict[int, tuple[bytes, int]]:
    rows = SearchVector.objects.order_by("pk").values_list("pk", "components", "change")
    return {pk: (bytes(components), change) for pk, components, change in rows}


def test_without_the_setting_there_are_no_vectors():
    entries.published(entries.question())

    assert stored() == {}


def test_without_the_setting_a_changed_entry_loses_its_old_vector():
    entry = entries.published(entries.question(title="Zebra"))
    SearchVector.objects.create(
        entry=PublishedEntry.objects.get(), components=b"\x01" * 384, source_hash="a", change=1
    )

    entry.title = "Giraffe"
    entries.published(entry)

    assert stored() == {}


@pytest.mark.semantic
def test_publishing_makes_a_vector(vectors_on):
    entry = entries.published(entries.question())

    assert [(pk, len(components)) for pk, (components, _) in stored().items()] == [(entry.pk, 384)]


@pytest.mark.semantic
def test_a_draft_has_no_vector(vectors_on):
    entries.question(title="Canary").save_revision()

    assert stored() == {}


@pytest.mark.semantic
def test_a_changed_title_changes_the_vector_and_its_number(vectors_on):
    entry = entries.published(entries.question(title="Zebra"))
    before, first = stored()[entry.pk]

    entry.title = "Giraffe"
    entries.published(entry)

    after, second = stored()[entry.pk]
    assert after != before
    assert second > first


@pytest.mark.semantic
def test_unpublishing_removes_the_vector(vectors_on):
    entry = entries.published(entries.question())

    entry.unpublish()

    assert stored() == {}


@pytest.mark.semantic
def test_a_rebuild_makes_the_vectors_that_lack(settings):
    entry = entries.published(entries.question())
    settings.SEMANTIC_SEARCH = True

    assert list(indexing.rebuild()) == [1]

    assert list(stored()) == [entry.pk]


@pytest.mark.semantic
def test_a_rebuild_makes_the_same_vectors(vectors_on):
    entry = entries.published(entries.question())
    before, first = stored()[entry.pk]

    list(indexing.rebuild(restart=True))

    after, second = stored()[entry.pk]
    assert after == before
    assert second > first

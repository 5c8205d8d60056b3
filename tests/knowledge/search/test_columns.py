"""The columns say of each document what it is, and of nothing else anything."""

import pytest

from knowledge.models import SearchColumns, SearchFacetValue
from knowledge.search.column_writing import store
from knowledge.search.columns import SIZE, read

pytestmark = pytest.mark.django_db


def said(*pks: int) -> dict[int, list[tuple[str, str]]]:
    """What the columns say of documents, by primary key."""
    columns = read(pks)
    facets = ("locale", "kind", "technology", "category", "level", "difficulty", "topic")
    return {
        pk: [
            columns.names[column[place]]
            for facet in facets
            for column in columns.of(facet)
            if column[place]
        ]
        for pk, place in zip(pks, columns.places(pks), strict=True)
    }


def test_a_document_is_what_was_written():
    pairs = [("locale", "en"), ("kind", "CODE_SNIPPET"), ("topic", "a"), ("topic", "b")]
    store({7: pairs})

    assert said(7) == {7: pairs}


def test_an_empty_value_is_none():
    store({7: [("locale", "en"), ("level", "")]})

    assert said(7) == {7: [("locale", "en")]}


def test_neighbours_stay_what_they_are():
    store({7: [("locale", "en")], 8: [("locale", "de")]})
    store({7: [("locale", "fr"), ("topic", "a")]})

    assert said(7, 8) == {7: [("locale", "fr"), ("topic", "a")], 8: [("locale", "de")]}


def test_documents_far_apart_are_read_together():
    far = 1_000 * SIZE
    store({7: [("locale", "en"), ("topic", "a")], far: [("locale", "de")]})

    assert said(7, far) == {7: [("locale", "en"), ("topic", "a")], far: [("locale", "de")]}


def test_a_document_of_which_nothing_was_written_has_no_value():
    store({7: [("locale", "en")], 2 * SIZE: [("locale", "en")]})

    assert said(7, SIZE, 2 * SIZE, 9 * SIZE) == {
        7: [("locale", "en")],
        SIZE: [],
        2 * SIZE: [("locale", "en")],
        9 * SIZE: [],
    }


def test_a_block_is_no_longer_than_its_documents_need():
    store({7: [("locale", "en"), ("topic", "a"), ("topic", "b")]})
    store({7: [("locale", "en")]})

    assert len(SearchColumns.objects.get().codes) == 2 * SIZE


def test_nothing_is_left_of_what_is_gone():
    store({7: [("locale", "en"), ("topic", "a")]})
    store({7: ()})

    assert bytes(SearchColumns.objects.get().codes) == b""


def test_a_value_keeps_its_code():
    store({7: [("locale", "en")]})
    store({8: [("kind", "CODE_SNIPPET"), ("locale", "en")]})

    assert list(SearchFacetValue.objects.order_by("code").values_list()) == [
        (1, "locale", "en"),
        (2, "kind", "CODE_SNIPPET"),
    ]

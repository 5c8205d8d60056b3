"""What was seen of documents is used again, and only for what it was seen of."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from knowledge.models.search_index import SearchPlaces
from knowledge.search import kept_views
from knowledge.search.searching import search
from tests.factories import entries

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    kept_views.forget()
    yield
    kept_views.forget()


def zebras(*titles: str) -> list:
    return [entries.published(entries.question(title=title)) for title in titles]


def hits() -> list[tuple[int, float]]:
    return [tuple(hit) for hit in search("zebra stripes", locale="en").hits]


def places_read(of) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        of()
    return [one["sql"] for one in queries if "places AS varchar" in one["sql"]]


def test_what_was_seen_is_not_read_again():
    zebras("Zebra stripes", "Zebra")

    assert len(places_read(hits)) == 1
    assert places_read(hits) == []


def test_the_order_is_that_of_a_first_look():
    zebras("Zebra stripes", "Zebra", "Stripes of a zebra and more")
    first = hits()
    again = hits()
    kept_views.forget()

    assert first == again == hits()


def test_a_document_that_was_changed_is_looked_at_anew():
    one, other = zebras("Zebra", "Zebra stripes")
    assert hits()[0][0] == other.pk
    one.title = "Zebra stripes, zebra stripes"
    one.save_revision().publish()

    (statement,) = places_read(hits)
    found = hits()
    kept_views.forget()

    assert f"{one.pk}" in statement
    assert found == hits()


def test_a_document_without_a_digest_is_looked_at_each_time():
    zebras("Zebra stripes")
    SearchPlaces.objects.update(digest=0)
    first = hits()

    assert len(places_read(hits)) == 1
    assert hits() == first


def test_another_query_has_seen_nothing():
    zebras("Zebra stripes")
    hits()

    assert len(places_read(lambda: search("stripes", locale="en").hits[:1])) == 1


def test_so_many_queries_are_kept_and_no_more(monkeypatch):
    monkeypatch.setattr(kept_views, "MOST_QUERIES", 2)
    first = kept_views.of("first")
    first[1, False] = "seen"
    kept_views.of("second")
    kept_views.of("third")

    assert kept_views.of("first") == {}


def test_the_one_that_was_used_last_is_kept(monkeypatch):
    monkeypatch.setattr(kept_views, "MOST_QUERIES", 2)
    first = kept_views.of("first")
    kept_views.of("second")
    kept_views.of("first")
    kept_views.of("third")

    assert kept_views.of("first") is first


def test_a_query_that_has_seen_too_much_begins_anew(monkeypatch):
    monkeypatch.setattr(kept_views, "MOST_DOCUMENTS", 1)
    seen = kept_views.of("first")
    seen[1, False] = seen[2, False] = "seen"

    assert kept_views.of("first") == {}


def test_what_was_seen_is_of_use_after_others_are_published():
    zebras("Zebra stripes", *[f"Zebra of the herd {number}" for number in range(30)])
    hits()
    (added,) = zebras("A zebra")

    (statement,) = places_read(hits)

    assert re.findall(r"[({](\d+)[)}]", statement.partition("WHERE")[2]) == [str(added.pk)]

"""What was not found is counted without what was pasted."""

import pytest

from knowledge.models import MissedSearch
from knowledge.search import missed
from knowledge.search.errors.lookup import lookup_error
from tests.factories import entries
from tests.support.execution import data

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_waiting():
    missed.missed_searches.flush()
    MissedSearch.objects.all().delete()


def counted() -> list[tuple[str, str, int]]:
    missed.missed_searches.flush()
    return list(MissedSearch.objects.order_by("text").values_list("kind", "text", "count"))


def test_searches_without_hits_are_counted_in_normalised_words():
    for text in ("Zebra crossing!", "crossing ZEBRA", "zebra"):
        data("query ($text: String!) { search(query: $text) { totalCount } }", text=text)

    assert counted() == [("SEARCH", "crossing zebra", 2), ("SEARCH", "zebra", 1)]


def test_a_search_with_hits_is_not_counted():
    entries.published(entries.question(title="Zebra"))

    data('{ search(query: "zebra") { totalCount } }')

    assert counted() == []


def test_a_search_that_a_filter_emptied_is_not_counted():
    entries.published(entries.question(title="Zebra"))

    data('{ search(query: "zebra", filter: {kind: {eq: DEBUG_ENTRY}}) { totalCount } }')

    assert counted() == []


def test_numbers_addresses_and_secrets_are_left_out():
    missed.note_search("jane@example.org 4111111111111111 sk_live_9aF3 zebra")

    assert counted() == [("SEARCH", "example jane live org sk zebra", 1)]


def test_of_an_error_only_words_of_the_archive_are_kept():
    entries.published(
        entries.debug_entry(error_messages=[("message", "Fatal error: connection refused")])
    )

    lookup = lookup_error("Fatal error: connection refused by SECRETHOST", locale="en")

    assert missed.error_text(lookup) == "fatal error connect refus"


def test_counting_twice_adds_up():
    missed.note_search("zebra")
    counted()
    missed.note_search("zebra")

    assert counted() == [("SEARCH", "zebra", 2)]


def test_the_rarest_make_room(monkeypatch):
    monkeypatch.setattr(missed, "MOST_ROWS", 2)
    for text in ("one fish", "two fish", "two fish", "red fish", "red fish"):
        missed.note_search(text)

    assert [text for _, text, _ in counted()] == ["fish red", "fish two"]

"""The index follows the read model and leaves nothing behind."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from knowledge.models import (
    PublishedEntry,
    SearchColumns,
    SearchDocument,
    SearchPlaces,
    SearchPosting,
    SearchTerm,
    SearchText,
)
from knowledge.search import indexing
from tests.factories import entries, terms

pytestmark = pytest.mark.django_db


def counts() -> dict[str, int]:
    return dict(
        SearchTerm.objects.filter(document_count__gt=0).values_list("text", "document_count")
    )


def postings_of(entry) -> set[tuple[str, int]]:
    texts = dict(SearchTerm.objects.values_list("id", "text"))
    rows = SearchPosting.objects.filter(document_id=entry.pk).values_list("term_id", "weight")
    return {(texts[term], weight) for term, weight in rows}


def contents() -> list:
    """The whole index without ids of terms, which a rebuild may give anew."""
    texts = dict(SearchTerm.objects.values_list("id", "text"))
    return [
        counts(),
        sorted(
            (texts[term], document, weight)
            for term, document, weight in SearchPosting.objects.values_list(
                "term_id", "document_id", "weight"
            )
        ),
        list(SearchDocument.objects.order_by("pk").values()),
        list(SearchText.objects.order_by("pk").values("pk", "words", "signature")),
        list(SearchPlaces.objects.order_by("pk").values()),
        columns(),
    ]


def columns() -> list[tuple[int, bytes]]:
    """Blocks that say anything."""
    rows = SearchColumns.objects.order_by("block").values_list("block", "codes")
    return [(block, bytes(codes)) for block, codes in rows if codes]


def test_a_draft_is_not_indexed():
    entries.question(title="Canary").save_revision()

    assert counts() == {}


@pytest.mark.parametrize("make", entries.ALL_KINDS)
def test_publishing_indexes_the_entry(make):
    entry = entries.published(make())

    assert SearchDocument.objects.get().kind == entry.KIND
    assert counts()[indexing.DOCUMENTS] == 1


def test_a_newer_draft_changes_nothing():
    entry = entries.published(entries.question())
    before = contents()

    entry.title = "Canary"
    entry.save_revision()

    assert contents() == before


def test_a_changed_entry_loses_its_old_words():
    entry = entries.published(entries.question(title="Zebra crossing"))
    entry.title = "Giraffe"
    entries.published(entry)

    assert "t:giraffe" in counts()
    assert "t:zebra" not in counts()
    assert counts()[indexing.DOCUMENTS] == 1


def test_a_changed_entry_is_indexed_as_a_rebuild_indexes_it():
    entries.published(entries.question(title="Zebra crossing"))
    entry = entries.published(entries.debug_entry(title="Giraffe crossing"))
    entry.title = "Zebra, twice a zebra"
    entry.error_message = "ValueError: no such giraffe"
    entries.published(entry)
    before = contents()

    list(indexing.rebuild(restart=True))

    assert contents() == before


def test_a_changed_entry_counts_only_the_terms_that_come_and_go(monkeypatch):
    entry = entries.published(entries.question(title="Zebra crossing"))
    changes: list[dict[str, int]] = []
    count = indexing.postings.count_terms
    monkeypatch.setattr(
        indexing.postings, "count_terms", lambda told: changes.append(dict(told)) or count(told)
    )

    entry.title = "Giraffe crossing"
    entries.published(entry)

    assert changes == [{"w:zebra": -1, "t:zebra": -1, "w:giraff": 1, "t:giraffe": 1}]


def test_a_text_that_grows_by_a_word_keeps_its_other_postings():
    text = "A lion with a mane. " * 20
    entry = entries.published(entries.question(sections=[("deep_dive", entries.prose(text))]))
    before = postings_of(entry)

    entry.title += " Zebra?"
    entries.published(entry)

    assert {term for term, _ in postings_of(entry) ^ before} == {"w:zebra", "t:zebra"}


def test_a_change_looks_up_no_term_of_before():
    entry = entries.published(entries.question(title="Zebra crossing"))
    entry.title = "Giraffe crossing"

    with CaptureQueriesContext(connection) as queries:
        entries.published(entry)

    looks = [one["sql"] for one in queries if one["sql"].startswith("SELECT")]
    assert [sql for sql in looks if "searchterm" in sql or "searchposting" in sql] == []


def test_a_document_that_an_earlier_release_indexed_changes_alike():
    entry = entries.published(entries.question(title="Zebra crossing"))
    row = SearchText.objects.get(pk=entry.pk)
    row.term_ids = {name: row.term_ids[name] for name in ("ids", "words")}
    row.save()

    entry.title = "Giraffe crossing"
    entries.published(entry)
    changed = contents()
    list(indexing.rebuild(restart=True))

    assert changed == contents()


@pytest.mark.parametrize(
    ("length", "counted"), [(0, 0), (31, 31), (32, 32), (33, 32), (500, 496), (511, 496)]
)
def test_lengths_are_counted_to_five_significant_bits(length, counted):
    assert indexing.rounded(length) == counted


def test_words_of_two_entries_are_counted_twice():
    entries.published(entries.question(title="Zebra one"))
    entries.published(entries.question(title="Zebra two"))

    assert counts()["t:zebra"] == 2


@pytest.mark.parametrize("action", ["unpublish", "delete"])
def test_what_is_no_longer_public_leaves_nothing(action):
    entry = entries.published(entries.debug_entry())

    getattr(entry, action)()

    assert contents() == [{}, [], [], [], [], []]


def test_expiry_is_carried_along():
    entry = entries.question()
    entry.expire_at = "2031-01-01T00:00:00Z"
    entries.published(entry)

    assert SearchDocument.objects.get().expires_at.year == 2031


def test_a_rebuild_gives_the_same_index():
    for make in entries.ALL_KINDS:
        entries.published(make())
    before = contents()

    assert list(indexing.rebuild(restart=True)) == [len(entries.ALL_KINDS)]
    assert contents() == before


def test_a_rebuild_that_finds_nothing_to_do_writes_no_posting():
    entries.published(entries.question())

    with CaptureQueriesContext(connection) as queries:
        list(indexing.rebuild())

    assert [one for one in queries if "searchposting" in one["sql"]] == []


def test_deleting_many_documents_leaves_nothing():
    entries.published(entries.question())
    entries.published(entries.debug_entry())

    PublishedEntry.objects.all().delete()

    assert contents() == [{}, [], [], [], [], []]


def test_a_rebuild_restores_what_is_lacking():
    entries.published(entries.question())
    before = contents()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM knowledge_searchdocument")

    list(indexing.rebuild())

    assert contents() == before


def test_a_rebuild_restores_columns_that_are_lacking():
    entries.published(entries.question(topics=[terms.topic("http")]))
    before = columns()
    SearchColumns.objects.all().delete()

    list(indexing.rebuild())

    assert columns() == before


def test_an_emptied_rebuild_leaves_the_same_columns():
    entries.published(entries.question(topics=[terms.topic("http"), terms.topic("sql")]))
    gone = entries.published(entries.snippet())
    gone.unpublish()
    before = columns()

    list(indexing.rebuild(restart=True))

    assert columns() == before


def test_an_emptied_rebuild_can_be_repeated():
    entries.published(entries.question())

    list(indexing.rebuild(restart=True))
    list(indexing.rebuild())

    assert counts()[indexing.DOCUMENTS] == 1


def test_publishing_the_same_text_again_touches_no_posting():
    entry = entries.published(entries.question())
    before = SearchText.objects.get().term_ids

    entries.published(entry)

    assert SearchText.objects.get().term_ids == before

"""A search reads little at first, and everything there is when that is asked for."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.publishing.models import ContentVersion
from knowledge.search import candidates, searching, term_statistics
from knowledge.search.leading import leaders
from knowledge.search.query import parse
from knowledge.search.requirements import Requirements, SearchFilter
from knowledge.search.searching import search
from knowledge.search.term_statistics import Budget, affordable, statistics
from knowledge.search.vocabulary import vocabulary
from tests.factories import entries

pytestmark = pytest.mark.django_db

ASKED = Requirements("en")
SNIPPETS = SearchFilter(kinds=frozenset({"CODE_SNIPPET"}))


def zebras(count: int) -> list[int]:
    """Entries about zebras, the first ones more than the last."""
    texts = ("A zebra. " + "And a lion with a mane. " * number for number in range(count))
    return [
        entries.published(
            entries.question(title="Case", sections=[("deep_dive", entries.prose(text))])
        ).pk
        for text in texts
    ]


def selected(text: str, budget: Budget = term_statistics.EVERYTHING):
    terms = [concept.index_terms() for concept in parse(text, vocabulary(), "en").concepts]
    known = statistics({term for shares in terms for term in shares}, "n:words")
    return affordable(terms, known, budget=budget)


def found(text: str, **options) -> list[int]:
    return [hit.entry_id for hit in search(text, locale="en", **options).hits]


@pytest.fixture
def little(monkeypatch):
    """Few postings are read at first, and few documents ranked."""
    monkeypatch.setattr(term_statistics, "FIRST", Budget(2, 2, 2))
    monkeypatch.setattr(searching, "RANKED", 2)


@pytest.mark.parametrize("text", ["zebra", "zebra lion mane", "lion case"])
def test_leaders_are_the_candidates_of_the_whole_statement(text):
    zebras(4)
    selection = selected(text)

    found, _ = leaders(selection, ASKED, 10)

    assert [one.candidate for one in found] == candidates.find(selection, ASKED)[0]


def test_what_is_behind_the_leaders_follows_them():
    zebras(5)
    selection = selected("zebra lion")
    every, _ = leaders(selection, ASKED, 10)

    found, behind = leaders(selection, ASKED, 2)

    assert found == every[:2]
    for _ in range(2):
        assert behind.take(2) == [
            (one.candidate.document_id, one.candidate.weight) for one in every[2:4]
        ]


def test_documents_that_are_not_what_is_required_are_passed_over():
    zebras(4)
    pk = entries.published(entries.snippet(title="Lion tamer, once near a zebra")).pk

    found, _ = leaders(selected("zebra"), replace(ASKED, wanted=SNIPPETS), 1)

    assert [one.candidate.document_id for one in found] == [pk]


def test_all_hits_are_there_although_little_was_read_at_first(little):
    pks = zebras(5)

    assert sorted(found("zebra lion")) == sorted(pks)


def test_what_was_read_of_is_above_what_was_not(little):
    zebras(5)
    hits = list(search("zebra lion", locale="en").hits)

    assert hits == sorted(hits, key=lambda hit: (-hit.score, hit.entry_id))
    assert hits[1].score > hits[2].score


def test_a_filter_that_leaves_little_of_what_was_read_first_finds_the_rest(little):
    zebras(4)
    [pk] = (
        zebras(1, entries.debug_entry)
        if False
        else [entries.published(entries.snippet(title="Lion tamer, once near a zebra")).pk]
    )

    wanted = SearchFilter(kinds=frozenset({"CODE_SNIPPET"}))
    assert found("zebra", wanted=wanted) == [pk]


def test_the_total_is_that_of_everything(little):
    zebras(5)

    assert search("zebra", locale="en").total == 5


def test_a_first_page_reads_four_statements():
    zebras(3)
    search("zebra", locale="en")

    with CaptureQueriesContext(connection) as queries:
        assert search("zebra", locale="en").hits[:2]

    # The stamp of the surroundings, the terms, their postings, and the documents with their places.
    assert len(queries) == 4


def test_a_known_stamp_of_the_surroundings_is_not_asked_for():
    zebras(1)
    _, surroundings = ContentVersion.stamps()
    search("zebra", locale="en")

    with CaptureQueriesContext(connection) as queries:
        assert search("zebra", locale="en", surroundings=surroundings).hits

    assert [one for one in queries if "contentversion" in one["sql"]] == []

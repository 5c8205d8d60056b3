"""Each view of a document, read out of its places."""

import pytest

from knowledge.search.analysis import stem, words
from knowledge.search.places import places_of
from knowledge.search.query import Concept, Query
from knowledge.search.ranking import Ranker, Views, order
from knowledge.search.term_statistics import TermStatistics

KNOWN = TermStatistics(
    ids={"w:zebra": 1, "w:order": 2},
    counts={"w:zebra": 2, "w:order": 2, "n:documents": 10},
    totals={"n:documents": 10, "n:words": 100},
)


def places(title="", body="", lead="") -> str:
    lines = [words(text) for text in (title, "", lead, body, "")]
    weights = {f"w:{stem(word)}": 100 for line in lines for word in line}
    return places_of([(line, [stem(word) for word in line]) for line in lines], weights)


def views(text: str, **lines: str) -> Views:
    concepts = tuple(Concept(word, frozenset({word, stem(word)})) for word in text.split())
    terms = [concept.index_terms() for concept in concepts]
    return Ranker(Query(text, concepts), terms, KNOWN).views("", places(**lines))[0]


def test_a_word_in_another_form_is_not_what_was_typed():
    assert views("orders", body="an order").exact == 0
    assert views("orders", body="an order").stemmed > 0
    assert views("orders", body="some orders").exact > 0


def test_words_near_each_other_are_a_better_passage_than_words_apart():
    filling = "lion " * 90

    near = views("zebra order", body=f"zebra order {filling}")
    apart = views("zebra order", body=f"zebra {filling} order")

    assert near.stemmed_passage > apart.stemmed_passage
    assert near.stemmed == apart.stemmed


def test_words_in_blocks_that_follow_each_other_are_in_one_passage():
    together = views("zebra order", body="zebra order")
    following = views("zebra order", body=f"zebra {'lion ' * 40} order")

    assert following.stemmed_passage == together.stemmed_passage


def test_the_title_heads_every_passage():
    headed = views("zebra order", title="zebra", body=f"{'lion ' * 90} order")

    assert headed.stemmed_passage == views("zebra order", body="zebra order").stemmed_passage


@pytest.mark.parametrize("line", ["title", "lead"])
def test_the_beginning_is_title_and_lead(line):
    assert views("zebra", **{line: "zebra"}).beginning > 0
    assert views("zebra", body="zebra").beginning == 0


def test_what_is_not_there_at_all_has_no_score():
    assert views("zebra", body="lion") == Views(0, 0, 0, 0, 0, 0, 0)


def test_equal_documents_are_in_the_order_of_their_ids():
    same = (Views(1, 1, 1, 1, 1, 1, 1), 1.0)

    assert order([(2, same), (1, same)]) == [(1, 1.0), (2, 1.0)]


def test_what_lacks_part_of_the_query_loses_a_share():
    all_of_it = Views(1, 1, 1, 1, 1, 1, 1)

    assert order([(1, (all_of_it, 1.0)), (2, (all_of_it, 0.5))]) == [(1, 1.0), (2, 0.85)]

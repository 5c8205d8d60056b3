"""Rarities and lengths that stay the same while a few entries come and go."""

import pytest

from knowledge.search.term_statistics import DOCUMENTS, WORDS, TermStatistics


def known(count: int = 0, documents: int = 1_000, words: int = 0) -> TermStatistics:
    return TermStatistics({}, {"w:lock": count}, {DOCUMENTS: documents, WORDS: words})


@pytest.mark.parametrize(
    ("count", "rarity"), [(0, 7.6), (1, 6.5), (20, 3.9), (500, 0.7), (960, 0.1), (1_000, 0.1)]
)
def test_a_rarity_is_in_tenths_and_never_none(count, rarity):
    assert known(count).idf("w:lock") == rarity


def test_a_few_entries_more_leave_a_rarity_as_it_is():
    assert known(20, documents=1_003).idf("w:lock") == known(20).idf("w:lock")


def test_counts_that_are_behind_make_no_rarity_less_than_the_least():
    assert known(12, documents=10).idf("w:lock") == 0.1


@pytest.mark.parametrize(("words", "length"), [(0, 1), (100_000, 99), (250_000, 245), (90, 1)])
def test_the_usual_length_is_in_tenths_of_its_logarithm(words, length):
    assert known(words=words).usual_length == length


def test_a_few_entries_more_leave_the_usual_length_as_it_is():
    assert known(words=250_000 + 900, documents=1_003).usual_length == 245


def test_nothing_published_has_a_usual_length():
    assert known(documents=0).usual_length == 1

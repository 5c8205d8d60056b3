"""How much two messages have in common."""

import pytest

from knowledge.search.errors.alignment import coverage, message_idf
from knowledge.search.errors.normalising import HOLE


def idf(word: str) -> float:
    return 1.0


def test_the_same_message_is_covered_whole():
    assert coverage(["a", HOLE, "b"], ["a", HOLE, "b"], idf) == (
        pytest.approx(1.0),
        pytest.approx(1.0),
    )


def test_order_matters():
    assert coverage(["a", "b"], ["b", "a"], idf)[0] == pytest.approx(0.5)


def test_a_short_message_inside_a_long_one_is_covered_but_not_alike():
    alike, covered = coverage(["a", "b", "c", "d"], ["a"], idf)

    assert (alike, covered) == (pytest.approx(0.4), pytest.approx(1.0))


def test_nothing_in_common_is_nothing():
    assert coverage(["a"], ["b"], idf) == (0.0, 0.0)


def test_rare_words_count_more_and_unknown_ones_little():
    weigh = message_idf({"rare": 1, "common": 90}, 100)

    assert weigh("rare") > weigh("unknown") > weigh("common")

"""Hits behind the first are found when they are looked at."""

import pytest

from knowledge.search.hits import Hit, Hits

FIRST, FURTHER = [Hit(3, 0.9), Hit(1, 0.8)], [Hit(2, 0.1)]


def refused() -> list[Hit]:
    raise AssertionError("Nobody asked for what is behind the first hits.")


@pytest.mark.parametrize("part", [slice(0, 1), slice(0, 2), slice(1, 2), 0, 1])
def test_the_first_are_read_without_those_behind(part):
    assert Hits(FIRST, refused)[part] == FIRST[part]


def test_whether_there_are_any_is_known_without_those_behind():
    assert Hits(FIRST, refused)
    assert not Hits()


@pytest.mark.parametrize("part", [slice(1, 3), slice(None), slice(0, -1), -1, 2])
def test_those_behind_follow(part):
    assert Hits(FIRST, lambda: FURTHER)[part] == [*FIRST, *FURTHER][part]


def test_all_are_counted_and_gone_through():
    hits = Hits(FIRST, lambda: FURTHER)

    assert (len(hits), list(hits)) == (3, [*FIRST, *FURTHER])


def test_those_behind_are_found_once():
    asked = []
    hits = Hits(FIRST, lambda: asked.append(1) or FURTHER)

    list(hits), len(hits), hits[2]

    assert asked == [1]

"""Three texts become one, or a conflict that shows both."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.contributions.merging import OURS, SPLIT, THEIRS, has_markers, merge_texts

TEXTS = st.lists(st.sampled_from(["a", "b", "c", "", "d e"]), max_size=8).map("\n".join)


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        ("a\nb", "a\nb", "a\nc", "a\nc"),
        ("a\nb", "a\nc", "a\nb", "a\nc"),
        ("a\nb\nc", "x\nb\nc", "a\nb\ny", "x\nb\ny"),
        ("a\nb\nc", "a\nb\nc\nd", "z\na\nb\nc", "z\na\nb\nc\nd"),
        ("a\nb\nc", "a\nc", "a\nb\nc\nd", "a\nc\nd"),
        ("a", "b", "b", "b"),
    ],
)
def test_changes_on_one_side_are_taken(base, ours, theirs, merged):
    result = merge_texts(base, ours, theirs)

    assert (result.text, result.has_conflict) == (merged, False)


def test_changes_of_the_same_line_are_a_conflict():
    result = merge_texts("a\nb\nc", "a\nours\nc", "a\ntheirs\nc")

    assert result.has_conflict
    assert result.text.split("\n") == ["a", OURS, "ours", SPLIT, "theirs", THEIRS, "c"]
    assert has_markers(result.text)


@given(TEXTS, TEXTS)
def test_an_unchanged_side_gives_way(base, changed):
    assert merge_texts(base, base, changed).text == changed
    assert merge_texts(base, changed, base).text == changed
    assert merge_texts(base, changed, changed).text == changed


@given(TEXTS, TEXTS, TEXTS)
def test_no_line_of_either_side_is_lost_without_a_reason(base, ours, theirs):
    result = merge_texts(base, ours, theirs)

    added = (set(ours.split("\n")) | set(theirs.split("\n"))) - set(base.split("\n"))
    assert added <= set(result.text.split("\n"))

"""What differs from one run to the next becomes a hole."""

import pytest

from knowledge.search.errors.normalising import HOLE, normalise, trigrams


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("No module named 'yaml'", 'No module named "requests"'),
        ("Cannot read /a/b/c.txt", "Cannot read /x/y.log"),
        ("Failed after 12 tries", "Failed after 7 tries"),
        ("object at 0x7f12ab34", "object at 0xdeadbeef"),
        ("Connect to https://a.test/x failed", "Connect to http://b.test failed"),
        ("can't open it", "cannot open it"),
        ("Parent instance <User at 0x1> is gone", "Parent instance <x> is gone"),
        ("x is not a function", "y is not a function"),
        ("Expected %s, got %d", "Expected 'a', got 3"),
    ],
)
def test_variable_parts_do_not_matter(left, right):
    assert normalise(left) == normalise(right)


def test_names_of_headers_stay():
    assert normalise("No 'Access-Control-Allow-Origin' header") == [
        "no", "access", "control", "allow", "origin", "header",
    ]  # fmt: skip


def test_words_are_stemmed():
    assert normalise("connections refused") == ["connect", "refus"]


def test_holes_do_not_repeat():
    assert normalise("'a' 'b' 12 failed") == [HOLE, "fail"]


def test_a_message_has_an_end():
    assert len(normalise("word " * 500)) == 40


def test_trigrams_are_padded_as_the_database_pads_them():
    assert trigrams("ab") == {"  a", " ab", "ab "}

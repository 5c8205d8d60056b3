"""Sentences of tools in the words of names."""

import pytest

from knowledge.search.errors.rewording import as_named


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("the value is not used", "the value unused"),
        ("x is never referenced", "x unreferenced"),
        ("the code isn't reachable", "the code unreachable"),
        ("it has been not initialized", "it uninitialized"),
        ("the column was never been indexed", "the column unindexed"),
        ("Cannot find $conn", "Cannot find variable"),
        ("Undefined variable $conn", "Undefined variable"),
        ("Variable $a, $b", "variable, variable"),
    ],
)
def test_a_name_says_it_otherwise(said, named):
    assert as_named(said) == named


@pytest.mark.parametrize(
    "text",
    [
        "Using $this when not in object context",
        "undefined index of $_GET",
        "costs $5",
        "x is not a function",
        "module not found",
        "",
    ],
)
def test_what_no_name_says_otherwise_stays(text):
    assert as_named(text) == text

"""How documents are counted, fragments included."""

import time

import pytest
from graphql import get_introspection_query, parse

from graphql_api.http.measures import Measures, measure


def sizes(text):
    return measure(parse(text))


def test_everything_of_a_plain_document_is_counted():
    assert sizes(
        "query A @x { a: b { c @y { d } e } ...F } fragment F on Query { g: h }"
    ) == Measures(
        operations=1,
        fragments=1,
        directives=2,
        aliases=2,
        root_fields=2,
        depth=3,
        introspection_depth=0,
    )


@pytest.mark.parametrize(
    ("text", "depth"),
    [
        ("{ a }", 1),
        ("{ a { b } }", 2),
        ("{ ... { a { ... on B { b } } } }", 2),
        ("{ a { ...F } } fragment F on A { b { ...G } } fragment G on B { c }", 3),
        ("{ a { ...G ...F } } fragment F on A { b { ...G } } fragment G on B { c { d } }", 4),
        ("query A { a } query B { a { b { c } } }", 3),
    ],
)
def test_depth_follows_fragments(text, depth):
    assert sizes(text).depth == depth


def test_a_fragment_counts_as_often_as_it_is_spread():
    text = (
        "{ x { ...F } y { ...F } ...G } fragment F on A { a: b c: d } fragment G on Query { e: f }"
    )

    assert (sizes(text).aliases, sizes(text).root_fields) == (5, 3)


def test_fragments_that_double_each_other_are_counted_at_once():
    levels = 90
    fragments = " ".join(
        f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(levels)
    )
    text = f"{{ ...F0 }} {fragments} fragment F{levels} on Query {{ a: b }}"
    started = time.perf_counter()

    found = sizes(text)

    assert found.aliases == found.root_fields == 2**levels
    assert time.perf_counter() - started < 0.5


def test_a_fragment_that_spreads_itself_comes_to_an_end():
    text = "{ ...F } fragment F on Query { a { ...G } } fragment G on A { b { ...F } }"

    assert sizes(text).depth in (1, 2, 3)


def test_introspection_is_counted_apart():
    found = measure(parse(get_introspection_query(input_value_deprecation=True)))

    assert found.depth == 0
    assert found.introspection_depth == 15
    assert found.introspects


def test_introspection_through_fragments_is_seen():
    found = sizes(
        "{ a { b } ...F } fragment F on Query { __schema { ...G } } fragment G on X { c }"
    )

    assert (found.depth, found.introspection_depth) == (2, 2)

"""How many matches there are, and how many of them each choice would leave.

Invariant: counts exactly the documents that a search reads and its caller may see; nothing is
estimated. What an entry must be is looked up in the columns, what it must hold in the index.
"""

from collections import Counter
from collections.abc import Callable, Sequence, Set
from itertools import compress

from knowledge.search import columns, matches, visibility
from knowledge.search.columns import TOPIC, Columns
from knowledge.search.conditions import FILTERS
from knowledge.search.requirements import Requirements, SearchFilter
from knowledge.search.term_statistics import Selection

_NAMES = {TOPIC: "topics"}


def count(selection: Selection, requirements: Requirements) -> int:
    """How many documents hold some of the terms."""
    read, places = _visible(selection, requirements)
    for facet, codes in _chosen(read, requirements.wanted).items():
        places = _with(read, facet, codes, places)
    return len(places)


def count_facets(selection: Selection, requirements: Requirements) -> dict[str, Counter[str]]:
    """Facet → value → how many matches have it, under the filters of the other facets.

    Keys of terms are in hex. The documents are looked for once, for all facets.
    """
    read, places = _visible(selection, requirements)
    has = {
        facet: _has(read, facet, codes, places)
        for facet, codes in _chosen(read, requirements.wanted).items()
    }
    counted: dict[str, Counter[str]] = {}
    for facet in FILTERS:
        others = [mask for name, mask in has.items() if name != facet]
        chosen = list(compress(places, map(all, zip(*others, strict=True)))) if others else places
        codes: Counter[int] = Counter()
        for column in read.of(facet):
            codes.update(map(column.__getitem__, chosen))
        del codes[0]
        counted[_NAMES.get(facet, facet)] = Counter(
            {read.names[code][1]: number for code, number in codes.items()}
        )
    return counted


def _visible(selection: Selection, requirements: Requirements) -> tuple[Columns, list[int]]:
    """The places of all documents that are what is required, whatever is filtered by."""
    if _holds_something(requirements):
        pks = matches.joined(selection, requirements)
        read = columns.read(pks)
        return read, read.places(pks)
    locale, fallback = requirements.locale, requirements.fallback
    pks = matches.read(selection) - visibility.hidden(locale, fallback)
    read = columns.read(pks)
    places = read.places(pks)
    for facet, bound in visibility.bounds(locale, fallback).items():
        places = _with(read, facet, _codes(read, facet, bound.__contains__), places)
    return read, places


def _holds_something(requirements: Requirements) -> bool:
    """Whether it hangs on the words of a document if it is a match."""
    of_columns = Requirements(requirements.locale, requirements.fallback, requirements.wanted)
    return requirements != of_columns


def _chosen(read: Columns, wanted: SearchFilter) -> dict[str, set[int]]:
    """Facet → the codes that are filtered by; only facets that are."""
    bounds = wanted.difficulties
    chosen: dict[str, Callable[[str], bool]] = {
        facet: values.__contains__
        for facet, values in (
            ("kind", wanted.kinds),
            ("technology", wanted.technologies),
            ("category", wanted.categories),
            ("level", wanted.levels),
            (TOPIC, wanted.topics),
        )
        if values
    }
    if bounds:
        chosen["difficulty"] = lambda value: bounds[0] <= int(value) <= bounds[1]
    return {facet: _codes(read, facet, is_meant) for facet, is_meant in chosen.items()}


def _codes(read: Columns, facet: str, is_meant: Callable[[str], bool]) -> set[int]:
    """The codes of the values that are meant."""
    return {code for code, (name, value) in read.names.items() if name == facet and is_meant(value)}


def _with(read: Columns, facet: str, codes: Set[int], places: Sequence[int]) -> list[int]:
    """The places whose documents have one of the values."""
    if facet != TOPIC:
        (column,) = read.of(facet)
        return [place for place in places if column[place] in codes]
    return list(compress(places, _has(read, facet, codes, places)))


def _has(read: Columns, facet: str, codes: Set[int], places: Sequence[int]) -> list[bool]:
    """Of each place, whether the document there has one of the values."""
    has = [False] * len(places)
    for column in read.of(facet):
        has = [known or column[place] in codes for known, place in zip(has, places, strict=True)]
    return has

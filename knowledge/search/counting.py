"""How many matches there are, and how many of them each choice would leave.

Invariant: counts exactly the documents that a search reads and its caller may see; nothing is
estimated. What an entry must be is looked up in the columns, what it must hold in the index.
"""

from collections import Counter
from collections.abc import Callable, Sequence, Set
from itertools import compress
from typing import Any

import orjson
from django.conf import settings
from django.db import connection

from cms.publishing.scope import current_scope
from knowledge.search import columns
from knowledge.search.columns import TOPIC, Columns
from knowledge.search.conditions import FILTERS, expired, one_of_keys, required, where
from knowledge.search.requirements import Requirements, SearchFilter
from knowledge.search.statements import rows
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
    if _must_be_joined(requirements):
        pks = _joined(selection, requirements)
        read = columns.read(pks)
        return read, read.places(pks)
    pks = _read(selection) - expired()
    read = columns.read(pks)
    places = read.places(pks)
    scope = current_scope()
    for facet, bound in (
        ("locale", {requirements.locale}),
        ("kind", scope.kinds),
        ("technology", scope.technologies and {key.hex for key in scope.technologies}),
    ):
        if bound is not None:
            places = _with(read, facet, _codes(read, facet, bound.__contains__), places)
    return read, places


def _must_be_joined(requirements: Requirements) -> bool:
    """Whether it hangs on other documents or on words who is a match."""
    one = Requirements(requirements.locale, requirements.fallback, requirements.wanted)
    is_original = requirements.locale == settings.LANGUAGE_CODE
    return requirements != one or (requirements.fallback and not is_original)


def _joined(selection: Selection, requirements: Requirements) -> list[int]:
    matches, values = _documents(selection)
    conditions, more = where(required(requirements, *FILTERS))
    found = rows(
        f"SELECT d.entry_id FROM (SELECT DISTINCT document_id FROM ({matches}) r) m "  # noqa: S608
        f"JOIN knowledge_searchdocument d ON d.entry_id = m.document_id {conditions}",
        [*values, *more],
    )
    return [pk for (pk,) in found]


def _read(selection: Selection) -> set[int]:
    matches, values = _documents(selection)
    # As text: a row for each number takes longer to read than to find.
    if connection.vendor == "postgresql":
        listed = f"CAST(array_agg(document_id) AS varchar) FROM ({matches}) r"
    else:
        listed = f"group_concat(document_id) FROM ({matches}) r"
    text = rows(f"SELECT {listed}", values)[0][0] or ""
    return set(orjson.loads(f"[{text.strip('{}')}]"))


def _documents(selection: Selection) -> tuple[str, list[Any]]:
    """The statement of every document to be read, some of them more than once."""
    parts: list[str] = []
    values: list[Any] = []
    if selection.nearest:
        marks = ",".join(["(%s)"] * len(selection.nearest))
        parts.append(f"SELECT column1 AS document_id FROM (VALUES {marks}) n")
        values += selection.nearest
    whole = [factor.term_id for factor in selection.factors if not factor.limit]
    if whole:
        within = one_of_keys("term_id", whole)
        parts.append(f"SELECT document_id FROM knowledge_searchposting WHERE {within.sql}")
        values += within.values
    for number, factor in enumerate(one for one in selection.factors if one.limit):
        parts.append(
            "SELECT document_id FROM (SELECT document_id FROM knowledge_searchposting "
            f"WHERE term_id = %s ORDER BY weight DESC, document_id LIMIT %s) b{number}"
        )
        values += [factor.term_id, factor.limit]
    return " UNION ALL ".join(parts), values


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

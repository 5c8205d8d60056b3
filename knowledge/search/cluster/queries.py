"""What is asked of the cluster: bodies of search requests, built from plain data.

Invariant: no text of a reader is ever parsed as syntax; terms are numbers, phrases are
matched word by word, everything else is an exact value.
"""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from cms.publishing.scope import current_scope
from knowledge.search.requirements import Requirements, SearchFilter
from knowledge.search.term_statistics import Factor, Selection

FACETS = ("kind", "technology", "category", "level", "difficulty", "topics")
# Values of a facet that are counted: more than a vocabulary has.
_MOST_VALUES = 10_000
# Saturation with so distant a pivot is a straight line, on every version of both products.
_PIVOT = 1_000_000

Query = dict[str, Any]


def find_body(selection: Selection, requirements: Requirements, window: int) -> Query:
    """The best documents with what their weights are computed from, and the count of all."""
    weights = [f"weights.{factor.term_id}" for factor in selection.factors]
    return {
        "size": window,
        "track_total_hits": True,
        "_source": ["technology", *sorted(set(weights))],
        "sort": [{"_score": "desc"}, {"entry_id": "asc"}],
        "query": _query(selection, requirements, _filters(requirements.wanted).values()),
    }


def facets_body(selection: Selection, requirements: Requirements) -> Query:
    """The counts of every facet, each under the filters of the others."""
    filters = _filters(requirements.wanted)
    return {
        "size": 0,
        "track_total_hits": False,
        "query": _query(selection, requirements, ()),
        "aggs": {
            facet: {
                "filter": _all(query for name, query in filters.items() if name != facet),
                "aggs": {"values": {"terms": {"field": facet, "size": _MOST_VALUES}}},
            }
            for facet in FACETS
        },
    }


def _query(selection: Selection, requirements: Requirements, filters: Iterable[Query]) -> Query:
    return {
        "bool": {
            "must": [{"bool": {"should": _asked(selection), "minimum_should_match": 1}}],
            "filter": [*_visible(requirements), *_held(requirements), *filters],
            "must_not": _avoided(requirements),
        }
    }


def _asked(selection: Selection) -> list[Query]:
    """Of several terms for one concept the best counts, not their sum."""
    concepts: dict[int, list[Query]] = {}
    for factor in selection.factors:
        concepts.setdefault(factor.concept, []).append(_feature(factor))
    asked: list[Query] = [{"dis_max": {"queries": queries}} for queries in concepts.values()]
    if selection.nearest:
        near = {"ids": {"values": [str(pk) for pk in selection.nearest]}}
        asked.append({"constant_score": {"filter": near, "boost": 0.001}})
    return asked


def _feature(factor: Factor) -> Query:
    return {
        "rank_feature": {
            "field": f"weights.{factor.term_id}",
            "boost": 3 * factor.own + factor.related,
            "saturation": {"pivot": _PIVOT},
        }
    }


def _visible(requirements: Requirements) -> list[Query]:
    language = "languages" if requirements.fallback else "locale"
    scope = current_scope()
    conditions: list[Query] = [{"term": {language: requirements.locale}}]
    for field, bound in (
        ("kind", scope.kinds),
        ("technology", scope.technologies and [key.hex for key in scope.technologies]),
    ):
        if bound is not None:
            conditions.append({"terms": {field: sorted(str(value) for value in bound)}})
    return conditions


def _held(requirements: Requirements) -> list[Query]:
    held: list[Query] = [{"term": {"terms": term}} for term in requirements.terms]
    held += [_phrase(phrase) for phrase in requirements.phrases]
    if requirements.among is not None:
        held.append({"ids": {"values": [str(pk) for pk in requirements.among]}})
    return held


def _avoided(requirements: Requirements) -> list[Query]:
    avoided: list[Query] = [{"range": {"expires_at": {"lte": timezone.now().isoformat()}}}]
    if requirements.without_terms:
        avoided.append({"terms": {"terms": list(requirements.without_terms)}})
    return avoided + [_phrase(phrase) for phrase in requirements.without_phrases]


def _phrase(phrase: tuple[str, ...]) -> Query:
    return {"match_phrase": {"words": {"query": " ".join(phrase), "analyzer": "whitespace"}}}


def _filters(wanted: SearchFilter) -> dict[str, Query]:
    """The filters by the name of the facet they belong to."""
    filters: dict[str, Query] = {
        facet: {"terms": {facet: sorted(values)}}
        for facet, values in (
            ("kind", wanted.kinds),
            ("technology", wanted.technologies),
            ("category", wanted.categories),
            ("level", wanted.levels),
            ("topics", wanted.topics),
        )
        if values
    }
    if bounds := wanted.difficulties:
        filters["difficulty"] = {"range": {"difficulty": {"gte": bounds[0], "lte": bounds[1]}}}
    return filters


def _all(queries: Iterable[Query]) -> Query:
    return {"bool": {"filter": list(queries)}}

"""What the cluster is asked: values in their places, and never a reader's text as syntax."""

from datetime import UTC, datetime

import pytest

from cms.publishing.scope import Scope, scoped
from knowledge.search.cluster import queries
from knowledge.search.cluster.queries import facets_body, find_body
from knowledge.search.requirements import Requirements, SearchFilter
from knowledge.search.term_statistics import Factor, Selection

NOW = datetime(2026, 3, 1, tzinfo=UTC)
NOT_EXPIRED = {"range": {"expires_at": {"lte": "2026-03-01T00:00:00+00:00"}}}


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setattr(queries.timezone, "now", lambda: NOW)


def feature(term: int, boost: int) -> dict:
    return {
        "rank_feature": {
            "field": f"weights.{term}",
            "boost": boost,
            "saturation": {"pivot": 1_000_000},
        }
    }


def test_the_best_term_of_a_concept_counts_and_concepts_are_summed():
    selection = Selection((Factor(7, 0, 50, 0), Factor(8, 0, 0, 20), Factor(9, 1, 5, 0)))

    body = find_body(selection, Requirements("en"), 300)

    assert body == {
        "size": 300,
        "track_total_hits": True,
        "_source": ["technology", "weights.7", "weights.8", "weights.9"],
        "sort": [{"_score": "desc"}, {"entry_id": "asc"}],
        "query": {
            "bool": {
                "must": [
                    {
                        "bool": {
                            "should": [
                                {"dis_max": {"queries": [feature(7, 150), feature(8, 20)]}},
                                {"dis_max": {"queries": [feature(9, 15)]}},
                            ],
                            "minimum_should_match": 1,
                        }
                    }
                ],
                "filter": [{"term": {"languages": "en"}}],
                "must_not": [NOT_EXPIRED],
            }
        },
    }


def test_without_fallback_the_language_is_the_entry_s_own():
    body = find_body(Selection(), Requirements("de", fallback=False), 10)

    assert body["query"]["bool"]["filter"] == [{"term": {"locale": "de"}}]


def test_phrases_and_exclusions():
    required = Requirements(
        "en",
        terms=(3, 4),
        phrases=(("not", "a", "function"),),
        without_terms=(5, 6),
        without_phrases=(("stack", "overflow"),),
    )

    asked = find_body(Selection(), required, 10)["query"]["bool"]

    assert asked["filter"][1:] == [
        {"term": {"terms": 3}},
        {"term": {"terms": 4}},
        {"match_phrase": {"words": {"query": "not a function", "analyzer": "whitespace"}}},
    ]
    assert asked["must_not"] == [
        NOT_EXPIRED,
        {"terms": {"terms": [5, 6]}},
        {"match_phrase": {"words": {"query": "stack overflow", "analyzer": "whitespace"}}},
    ]


def test_what_is_near_in_meaning_is_a_match():
    body = find_body(Selection(nearest=(11, 12)), Requirements("en"), 10)

    assert body["query"]["bool"]["must"][0]["bool"]["should"] == [
        {"constant_score": {"filter": {"ids": {"values": ["11", "12"]}}, "boost": 0.001}}
    ]


def test_one_of_some_documents():
    body = find_body(Selection(), Requirements("en", among=()), 10)

    assert body["query"]["bool"]["filter"][1] == {"ids": {"values": []}}


def test_all_filters_narrow_the_hits():
    wanted = SearchFilter(
        kinds=frozenset({"DEBUG_ENTRY"}), topics=frozenset({"b", "a"}), difficulty_to=4
    )

    body = find_body(Selection(), Requirements("en", wanted=wanted), 10)

    assert body["query"]["bool"]["filter"][1:] == [
        {"terms": {"kind": ["DEBUG_ENTRY"]}},
        {"terms": {"topics": ["a", "b"]}},
        {"range": {"difficulty": {"gte": 1, "lte": 4}}},
    ]


def test_each_facet_is_counted_under_the_filters_of_the_others():
    wanted = SearchFilter(kinds=frozenset({"DEBUG_ENTRY"}), levels=frozenset({"MID"}))

    body = facets_body(Selection(), Requirements("en", wanted=wanted))

    kind, level = {"terms": {"kind": ["DEBUG_ENTRY"]}}, {"terms": {"level": ["MID"]}}
    assert body["size"] == 0
    assert body["query"]["bool"]["filter"] == [{"term": {"languages": "en"}}]
    assert {name: group["filter"]["bool"]["filter"] for name, group in body["aggs"].items()} == {
        "kind": [level],
        "technology": [kind, level],
        "category": [kind, level],
        "level": [kind],
        "difficulty": [kind, level],
        "topics": [kind, level],
    }
    assert body["aggs"]["kind"]["aggs"] == {"values": {"terms": {"field": "kind", "size": 10_000}}}


def test_a_caller_bound_to_kinds_sees_no_others():
    with scoped(Scope(kinds=frozenset({"CODE_SNIPPET"}))):
        body = find_body(Selection(), Requirements("en"), 10)

    assert {"terms": {"kind": ["CODE_SNIPPET"]}} in body["query"]["bool"]["filter"]

"""Candidates and counts as the cluster gives them, in the form the database gives them.

Invariant: weights are summed here by the arithmetic of the database's statement, so the
ranking that follows has the same numbers.
"""

from collections.abc import Sequence
from typing import Any

from knowledge.search.candidates import Candidate
from knowledge.search.cluster.connection import cluster
from knowledge.search.cluster.queries import FACETS, facets_body, find_body
from knowledge.search.requirements import Requirements
from knowledge.search.term_statistics import Factor, Selection


def find(
    selection: Selection, requirements: Requirements, window: int
) -> tuple[list[Candidate], int]:
    """The best documents by summed weights, and how many there are in all."""
    answer = cluster().ask(find_body(selection, requirements, window))
    hits = answer.get("hits", {})
    found = [_candidate(hit, selection.factors) for hit in hits.get("hits", ())]
    found.sort(key=lambda one: (-one.weight, one.document_id))
    return found, int(hits.get("total", {}).get("value", 0))


def count_facets(selection: Selection, requirements: Requirements) -> dict[str, dict[str, int]]:
    """Facet → value → how many matches have it, under the filters of the other facets."""
    answer = cluster().ask(facets_body(selection, requirements))
    groups = answer.get("aggregations", {})
    return {
        facet: {
            str(bucket["key"]): int(bucket["doc_count"])
            for bucket in groups.get(facet, {}).get("values", {}).get("buckets", ())
        }
        for facet in FACETS
    }


def _candidate(hit: dict[str, Any], factors: Sequence[Factor]) -> Candidate:
    source = hit.get("_source", {})
    weights = source.get("weights", {})
    own: dict[int, int] = {}
    related: dict[int, int] = {}
    for factor in factors:
        weight = int(weights.get(str(factor.term_id), 0))
        own[factor.concept] = max(own.get(factor.concept, 0), weight * factor.own)
        related[factor.concept] = max(related.get(factor.concept, 0), weight * factor.related)
    return Candidate(
        document_id=int(hit["_id"]),
        score=sum(own.values()),
        related=sum(max(0, amount - own[concept]) for concept, amount in related.items()),
        technology=source.get("technology", ""),
    )

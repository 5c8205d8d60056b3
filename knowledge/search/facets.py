"""How many hits each choice would leave.

Invariant: the counts of a facet are taken under the filters of all other facets, so a
reader sees what choosing another value instead would give.
"""

from collections import Counter
from dataclasses import dataclass

from knowledge.search import engine
from knowledge.search.requirements import Requirements
from knowledge.search.term_statistics import Selection

# Inclusive bounds of the bands of difficulty.
DIFFICULTY_BANDS = (("EASY", 1, 3), ("MEDIUM", 4, 6), ("HARD", 7, 10))


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet (a kind, a level, a band, or a translation key in hex) and its hits."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """Values of every facet that occur, most frequent first."""

    kinds: tuple[FacetValue, ...]
    technologies: tuple[FacetValue, ...]
    categories: tuple[FacetValue, ...]
    levels: tuple[FacetValue, ...]
    difficulties: tuple[FacetValue, ...]
    topics: tuple[FacetValue, ...]


def count_facets(selection: Selection, requirements: Requirements) -> Facets:
    """The facets of a search: four statements, whatever the number of hits."""
    counted = engine.count_facets(selection, requirements)
    bands: Counter[str] = Counter()
    for value, count in counted["difficulty"].items():
        for name, lowest, highest in DIFFICULTY_BANDS:
            if lowest <= int(value) <= highest:
                bands[name] += count
    return Facets(
        kinds=_values(counted["kind"]),
        technologies=_values(counted["technology"]),
        categories=_values(counted["category"]),
        levels=_values(counted["level"]),
        difficulties=_values(bands),
        topics=_values(counted["topics"]),
    )


def _values(counts: Counter[str]) -> tuple[FacetValue, ...]:
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(FacetValue(value, count) for value, count in ordered if count)

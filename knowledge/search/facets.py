"""How many hits each choice would leave.

Invariant: the counts of a facet are taken under the filters of all other facets, so a
reader sees what choosing another value instead would give.
"""

from collections import Counter
from dataclasses import dataclass

from knowledge.search import candidates
from knowledge.search.requirements import Requirements, SearchFilter
from knowledge.search.term_statistics import Selection

_COLUMNS = ("kind", "technology", "category", "level", "difficulty")
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
    """The facets of a search: two statements, whatever the number of hits."""
    wanted = requirements.wanted
    rows = candidates.count_combinations(selection, requirements)
    topics = candidates.count_topics(selection, requirements)
    counted = {column: _count(rows, position, wanted) for position, column in enumerate(_COLUMNS)}
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
        topics=_values(Counter(dict(topics))),
    )


def _count(rows: list[tuple[tuple, int]], position: int, wanted: SearchFilter) -> Counter[str]:
    counts: Counter[str] = Counter()
    for values, count in rows:
        if values[position] not in ("", None, 0) and _fits(values, position, wanted):
            counts[str(values[position])] += count
    return counts


def _fits(values: tuple, own: int, wanted: SearchFilter) -> bool:
    """True when a combination passes every filter but that of facet ``own``."""
    chosen = (wanted.kinds, wanted.technologies, wanted.categories, wanted.levels)
    for position, allowed in enumerate(chosen):
        if position != own and allowed and values[position] not in allowed:
            return False
    bounds = wanted.difficulties
    if own == len(chosen) or bounds is None:
        return True
    return bounds[0] <= values[len(chosen)] <= bounds[1]


def _values(counts: Counter[str]) -> tuple[FacetValue, ...]:
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(FacetValue(value, count) for value, count in ordered if count)

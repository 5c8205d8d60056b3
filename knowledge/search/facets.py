"""How many hits each choice would leave.

Invariant: the counts of a facet are taken under the filters of all other facets, so a
reader sees what choosing another value instead would give.
"""

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.search import candidates, conditions

if TYPE_CHECKING:
    from knowledge.search.searching import SearchResult

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


def count_facets(result: "SearchResult") -> Facets:
    """The facets of a search: two statements, whatever the number of hits."""
    filters = conditions.filtered(result.wanted)
    topic = [filters["topic"]] if "topic" in filters else []
    rows = candidates.count_combinations(result.selection, [*result.conditions, *topic])
    others = [condition for name, condition in filters.items() if name != "topic"]
    topics = candidates.count_topics(result.selection, [*result.conditions, *others])
    counted = {
        column: _count(rows, position, result.wanted) for position, column in enumerate(_COLUMNS)
    }
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


def _count(
    rows: list[tuple[tuple, int]], position: int, wanted: conditions.SearchFilter
) -> Counter[str]:
    counts: Counter[str] = Counter()
    for values, count in rows:
        if values[position] not in ("", None, 0) and _fits(values, position, wanted):
            counts[str(values[position])] += count
    return counts


def _fits(values: tuple, own: int, wanted: conditions.SearchFilter) -> bool:
    """True when a combination passes every filter but that of facet ``own``."""
    chosen = (wanted.kinds, wanted.technologies, wanted.categories, wanted.levels)
    for position, allowed in enumerate(chosen):
        if position != own and allowed and values[position] not in allowed:
            return False
    limited = wanted.difficulty_from is not None or wanted.difficulty_to is not None
    if own == len(chosen) or not limited:
        return True
    lowest = max(1, wanted.difficulty_from or 1)
    highest = wanted.difficulty_to if wanted.difficulty_to is not None else 32_767
    return lowest <= values[len(chosen)] <= highest


def _values(counts: Counter[str]) -> tuple[FacetValue, ...]:
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(FacetValue(value, count) for value, count in ordered if count)

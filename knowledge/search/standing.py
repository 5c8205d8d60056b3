"""Where the concepts of a query stand in a document, read out of its places.

Invariant: reads what ``knowledge.search.places`` wrote, and no other text of the document.
"""

import operator
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from knowledge.search.places import read_group, tag_of, weight_at
from knowledge.search.query import Concept
from knowledge.search.term_statistics import TermStatistics, amounts

# What counts go against: the more of the same, the less each adds.
SATURATION = 1.2


@dataclass(frozen=True, slots=True)
class Wanted:
    """A concept as it is looked for in places, each term with what its weight is multiplied by.

    ``forms`` are it, ``keys`` name it, ``related`` mean nearly the same; ``tag`` stands for
    the word as it was typed.
    """

    rarity: float
    tag: str
    forms: tuple[tuple[str, int], ...]
    keys: tuple[tuple[str, int], ...]
    related: tuple[tuple[str, int], ...]


def wanted_of(
    concept: Concept, shares: Mapping[str, float], known: TermStatistics, indexed: bool
) -> Wanted:
    """``shares`` are the index terms of the concept; ``indexed`` leaves out what no entry holds."""
    forms, keys, related = [], [], []
    for term, (own, near) in amounts(shares, known).items():
        if indexed and term not in known.ids:
            continue
        if near:
            related.append((f" {term[2:]}=", near))
        elif term.startswith("w:"):
            forms.append((f" {term[2:]}=", own))
        else:
            keys.append((f" {term}=", own))
    return Wanted(
        rarity=_rarity(concept, known),
        tag=tag_of(concept.exact),
        forms=tuple(forms),
        keys=tuple(keys),
        related=tuple(related),
    )


class Standing(NamedTuple):
    """Where something stands: how often in the title, in title and names, in the lead, and in
    which blocks of the body."""

    title: int
    head: int
    lead: int
    blocks: tuple[int, ...]

    def __add__(self, other: "Standing") -> "Standing":  # type: ignore[override]
        return Standing(*map(operator.add, self, other))


def standing(places: str, wanted: Wanted) -> tuple[int, Standing | None, Standing | None]:
    """The weight of a concept, and where it stands: in any form, and as it was typed."""
    own = 0
    stemmed: Standing | None = None
    typed: Standing | None = None
    for needle, amount in wanted.forms:
        at = places.find(needle)
        if at < 0:
            continue
        at += len(needle)
        own = max(own, amount * weight_at(places, at))
        for group in places[at + 2 : places.find(" ", at)].split(","):
            found = _read(group)
            stemmed = found if stemmed is None else stemmed + found
            if group[0] == wanted.tag:
                typed = found if typed is None else typed + found
    if wanted.keys:
        own = max(own, heaviest(places, wanted.keys))
    return own, stemmed, typed


@lru_cache(maxsize=4_096)
def _read(group: str) -> Standing:
    title, names, lead, blocks = read_group(group)
    return Standing(title, title + names, lead, blocks)


def heaviest(places: str, needles: Iterable[tuple[str, int]]) -> int:
    """The most that one of the terms weighs; 0 when the document holds none."""
    most = 0
    for needle, amount in needles:
        at = places.find(needle)
        if at >= 0:
            most = max(most, amount * weight_at(places, at + len(needle)))
    return most


def best_passage(concepts: Iterable[tuple[Standing, float]]) -> float:
    """The score of the best two blocks that follow each other, of concepts with their rarity.

    Title and names head every passage: none need repeat what the entry is about.
    """
    heading = 0.0
    gains: dict[int, float] = {}
    for (_, head, _, blocks), rarity in concepts:
        without = rarity * head / (head + SATURATION)
        heading += without
        counts: dict[int, int] = {}
        for block in blocks:
            counts[block] = counts.get(block, 0) + 1
            counts[block - 1] = counts.get(block - 1, 0) + 1
        for passage, count in counts.items():
            count += head
            gains[passage] = (
                gains.get(passage, 0.0) + rarity * count / (count + SATURATION) - without
            )
    return heading + max(gains.values(), default=0.0)


def _rarity(concept: Concept, known: TermStatistics) -> float:
    """The rarity of a concept: that of its commonest form in use."""
    used = [known.idf(term) for form in concept.forms if (term := f"w:{form}") in known.ids]
    return min(used) if used else known.idf("")

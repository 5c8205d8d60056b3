"""Three-way merge of a text by lines.

Invariant: what changed on one side only is taken; what changed on both sides differently is
a conflict, shown with both versions, and never decided by the machine.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

OURS = "<<<<<<< published or edited since"
SPLIT = "======="
THEIRS = ">>>>>>> proposed"


@dataclass(frozen=True, slots=True)
class Merge:
    """The merged text, and whether it holds conflict markers."""

    text: str
    has_conflict: bool


def merge_texts(base: str, ours: str, theirs: str) -> Merge:
    """Apply to ``ours`` what ``theirs`` changed in ``base``."""
    if ours in (base, theirs):
        return Merge(theirs, False)
    if theirs == base:
        return Merge(ours, False)
    base_lines, our_lines, their_lines = (text.split("\n") for text in (base, ours, theirs))
    merged: list[str] = []
    has_conflict = False
    for stable, b, o, t in _regions(base_lines, our_lines, their_lines):
        if stable or o == t or t == b:
            merged += o
        elif o == b:
            merged += t
        else:
            merged += [OURS, *o, SPLIT, *t, THEIRS]
            has_conflict = True
    return Merge("\n".join(merged), has_conflict)


def has_markers(text: str) -> bool:
    """True when a text still holds the markers of an undecided conflict."""
    lines = set(text.split("\n"))
    return bool({OURS, THEIRS} & lines)


def _matches(base: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    """Line of ``base`` → the same line in ``other``."""
    pairs = {}
    for block in SequenceMatcher(None, base, other, autojunk=False).get_matching_blocks():
        for offset in range(block.size):
            pairs[block.a + offset] = block.b + offset
    return pairs


def _regions(base: list[str], ours: list[str], theirs: list[str]):
    """Alternately the stretches all three share and those between, as lists of lines."""
    in_ours, in_theirs = _matches(base, ours), _matches(base, theirs)
    anchors = [line for line in range(len(base)) if line in in_ours and line in in_theirs]
    b = o = t = 0
    for line in [*anchors, None]:
        if line is None:
            ends = (len(base), len(ours), len(theirs))
        else:
            ends = (line, in_ours[line], in_theirs[line])
        if (b, o, t) != ends:
            yield False, base[b : ends[0]], ours[o : ends[1]], theirs[t : ends[2]]
        if line is not None:
            yield True, [base[line]], [base[line]], [base[line]]
            b, o, t = ends[0] + 1, ends[1] + 1, ends[2] + 1

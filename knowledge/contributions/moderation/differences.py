"""Two texts side by side, line by line, as plain data for a template.

Invariant: every text stays text; the template escapes it.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

# Unchanged lines shown around a change.
CONTEXT = 2

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line; ``changed`` when the other side has something else there."""

    text: str
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A pair of lines in pieces, or, with ``skipped``, so many unchanged lines left out."""

    old: tuple[Piece, ...] = ()
    new: tuple[Piece, ...] = ()
    skipped: int = 0


def rows(old: str, new: str) -> list[Row]:
    """The lines of both texts, aligned; long unchanged stretches are left out."""
    old_lines, new_lines = old.split("\n"), new.split("\n")
    matcher = SequenceMatcher(None, old_lines, new_lines, autojunk=False)
    groups = list(matcher.get_grouped_opcodes(CONTEXT))
    result: list[Row] = []
    done = 0
    for group in groups:
        if skipped := group[0][1] - done:
            result.append(Row(skipped=skipped))
        for tag, old_from, old_to, new_from, new_to in group:
            left, right = old_lines[old_from:old_to], new_lines[new_from:new_to]
            if tag == "equal":
                result += [Row((Piece(line),), (Piece(line),)) for line in left]
            else:
                result += _changed(left, right)
            done = old_to
    if groups and (skipped := len(old_lines) - done):
        result.append(Row(skipped=skipped))
    return result


def _changed(left: list[str], right: list[str]) -> list[Row]:
    result = []
    for number in range(max(len(left), len(right))):
        if number >= len(left):
            result.append(Row((), (Piece(right[number], True),)))
        elif number >= len(right):
            result.append(Row((Piece(left[number], True),), ()))
        else:
            result.append(_by_words(left[number], right[number]))
    return result


def _by_words(old: str, new: str) -> Row:
    left, right = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    if matcher.ratio() < 0.4:
        return Row((Piece(old, True),), (Piece(new, True),))
    old_pieces, new_pieces = [], []
    for tag, a, b, c, d in matcher.get_opcodes():
        changed = tag != "equal"
        if b > a:
            old_pieces.append(Piece("".join(left[a:b]), changed))
        if d > c:
            new_pieces.append(Piece("".join(right[c:d]), changed))
    return Row(tuple(old_pieces), tuple(new_pieces))

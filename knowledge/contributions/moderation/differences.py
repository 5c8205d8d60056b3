"""Two texts side by side, line by line, as plain data for a template.

Invariant: every text stays text; the template escapes it.
"""

from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Row:
    """A pair of lines; ``kind`` is same, changed, removed or added."""

    kind: str
    old: str
    new: str


def rows(old: str, new: str) -> list[Row]:
    """The lines of both texts, aligned."""
    old_lines, new_lines = old.split("\n"), new.split("\n")
    result = []
    matcher = SequenceMatcher(None, old_lines, new_lines, autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        left, right = old_lines[old_from:old_to], new_lines[new_from:new_to]
        if tag == "equal":
            result += [Row("same", line, line) for line in left]
            continue
        for number in range(max(len(left), len(right))):
            one = left[number] if number < len(left) else None
            other = right[number] if number < len(right) else None
            kind = "removed" if other is None else "added" if one is None else "changed"
            result.append(Row(kind, one or "", other or ""))
    return result

"""Which lines of a paste say what went wrong.

Invariant: every line that is returned carries its span in the text as it was pasted.
"""

import re
from dataclasses import dataclass

from knowledge.search.errors.lines import CleanLine, Level, clean_lines, is_noise
from knowledge.search.errors.rewording import as_named

MAX_LINES = 5
_LONGEST_MESSAGE = 400
_SERIOUS_LINE, _QUIET_SHARE = 0.85, 0.6
_NAMED_SHARE = 0.9

_EXCEPTION = re.compile(
    r"(?:^|[\s(\[.\\/:>])[A-Za-z_]\w*(?:Error|Exception|Warning|Failure|Fault|Panic|Violation)\b"
)
_ERROR_LABEL = re.compile(
    r"(?:^|[\s\[(])(?:fatal(?: error)?|error|err!|panic|panicked at|failed|failure|uncaught|"
    r"exception|warning|abort(?:ed|ing)?|denied|refused|blocked|cannot|can't|unable to|not found|"
    r"not allowed|missing|invalid|unexpected|undefined|undeclared|incompatible|unresolved|"
    r"does not|could not|must be|timed out|too many|too long|already)\b"
    r"\s*(?:\[[\w/-]+\]|[A-Z]+\d+|\d+)?"
    r"(?:\s*\([^)]*\))?\s*[:!>-]?",
    re.IGNORECASE,
)
_NAMED_MESSAGE = re.compile(
    r"^(?:[\w.$\\]*(?:Error|Exception|Warning|Failure|Fault)(?:\s*\[[^\]]*\])?:\s+\S"
    r"|(?:fatal |parse |compile |syntax )?error(?:\[\w+\]|\s+[A-Z]*\d+)?(?:\s*\([^)]*\))?:\s+\S"
    r"|panic:\s+\S|(?:PHP )?(?:Fatal error|Parse error|Warning|Notice):\s+\S)",
    re.IGNORECASE,
)
_PYTHON_TRACEBACK = re.compile(
    r"^Traceback \(most recent call last\)|^\s*File \"[^\"]+\", line \d+"
)
_CAUSE = re.compile(
    r"^\s*(?:Caused by:?|Root cause:?|--->|nested exception is:?)\s+", re.IGNORECASE
)
_REASON = re.compile(r"\(?\bReason:\s*(.+?)\)?\.?$")
_SEPARATOR = re.compile(r":\s+|\s[-–—]\s|;\s+")
_NODE_CODE = re.compile(r"^\s*code:\s*'([A-Z][A-Z0-9_]+)'")


@dataclass(frozen=True, slots=True)
class MessageLine:
    """A line that may be the message: its text, how likely it is, and where it stood."""

    text: str
    weight: float
    start: int
    end: int


def message_lines(trace: str) -> list[MessageLine]:
    """The likeliest message lines of ``trace``, best first, at most ``MAX_LINES`` with variants."""
    lines = clean_lines(trace)
    telling = [line for line in lines if not is_noise(line.text)] or lines
    last_wins = any(_PYTHON_TRACEBACK.search(line.text) for line in lines)
    ranked = _ranked(telling, last_wins)
    found: dict[str, MessageLine] = {}
    for line, weight in ranked[:MAX_LINES]:
        for text, share in _variants(line.text):
            text = text[:_LONGEST_MESSAGE].strip()
            if len(text) > 2 and text not in found:
                found[text] = MessageLine(text, round(weight * share, 4), line.start, line.end)
    return list(found.values())


def _ranked(lines: list[CleanLine], last_wins: bool) -> list[tuple[CleanLine, float]]:
    count = len(lines)
    causes = [index for index, line in enumerate(lines) if _CAUSE.search(line.text)]
    named = [
        index
        for index, line in enumerate(lines)
        if line.level != Level.QUIET and _NAMED_MESSAGE.search(line.text)
    ]
    scored = []
    for index, line in enumerate(lines):
        weight = _likelihood(line.text, line.level)
        if causes and index == causes[-1]:
            weight = 1.1
        elif named and index == (named[-1] if last_wins else named[0]):
            weight = max(weight, 1.0) + 0.03
        # Of lines that look alike the last says it in a Python traceback, elsewhere the first.
        place = index if last_wins else count - index
        scored.append((line, weight + 0.02 * place / max(1, count)))
    return sorted(scored, key=lambda pair: (-pair[1], pair[0].start))


def _likelihood(text: str, level: Level) -> float:
    """How likely a line is the message, by its form and by what its logger says of it."""
    own = _by_form(text)
    if level == Level.QUIET:
        return _QUIET_SHARE * own
    return max(own, _SERIOUS_LINE) if level == Level.SERIOUS else own


def _by_form(text: str) -> float:
    if _NAMED_MESSAGE.search(text):
        return 1.0
    if _EXCEPTION.search(text):
        return 0.9
    if _ERROR_LABEL.search(text):
        return 0.8
    words = len(text.split())
    return 0.45 if 3 <= words <= 60 else 0.25


def _variants(text: str) -> list[tuple[str, float]]:
    """The line and the parts of it that may be the message alone, with their share of trust;
    then those that a name would say otherwise, in its words."""
    text = _CAUSE.sub("", text)
    variants = [(text, 1.0)]
    if reason := _REASON.search(text):
        variants.append((reason[1], 1.05))
    rest = text
    for _ in range(3):
        parts = _SEPARATOR.split(rest, maxsplit=1)
        if len(parts) < 2 or len(parts[1].split()) < 2:
            break
        head, rest = parts
        variants.append((rest, 0.97))
        if len(head.split()) >= 4:
            variants.append((head, 0.9))
    # No more of them is compared than this.
    heads = [(part[:_LONGEST_MESSAGE], share) for part, share in variants]
    named = [(as_named(head), share * _NAMED_SHARE) for head, share in heads]
    return variants + [one for one, (head, _) in zip(named, heads, strict=True) if one[0] != head]

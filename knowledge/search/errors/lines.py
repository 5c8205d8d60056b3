"""A paste as clean lines: no colours, timestamps, log prefixes, paths or positions.

Invariant: the span of a clean line is that of the pasted line it came from.
"""

import json
import re
from dataclasses import dataclass
from enum import Enum

MAX_TRACE_LINES = 2_000

_ANSI = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|[\x00-\x08\x0b-\x1f\x7f]"
)
_TIMESTAMP = (
    r"\[?(?:\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d(?::\d\d)?(?:[.,]\d+)?"
    r"(?:Z| ?[+-]\d\d:?\d\d)?(?: ?UTC)?"
    r"|\d\d?[-/][A-Z][a-z]{2}[-/]\d{4}[: ]\d\d:\d\d:\d\d"
    r"(?: [+-]\d{4}| [A-Z]{3}| [A-Z][a-z]+/[A-Z][a-z_]+)?"
    r"|[A-Z][a-z]{2} +[A-Z]?[a-z]{0,2} ?\d{1,2} \d\d:\d\d:\d\d(?:\.\d+)?(?: \d{4})?"
    r"|\d\d:\d\d:\d\d(?:[.,]\d+)?)\]?"
)
_LEVEL = (
    r"(?:trace|debug|info|notice|warn(?:ing)?|err(?:or)?|crit(?:ical)?|fatal|severe|alert|emerg)"
)
# Loggers write levels in capitals, in brackets, or as a field; sentences do not.
_SERIOUS = re.compile(
    r"\b(?:ERROR|FATAL|CRITICAL|SEVERE|EMERG|PANIC)\b(?!:)|\[(?:error|crit|alert|emerg|fatal)\]"
    r"|\blevel\W{1,3}(?:error|fatal|critical|panic)\b"
)
_QUIET = re.compile(
    r"\b(?:INFO|DEBUG|TRACE|NOTICE|VERBOSE)\b(?!:)|\[(?:info|debug|trace|notice)\]"
    r"|\blevel\W{1,3}(?:info|debug|trace|notice)\b"
)
_LEADING = [
    re.compile(rf"^\s*{_TIMESTAMP}[\s,:|-]*"),
    re.compile(rf"^\s*(?:\[{_LEVEL}\]?|{_LEVEL})(?=[\s|])(?!\s*:|\s+error)[\s|-]+", re.I),
    re.compile(r"^\s*[\w.-]+(?:[_-]\d+)?\s+\| "),  # docker compose, foreman
    re.compile(r"^\s*(?:\[[\w.: /@-]{1,40}\]|\((?:node|pid|thread)[: ]\d+\))\s+(?=\S)"),
    re.compile(r"^\s*[\w.-]+ [\w./-]+\[\d+\]:\s+"),  # syslog
    re.compile(
        r"^\s*(?:[$%#❯➜]|>{1,3}|\w+@[\w.-]+[:~\w/.-]*[$#]|PS [A-Z]:\\[^>]*>)\s+"  # prompts
    ),
    re.compile(r"^\s*E\s{2,}(?=\S)"),  # pytest
    re.compile(r"^\s*(?:npm|yarn|pnpm) (?:ERR!|error)\s+", re.I),
    re.compile(r"^\s*\[(?:ERROR|WARN|FATAL|error|warning)\]\s+"),
    re.compile(r"^\s*\d+\)\s+(?=[A-Z])"),  # a numbered list of failures
]
_FIELD = re.compile(
    r"\b(?:message|msg|error|err|exception|detail)\s*=\s*"
    r"(?:\"((?:[^\"\\]|\\.)+)\"|'((?:[^'\\]|\\.)+)')"
)
_JSON_KEYS = ("message", "msg", "error", "err", "exception", "detail", "errorMessage", "log")
_PATH = r"(?:[A-Za-z]:)?(?:[\w@.~+-]*[\\/])+[\w@.+\-\[\]]+|[\w@+-][\w@.+-]*\.(?:[a-z]{1,5}\d?)"
_LOCATION_PREFIX = re.compile(
    rf"^\s*(?:-->\s*|\w+:)?(?:{_PATH})(?::\d+(?::\d+)?|\(\d+(?:,\d+)?\)|:\d+-\d+)?"
    r"(?::in `[^']*')?\s*[:\-–]+\s+"
)
_LOCATION_SUFFIX = re.compile(
    rf"\s*(?:\(?(?:in|at|on|from)\s+(?:file\s+)?['\"]?(?:{_PATH})['\"]?(?::\d+)*\)?)"
    r"(?:\s+(?:on\s+)?line\s+\d+)?\.?\s*$"
    r"|\s+on line \d+\.?\s*$|\s*\((?:at )?line \d+(?:, column \d+)?\)\s*$",
)
_IN_WORKER = re.compile(
    r"^(?:\[[^\]]+\]\s*)?(?:Exception in thread \"[^\"]+\"|Unhandled exception\.?)\s+"
)

_NOISE = re.compile(
    r"^\s*(?:"
    r"at\s+(?:async\s+|new\s+)?\S+.*(?:[:(]|\bin\b)|at\s+\S+$|at <anonymous>"
    r"|File \"[^\"]+\", line|Traceback \(most recent|#\d+\s|\d+:\s+(?:0x|\w+::)"
    r"|from\s+\S+:\d+|\S+@\S*:\d+|\S+\s+(?:https?|webpack|file)\S*:\d+"
    r"|\.{3}\s|\.{3}$|\[\d+ lines|Stack trace:|Backtrace:|stack backtrace"
    r"|goroutine \d+|created by |exit status \d|Process finished|note: run with"
    r"|The above exception|During handling of|(?:thrown|raised) in\s"
    r"|[\^~\-=\s|+*_]+$|\|\s|\d+ \|\s|--> |[\w./\\@-]+:\d+(?::\d+)?$"
    r"|Node\.js v\d|\(Background on this error|\(Use `|In file included from|\w+\(0x"
    r"|Found \d+ error|npm (?:ERR!|error) (?:path|cwd|A complete log)"
    r"|(?:self|return|raise|throw|import|const|let|var|def|class|public|private|if|for|while"
    r"|await)\b[^:]*[=(;{]"
    r")"
)


class Level(Enum):
    """How serious a line of a log says it is."""

    UNKNOWN = 0
    QUIET = 1
    SERIOUS = 2


@dataclass(frozen=True, slots=True)
class CleanLine:
    """A line without what differs from one machine and run to the next."""

    text: str
    start: int
    end: int
    level: Level = Level.UNKNOWN


def clean_lines(trace: str) -> list[CleanLine]:
    """The lines of ``trace`` that still hold something, from the first and the last pasted."""
    lines, offset = [], 0
    raw_lines = trace.splitlines(keepends=True)
    half = MAX_TRACE_LINES // 2
    for number, raw in enumerate(raw_lines):
        start, offset = offset, offset + len(raw)
        if half <= number < len(raw_lines) - half:
            continue
        if text := clean(raw):
            lines.append(CleanLine(text, start, start + len(raw.rstrip()), _level(raw)))
    return lines


def clean(raw: str) -> str:
    """One line without colours, prefixes and positions."""
    text = _ANSI.sub("", raw[:4_000]).rstrip()
    text = _structured(text)
    for _ in range(3):
        before = text
        for pattern in _LEADING:
            text = pattern.sub("", text, count=1)
        if text == before:
            break
    if field := _FIELD.search(text):
        text = (field[1] or field[2]).replace('\\"', '"').replace("\\n", " ")
    if not is_noise(text):
        text = _LOCATION_PREFIX.sub("", text, count=1)
        text = _IN_WORKER.sub("", text, count=1)
        text = _LOCATION_SUFFIX.sub("", text)
    return text.rstrip()


def is_noise(text: str) -> bool:
    """True for stack frames, carets, quoted source and the like."""
    return not text.strip() or bool(_NOISE.match(text))


def _level(raw: str) -> Level:
    """What the beginning of a line says of its seriousness, as loggers write it."""
    head = _ANSI.sub("", raw[:200])[:100]
    if _SERIOUS.search(head):
        return Level.SERIOUS
    return Level.QUIET if _QUIET.search(head) else Level.UNKNOWN


def _structured(text: str) -> str:
    """The message of a line of JSON; any other line as it is."""
    stripped = text.strip()
    if not (stripped.startswith("{") and stripped.endswith("}") and '"' in stripped):
        return text
    try:
        record = json.loads(stripped)
    except (ValueError, RecursionError):
        return text
    for key in _JSON_KEYS:
        value = record.get(key)
        if isinstance(value, dict):
            value = value.get("message")
        if isinstance(value, str) and value.strip():
            return value.splitlines()[0]
    return text

"""What a debug entry can be recognised by: its messages, normalised, and its codes.

Invariant: a signature is made from the published document alone, so it can be made again.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from knowledge.kinds import ErrorKind
from knowledge.search.analysis import fold
from knowledge.search.errors.codes import codes
from knowledge.search.errors.contradictions import is_class
from knowledge.search.errors.lines import clean, is_noise
from knowledge.search.errors.normalising import normalise, telling

MOST_MESSAGES = 24
_TEXT_LIMIT = 40_000

# How far a message is believed, by where it was found.
MESSAGE, TITLE, EXAMPLE, SUMMARY = 1.0, 0.9, 0.75, 0.6

_LINE_WITH_ERROR = re.compile(
    r"(?:\b[A-Za-z_]*(?:Error|Exception|Warning)\b(?:\s*\[[^\]]*\])?|\b(?:error|fatal|ERROR|panic)(?:\[\w+\])?)"
    r"\s*:\s+(\S.*)"
)
_COMMENT = re.compile(r"^\s*(?:#|//|--|/\*+|\*|;|<!--|>>>|\$)\s*")
_ENDS_IN_CODE = re.compile(r"\[([\w-]+)\]\s*$")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z`\"'(])")
_BROWSER = re.compile(r"\s*\((?:V8|Firefox|Safari|Chrome)[^)]*\)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class KnownMessage:
    """A message of an entry: as written, as a sequence of stems and holes, and its trust."""

    text: str
    sequence: tuple[str, ...]
    trust: float


@dataclass(frozen=True, slots=True)
class Signature:
    """All that an entry is recognised by."""

    messages: tuple[KnownMessage, ...]
    codes: tuple[str, ...]
    # Whether it is what a checker reports of a program that does not run.
    is_static: bool = False

    def as_data(self) -> dict[str, Any]:
        """Plain data for storage."""
        return {
            "messages": [[one.text, list(one.sequence), one.trust] for one in self.messages],
            "codes": list(self.codes),
            **({"static": True} if self.is_static else {}),
        }

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "Signature":
        """The signature that ``as_data`` described."""
        return cls(
            messages=tuple(
                KnownMessage(text, tuple(sequence), trust)
                for text, sequence, trust in data.get("messages", ())
            ),
            codes=tuple(data.get("codes", ())),
            is_static=data.get("static", False),
        )


def signature(card: dict[str, Any], body: dict[str, Any], locale: str) -> Signature:
    """The signature of a published debug entry."""
    own_codes = _own_codes(card)
    found: dict[tuple[str, ...], KnownMessage] = {}
    for text, trust in _wordings(card, body, own_codes):
        text = _BROWSER.sub("", " ".join(text.split()))[:300]
        sequence = tuple(normalise(text, locale))
        known = found.get(sequence)
        if telling(sequence) and (known is None or known.trust < trust):
            found[sequence] = KnownMessage(text, sequence, trust)
    messages = sorted(found.values(), key=lambda one: -one.trust)[:MOST_MESSAGES]
    is_static = card.get("errorKind") == ErrorKind.STATIC_ANALYSIS
    return Signature(tuple(messages), tuple(own_codes), is_static)


def _wordings(
    card: dict[str, Any], body: dict[str, Any], own_codes: list[str]
) -> Iterator[tuple[str, float]]:
    """Everything that may be a message of the entry, with its trust."""
    for message in card.get("errorMessages") or ():
        lines = [line for raw in message.splitlines() if not is_noise(line := clean(raw))]
        for position, line in enumerate(lines):
            yield line, MESSAGE if position == 0 else EXAMPLE
    name = (card.get("errorName") or "").strip()
    if name and not is_class(fold(name)):
        # The class of an exception is said of many errors.
        yield name, TITLE
    for text in _title_messages(card.get("title") or ""):
        yield text, TITLE
    for trace in body.get("stackTraces") or ():
        for line in _error_lines(trace.get("code") or "", own_codes):
            yield line, EXAMPLE
    for section in body.get("sections") or ():
        for line in _error_lines((section.get("text") or "")[:_TEXT_LIMIT], own_codes):
            yield line, EXAMPLE
    for sentence in _SENTENCE.split((card.get("summary") or "").strip())[:2]:
        yield sentence, SUMMARY


def _own_codes(card: dict[str, Any]) -> list[str]:
    written = [card.get("errorCode") or "", card.get("errorName") or ""]
    found = [fold(text.strip()) for text in written if text.strip()]
    title = card.get("title") or ""
    messages = card.get("errorMessages") or []
    for text in [*messages, title]:
        # A message or the head of a title that is one name is the name of the error.
        head = text.split(":")[0].strip()
        if re.fullmatch(r"[\w.$\\-]{3,60}", head) and not head.isdigit():
            found.append(fold(head))
        found += [code for code in codes(text) if "/" not in code]
    return list(dict.fromkeys(found))[:20]


def _title_messages(title: str) -> list[str]:
    title = _ENDS_IN_CODE.sub("", title)
    head, separator, rest = title.partition(": ")
    if separator and len(head.split()) == 1 and len(rest.split()) > 2:
        return [title, rest]
    return [title]


def _error_lines(text: str, own_codes: list[str]) -> list[str]:
    found = []
    for line in text.splitlines():
        match = _LINE_WITH_ERROR.search(line)
        if match is None or len(line) > 400:
            continue
        bare = _COMMENT.sub("", line).strip()
        match = _LINE_WITH_ERROR.search(bare)
        if match is None:
            continue
        message = match[1]
        code = _ENDS_IN_CODE.search(message)
        if code and own_codes and fold(code[1]) not in own_codes:
            # The example shows what another code reports.
            continue
        found.append(_ENDS_IN_CODE.sub("", message))
    return found[:MOST_MESSAGES]

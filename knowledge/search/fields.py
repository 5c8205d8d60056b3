"""The searchable text of a published document, field by field.

Invariant: read from the stored document alone; whatever the public cannot see is not here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

BODY_LIMIT = 60_000

# Parts of the body that are not about the subject, or repeat other parts in another form.
_LEFT_OUT = frozenset({"provenance", "contributors", "seo", "related"})
_SHOWN = frozenset(
    {
        "text", "code", "title", "question", "caption", "alt", "source", "heading", "name",
        "note", "milestone", "topics", "outcomes", "safetyNotice", "platform",
    }
)  # fmt: skip
_NAMES = (
    "errorMessages", "errorName", "errorCode", "compatibleWith", "previewLine", "highlights",
    "owaspIds", "cweIds", "attackIds", "errorKindLabel", "snippetKindLabel", "designKindLabel",
    "languageLabel", "code",
)  # fmt: skip
_LEADS = ("shortAnswer", "symptom", "fixSummary", "description")


@dataclass(frozen=True, slots=True)
class SearchableText:
    """What an entry can be found by: its title, its names, its lead, and the rest."""

    title: str
    names: tuple[str, ...]
    lead: str
    body: tuple[str, ...]


def searchable_text(card: dict[str, Any], body: dict[str, Any]) -> SearchableText:
    """The text of a published document."""
    leads = [text["text"] for name in _LEADS if isinstance(text := body.get(name), dict)]
    return SearchableText(
        title=card.get("title") or "",
        names=tuple(name for key in _NAMES for name in _strings(card.get(key))),
        lead=" ".join(leads[:2]) or card.get("summary") or "",
        body=tuple(_limited(_body_texts(body))),
    )


def readable_texts(card: dict[str, Any], body: dict[str, Any]) -> Iterator[str]:
    """Texts a snippet may be cut from: the summary first, then the parts in order."""
    if card.get("summary"):
        yield card["summary"]
    yield from _limited(_body_texts(body))


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value] if value else []
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _body_texts(body: dict[str, Any]) -> Iterator[str]:
    for key, value in body.items():
        if key not in _LEFT_OUT:
            yield from _texts(key, value)


def _texts(key: str, value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if key in _SHOWN and value.strip():
            yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(key, item)
    elif isinstance(value, dict):
        # A section's text holds the text of its blocks and of its questions.
        skipped = {"blocks", "questions"} if "blocks" in value else set()
        for name, item in value.items():
            if name not in skipped:
                yield from _texts(name, item)


def _limited(texts: Iterator[str]) -> Iterator[str]:
    left = BODY_LIMIT
    for text in texts:
        if left <= 0:
            return
        yield text[:left]
        left -= len(text)

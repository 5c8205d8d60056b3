"""Plain data to stream values, with ids that do not change from one loading to the next."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid5

from knowledge.blocks.languages import normalise_language
from knowledge.rendering.markdown import markdown_to_html

NAMESPACE = UUID("5c5f7ab0-6f8e-4a55-9b56-0a1f0f4f2a01")

RawBlock = dict[str, Any]
Data = dict[str, Any]


def stable_id(*parts: object) -> UUID:
    """The same id for the same ``parts``, today and on every machine."""
    return uuid5(NAMESPACE, "/".join(map(str, parts)))


def body_blocks(place: str, items: list[Data]) -> list[RawBlock]:
    """A page's body from its list of typed items; ``place`` makes the ids unique."""
    return [
        {"type": kind, "value": value, "id": str(stable_id(place, position))}
        for position, item in enumerate(items)
        for kind, value in [_BODY[item["type"]](item)]
    ]


def _words(item: Data, name: str) -> str:
    return str(item.get(name) or "").strip()


def _paragraph(item: Data) -> tuple[str, Any]:
    return "markdown", _words(item, "text")


def _heading(item: Data) -> tuple[str, Any]:
    return "heading", {"level": str(item.get("level", 2)), "text": _words(item, "text")}


def _code(item: Data) -> tuple[str, Any]:
    # Code is kept byte for byte: no stripping.
    return "code", {
        "language": normalise_language(item.get("language", "")),
        "code": item["code"],
        "caption": _words(item, "caption"),
    }


def _callout(item: Data) -> tuple[str, Any]:
    html = markdown_to_html(_words(item, "text")).strip()
    return "callout", {"tone": item.get("tone", "note"), "text": html}


def _quote(item: Data) -> tuple[str, Any]:
    names = ("text", "attribution_name", "attribution_role")
    return "quote", {name: _words(item, name) for name in names}


_BODY: dict[str, Callable[[Data], tuple[str, Any]]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "code": _code,
    "callout": _callout,
    "quote": _quote,
}

SECTION_WORDS = (
    "ordinal",
    "eyebrow",
    "heading",
    "status_line",
    "text",
    "link_label",
    "link_url",
)


def home_blocks(place: str, home: Data) -> list[RawBlock]:
    """The sections of a home page: opening, status line, then the listed ones."""
    sections: list[tuple[str, Data]] = []
    if hero := home.get("hero"):
        words = ("eyebrow", "heading", "lead", "body", "link_label", "link_url")
        sections.append(("hero", {name: _words(hero, name) for name in words}))
    if line := _words(home, "status_line"):
        sections.append(("status_line", {"text": line}))
    for item in home.get("sections", ()):
        value: Data = {name: _words(item, name) for name in SECTION_WORDS}
        if item["type"] == "latest_entries":
            value |= {"kind": _words(item, "kind").upper(), "count": item.get("count", 6)}
        sections.append((item["type"], value))
    return [
        {"type": kind, "value": value, "id": str(stable_id(place, position))}
        for position, (kind, value) in enumerate(sections)
    ]

"""The sections of a home page as plain data; the keys are the names of the GraphQL fields."""

from typing import Any

from wagtail.blocks import StreamValue

Section = dict[str, Any]


def render_home_sections(stream: StreamValue) -> list[Section]:
    """Every section in the editor's order: its type, its words, its choices."""
    return [
        render_home_section(block["type"], dict(block["value"]))
        for block in stream.raw_data
        if block["type"] in _FIELDS
    ]


def render_home_section(name: str, value: dict[str, Any]) -> Section:
    """One section, by the name of its block and the fields it stores."""
    return {"type": name.upper(), **_FIELDS[name](value)}


def _text(value: dict[str, Any], name: str) -> str:
    return (value.get(name) or "").strip()


def _link(value: dict[str, Any]) -> dict[str, str] | None:
    label, url = _text(value, "link_label"), _text(value, "link_url")
    return {"label": label, "url": url} if label and url else None


def _section(value: dict[str, Any]) -> Section:
    return {
        "ordinal": _text(value, "ordinal"),
        "eyebrow": _text(value, "eyebrow"),
        "heading": _text(value, "heading"),
        "statusLine": _text(value, "status_line"),
        "text": _text(value, "text"),
        "link": _link(value),
    }


def _hero(value: dict[str, Any]) -> Section:
    return {
        **_section(value),
        "lead": _text(value, "lead"),
        "text": _text(value, "body"),
    }


def _status_line(value: dict[str, Any]) -> Section:
    return {**_section({}), "statusLine": _text(value, "text")}


def _latest_entries(value: dict[str, Any]) -> Section:
    return {
        **_section(value),
        "kind": value.get("kind") or None,
        "count": max(1, min(24, int(value.get("count") or 6))),
    }


_FIELDS = {
    "hero": _hero,
    "status_line": _status_line,
    "figures": _section,
    "domains": _section,
    "quotes": _section,
    "testimonials": _section,
    "latest_entries": _latest_entries,
    "contributions": _section,
    "contact": _section,
}

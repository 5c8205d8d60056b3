"""A page's body, block by block, and joined to one HTML and plain text.

Invariant: rendering asks the database nothing; what a body refers to was loaded before,
for all pages of an answer together. A reference the public cannot follow leaves no trace.
"""

from collections.abc import Iterable
from html import escape
from types import SimpleNamespace
from typing import Any

from wagtail.blocks import StreamValue

from knowledge.rendering.body import render_body
from pages.rendering.targets import PageRenderingContext, RawBlock, load_targets

Block = dict[str, Any]


def raw_blocks(stream: StreamValue) -> list[RawBlock]:
    """The blocks of ``stream`` as stored: choosers hold ids, nothing is fetched."""
    return [dict(block) for block in stream.raw_data]


def render_bodies(bodies: dict[int, tuple[str, StreamValue]]) -> dict[int, dict[str, Any]]:
    """Key → (locale, body) rendered as key → ``{html, text, blocks}``, in few statements."""
    raw = {key: raw_blocks(stream) for key, (_, stream) in bodies.items()}
    targets = load_targets(raw.values())
    return {
        key: render_page_body(
            raw[key], stream, PageRenderingContext(locale=locale, targets=targets)
        )
        for key, (locale, stream) in bodies.items()
    }


def render_body_of(page: Any) -> dict[str, Any]:
    """``{html, text, blocks}`` of one page with a ``body``."""
    return render_bodies({page.pk: (page.locale.language_code, page.body)})[page.pk]


def render_page_body(
    raw: Iterable[RawBlock], stream: StreamValue, context: PageRenderingContext
) -> dict[str, Any]:
    """The blocks of ``raw``, which are those of ``stream`` as stored. Empty ones leave nothing."""
    rendered = [block for one in raw if (block := _render_block(one, stream, context)) is not None]
    return {
        "html": "\n".join(block["html"] for block in rendered),
        "text": "\n\n".join(block["text"] for block in rendered if block["text"]),
        "blocks": rendered,
    }


def _render_block(
    raw: RawBlock, stream: StreamValue, context: PageRenderingContext
) -> Block | None:
    kind, value = raw["type"], raw["value"]
    if not value or kind not in stream.stream_block.child_blocks:
        return None
    match kind:
        case "heading":
            return _heading(value)
        case "quote":
            return _quote(value)
        case "entry":
            return _entry(value, context)
        case "image":
            # Wagtail's own value would fetch the image; only its id is needed here.
            image = context.image(value.get("image") or 0)
            sizes = {one["name"] for one in image["renditions"]} if image else set()
            if "medium" not in sizes:
                return None
            value = {**value, "image": SimpleNamespace(pk=value["image"])}
        case _:
            value = stream.stream_block.child_blocks[kind].to_python(value)
    blocks = render_body([SimpleNamespace(block_type=kind, value=value)], context)["blocks"]
    return blocks[0] if blocks else None


def _heading(value: dict[str, Any]) -> Block | None:
    text = (value.get("text") or "").strip()
    if not text:
        return None
    level = int(value.get("level") or 2)
    return {
        "type": "HEADING",
        "html": f"<h{level}>{escape(text, quote=False)}</h{level}>",
        "markdown": f"{'#' * level} {text}",
        "text": text,
        "level": level,
    }


def _quote(value: dict[str, Any]) -> Block | None:
    words = (value.get("text") or "").strip()
    if not words:
        return None
    name = value.get("attribution_name") or ""
    role = value.get("attribution_role") or ""
    source = ", ".join(part for part in (name, role) if part)
    caption = f"<figcaption>{escape(source, quote=False)}</figcaption>" if source else ""
    quoted = "\n".join(f"> {line}".rstrip() for line in words.split("\n"))
    return {
        "type": "QUOTE",
        "html": f"<figure><blockquote>{escape(words, quote=False)}</blockquote>{caption}</figure>",
        "markdown": quoted + (f"\n>\n> {source}" if source else ""),
        "text": f"{words}\n{source}" if source else words,
        "quote": words,
        "attributionName": name,
        "attributionRole": role,
    }


def _entry(pk: int, context: PageRenderingContext) -> Block | None:
    entry = context.chosen_entry(pk)
    if entry is None:
        return None
    title, path, code = entry["title"], entry["path"], entry["code"]
    return {
        "type": "ENTRY",
        "html": f'<p><a href="{escape(path)}" data-entry="{escape(code)}">'
        f"{escape(title, quote=False)}</a></p>",
        "markdown": f"[{title}]({path})",
        "text": title,
        "entryKey": entry["key"],
    }

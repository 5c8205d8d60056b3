"""A section's body, block by block, and joined to one HTML, Markdown and plain text."""

from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from knowledge.blocks.languages import LANGUAGES
from knowledge.rendering.highlighting import code_html, highlighted_html
from knowledge.rendering.links import RenderingContext
from knowledge.rendering.markdown import fenced
from knowledge.rendering.prose import render_markdown, render_rich_text
from knowledge.rendering.sanitising import sanitise
from knowledge.rendering.text import plain_text

LANGUAGE_LABELS = dict(LANGUAGES)

Block = dict[str, Any]


def render_body(blocks: Iterable[Any], context: RenderingContext) -> dict[str, Any]:
    """``{html, markdown, text, blocks}`` of a BodyBlock's value. Empty blocks leave nothing."""
    rendered = [
        result
        for block in blocks
        if block.value is not None
        and (result := _RENDERERS[block.block_type](block.value, context))
    ]
    return {
        "html": "\n".join(block["html"] for block in rendered),
        "markdown": "\n\n".join(block["markdown"] for block in rendered),
        "text": "\n\n".join(block["text"] for block in rendered if block["text"]),
        "blocks": rendered,
    }


def render_code(code: str, language: str, caption: str = "") -> Block:
    """A code block; ``code`` is byte for byte what was typed."""
    language = language or "text"
    return {
        "type": "CODE",
        "html": code_html(code, language) + _caption_html(caption),
        "markdown": fenced(code, "" if language == "text" else language)
        + (f"\n\n*{caption}*" if caption else ""),
        "text": code.rstrip("\n") + (f"\n{caption}" if caption else ""),
        "language": language,
        "languageLabel": LANGUAGE_LABELS.get(language, language),
        "code": code,
        "highlightedHtml": highlighted_html(code, language),
        "caption": caption,
    }


def _prose(value: Any, context: RenderingContext) -> Block | None:
    prose = render_rich_text(value.source, context)
    return {"type": "PROSE", **prose} if prose else None


def _markdown(value: str, context: RenderingContext) -> Block | None:
    prose = render_markdown(value, context)
    return {"type": "PROSE", **prose} if prose else None


def _code(value: Any, context: RenderingContext) -> Block | None:
    if not (value.get("code") or "").strip():
        return None
    return render_code(value["code"], value.get("language") or "text", value.get("caption") or "")


def _image(value: Any, context: RenderingContext) -> Block | None:
    # Only the id is used: a deferred image would be fetched a second time.
    image_id = value.get("image") and value["image"].pk
    image = context.image(image_id) if image_id else None
    if image is None:
        return None
    alt = value.get("alt") or ""
    caption = value.get("caption") or ""
    medium = next(one for one in image["renditions"] if one["name"] == "medium")
    html = (
        f'<figure><img src="{escape(medium["url"])}" alt="{escape(alt)}"'
        f' width="{medium["width"]}" height="{medium["height"]}">'
        + (f"<figcaption>{escape(caption, quote=False)}</figcaption>" if caption else "")
        + "</figure>"
    )
    return {
        "type": "IMAGE",
        "html": html,
        "markdown": f"![{alt}]({medium['url']})" + (f"\n\n*{caption}*" if caption else ""),
        "text": "\n".join(part for part in (alt, caption) if part),
        "image": image,
        "alt": alt,
        "caption": caption,
    }


def _table(value: Any, context: RenderingContext) -> Block | None:
    rows = [[str(cell or "") for cell in row] for row in value.get("data") or []]
    if not any(any(row) for row in rows):
        return None
    header_choice = value.get("table_header_choice")
    first_row_is_header = (
        header_choice in ("row", "both")
        if header_choice is not None
        else bool(value.get("first_row_is_table_header"))
    )
    headers = rows[0] if first_row_is_header else []
    cells = rows[1:] if first_row_is_header else rows
    caption = value.get("table_caption") or ""
    html = sanitise(
        "<table>"
        + (f"<caption>{escape(caption)}</caption>" if caption else "")
        + (f"<thead>{_row(headers, 'th')}</thead>" if headers else "")
        + f"<tbody>{''.join(_row(row, 'td') for row in cells)}</tbody></table>"
    )
    width = max(len(row) for row in rows)
    head = headers or [""] * width
    lines = [_line(head), _line(["---"] * len(head)), *(_line(row) for row in cells)]
    return {
        "type": "TABLE",
        "html": html,
        "markdown": "\n".join(lines),
        "text": plain_text(html),
        "headers": headers,
        "rows": cells,
        "caption": caption,
    }


def _callout(value: Any, context: RenderingContext) -> Block | None:
    prose = value.get("text") and render_rich_text(value["text"].source, context)
    if not prose:
        return None
    tone = value.get("tone") or "note"
    quoted = "\n".join(f"> {line}".rstrip() for line in prose["markdown"].split("\n"))
    return {
        "type": "CALLOUT",
        "html": f'<div class="callout callout-{tone}">{prose["html"]}</div>',
        "markdown": f"> [!{tone.upper()}]\n{quoted}",
        "text": prose["text"],
        "tone": tone.upper(),
    }


def _row(cells: list[str], tag: str) -> str:
    return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>"


def _line(cells: list[str]) -> str:
    escaped = (cell.replace("|", "\\|").replace("\n", "<br>") for cell in cells)
    return "| " + " | ".join(escaped) + " |"


def _caption_html(caption: str) -> str:
    return f"<p><small>{escape(caption, quote=False)}</small></p>" if caption else ""


_RENDERERS: dict[str, Callable[[Any, RenderingContext], Block | None]] = {
    "paragraph": _prose,
    "markdown": _markdown,
    "code": _code,
    "image": _image,
    "table": _table,
    "callout": _callout,
}

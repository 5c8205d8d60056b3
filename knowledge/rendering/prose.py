"""Short rich texts: the three forms of one source."""

from html import escape

from knowledge.rendering.links import RenderingContext, rewrite_links, rewrite_markdown_links
from knowledge.rendering.markdown import html_to_markdown, markdown_to_html
from knowledge.rendering.sanitising import sanitise
from knowledge.rendering.text import plain_text

Prose = dict[str, str]


def render_rich_text(source: str, context: RenderingContext) -> Prose | None:
    """``{html, markdown, text}`` of a rich text as Wagtail stores it; None when it is empty."""
    html = sanitise(rewrite_links(source, context)).strip()
    text = plain_text(html)
    if not text:
        return None
    return {"html": html, "markdown": html_to_markdown(html), "text": text}


def render_markdown(source: str, context: RenderingContext) -> Prose | None:
    """``{html, markdown, text}`` of Markdown; the Markdown is the source itself."""
    if not source.strip():
        return None
    html = sanitise(rewrite_links(markdown_to_html(source), context)).strip()
    return {
        "html": html,
        "markdown": rewrite_markdown_links(source.strip("\n"), context),
        "text": plain_text(html),
    }


def summary_of(text: str, limit: int = 280) -> str:
    """The beginning of ``text`` on one line, cut at a word."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    return line[: limit - 1].rsplit(" ", 1)[0].rstrip(",;:.") + "…"


def paragraph(text: str) -> str:
    """Plain text as one HTML paragraph."""
    return f"<p>{escape(text, quote=False)}</p>"

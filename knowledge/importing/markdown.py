"""Markdown of a record to what editors work with: body blocks and short rich text.

Invariant: nothing readable is lost; what rich text cannot hold becomes paragraphs.
"""

import re
from html import escape
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

from knowledge.blocks.languages import normalise_language
from knowledge.rendering.links import is_link_target
from knowledge.rendering.markdown import markdown_outline, markdown_to_html

Blocks = list[tuple[str, Any]]

# Text between these stays one block: cut in two, neither half would be balanced.
_CONTAINER = re.compile(r"<(/?)(details|div|table|figure|section|blockquote|center)\b", re.I)
# Without a line that begins like this there is nothing to cut out.
_CUT_OUT = re.compile(r"^ {0,3}(?:```|~~~|>)", re.M)
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]+\]:\s", re.M)
_CALLOUT = re.compile(r"^\[!(NOTE|TIP|WARNING|DANGER)\][ \t]*(?:\n|$)", re.I)


def body_blocks(source: str) -> Blocks:
    """The body blocks of a section: code and callouts of their own, the rest as Markdown."""
    source = source.replace("\r\n", "\n").strip("\n")
    # A link definition serves the whole text, so such a text is not cut.
    if _DEFINITION.search(source):
        return [("markdown", source)]
    lines = source.split("\n")
    blocks: Blocks = []
    if "\r" not in source and not _CUT_OUT.search(source):
        _add_markdown(blocks, lines)
        return blocks
    done = depth = 0
    tokens = markdown_outline(source)
    for position, token in enumerate(tokens):
        if token.type == "html_block":
            depth += sum(-1 if tag[1] else 1 for tag in _CONTAINER.finditer(token.content))
            depth = max(0, depth)
        if token.level or token.map is None or depth > 0:
            continue
        block = None
        if token.type == "fence":
            block = _code(token)
        elif token.type == "blockquote_open":
            block = _callout(tokens, position)
        if block is not None:
            start, end = token.map
            _add_markdown(blocks, lines[done:start])
            blocks.append(block)
            done = end
    _add_markdown(blocks, lines[done:])
    return blocks


def _add_markdown(blocks: Blocks, lines: list[str]) -> None:
    text = "\n".join(lines).strip("\n")
    if text.strip():
        blocks.append(("markdown", text))


def _code(token: Any) -> tuple[str, Any] | None:
    if not token.content.strip():
        return None
    language = normalise_language(token.info.split(maxsplit=1)[0] if token.info.strip() else "")
    return "code", {
        "language": language,
        "code": token.content.removesuffix("\n"),
        "caption": "",
    }


def _callout(tokens: list, position: int) -> tuple[str, Any] | None:
    """The quotation beginning at ``position`` as a callout, when it is one of plain paragraphs."""
    texts = []
    for token in tokens[position + 1 :]:
        if token.type == "blockquote_close" and token.level == 0:
            break
        if token.type == "inline":
            texts.append(token.content)
        elif token.type not in ("paragraph_open", "paragraph_close"):
            return None
    match = _CALLOUT.match(texts[0]) if texts else None
    if match is None:
        return None
    texts[0] = texts[0][match.end() :]
    html = rich_text("\n\n".join(texts))
    return ("callout", {"tone": match[1].lower(), "text": html}) if html else None


def rich_text(source: str) -> str:
    """Markdown as short rich text: paragraphs of bold, italic, code and links."""
    if not source.strip():
        return ""
    parser = _InlineParser()
    parser.feed(markdown_to_html(source))
    parser.close()
    return parser.html()


def first_paragraph(source: str) -> str:
    """The first paragraph of Markdown, as Markdown; "" when the text has none."""
    tokens = markdown_outline(source)
    for token, following in pairwise(tokens):
        if token.type == "paragraph_open" and token.level == 0:
            return following.content
    return ""


def is_one_paragraph(source: str) -> bool:
    """True when rich text can hold all of ``source`` as it stands."""
    return [token.type for token in markdown_outline(source)] == [
        "paragraph_open",
        "inline",
        "paragraph_close",
    ]


def plain_title(source: str) -> str:
    """A title on one line, without the HTML tags some sources put in it."""
    tags = r"</?(?:img|a|b|i|em|strong|code|br|span|sup|sub)\b[^>]*>"
    return " ".join(re.sub(tags, " ", source, flags=re.I).split())


_PARAGRAPHS = {
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "pre", "blockquote", "table",
    "tr", "div", "dd", "dt", "dl", "details", "summary", "figure", "figcaption", "hr",
}  # fmt: skip
_INLINE = {"strong": "b", "b": "b", "em": "i", "i": "i", "code": "code", "kbd": "code"}


class _InlineParser(HTMLParser):
    """Cuts HTML down to what the editor of short texts offers."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[list[str]] = [[]]
        self.open: list[tuple[str, str]] = []
        self.verbatim = self.hidden = 0

    def html(self) -> str:
        """The paragraphs that hold any text."""
        texts = ("".join(parts).strip() for parts in self.paragraphs)
        return "".join(f"<p>{text}</p>" for text in texts if re.sub(r"<[^>]*>|\s", "", text))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in ("script", "style"):
            self.hidden += 1
        elif tag in _PARAGRAPHS:
            self._break()
            self.verbatim += tag == "pre"
        elif tag == "br":
            self.paragraphs[-1].append("<br/>")
        elif tag == "img":
            self.handle_data(values.get("alt") or "")
        elif tag in ("td", "th"):
            self.handle_data(" ")
        elif tag in _INLINE:
            self._open(tag, f"<{_INLINE[tag]}>", f"</{_INLINE[tag]}>")
        elif tag == "a":
            href = values.get("href") or ""
            if href.startswith("entry:") or (href and is_link_target(href)):
                self._open(tag, f'<a href="{escape(href)}">', "</a>")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self.hidden = max(0, self.hidden - 1)
        elif tag in _PARAGRAPHS:
            self._break()
            self.verbatim = max(0, self.verbatim - (tag == "pre"))
        elif any(name == tag for name, _ in self.open):
            while self.open:
                name, closing = self.open.pop()
                self.paragraphs[-1].append(closing)
                if name == tag:
                    break

    def handle_data(self, data: str) -> None:
        if self.hidden:
            return
        text = escape(data, quote=False)
        if self.verbatim:
            text = text.strip("\n").replace("\n", "<br/>")
        self.paragraphs[-1].append(text)

    def _open(self, tag: str, opening: str, closing: str) -> None:
        self.paragraphs[-1].append(opening)
        self.open.append((tag, closing))

    def _break(self) -> None:
        while self.open:
            self.paragraphs[-1].append(self.open.pop()[1])
        self.paragraphs.append([])

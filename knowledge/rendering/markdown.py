"""Markdown to HTML (CommonMark with tables and strikethrough), and rich text to Markdown."""

from typing import Any

from markdown_it import MarkdownIt
from markdownify import MarkdownConverter

# Raw HTML is let through here and cut down by the sanitiser afterwards, so that
# ``<kbd>`` and ``<details>`` of imported texts survive and ``<script>`` does not.
_PARSER = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable(
    ["table", "strikethrough"]
)
# The same blocks, whose text is left unread.
_OUTLINE_PARSER = (
    MarkdownIt("commonmark", {"html": True, "linkify": False})
    .enable(["table", "strikethrough"])
    .disable(["inline", "text_join"])
)


def markdown_to_html(source: str) -> str:
    """HTML of Markdown, not yet sanitised. Headings begin at ``h3``: a section has its own."""
    tokens = _PARSER.parse(source)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, max(3, int(token.tag[1:])))}"
    return _PARSER.renderer.render(tokens, _PARSER.options, {})


def markdown_outline(source: str) -> list:
    """The block tokens of ``source``, with their line ranges in ``token.map``.

    The text of a block is in ``token.content`` as it was written.
    """
    return _OUTLINE_PARSER.parse(source)


# markdownify makes part of its class at run time, beyond what a type checker sees.
_Markdownify: Any = MarkdownConverter


class _Converter(_Markdownify):
    """Fenced code keeps its language and its bytes."""

    def escape(self, text, parent_tags):
        # "<T>" in running text would be an HTML tag to a Markdown reader.
        escaped: str = super().escape(text, parent_tags)
        return escaped.replace("<", "\\<")

    def convert_pre(self, el, text, parent_tags):
        code = el.find("code")
        language = ""
        for name in (code.get("class") or []) if code else []:
            if name.startswith("language-"):
                language = name.removeprefix("language-")
        return "\n\n" + fenced((code or el).get_text(), language) + "\n\n"


def fenced(code: str, language: str = "") -> str:
    """``code`` as a fenced block whose fence is longer than any run of backticks inside."""
    longest = run = 0
    for character in code:
        run = run + 1 if character == "`" else 0
        longest = max(longest, run)
    fence = "`" * max(3, longest + 1)
    newline = "" if code.endswith("\n") else "\n"
    return f"{fence}{language}\n{code}{newline}{fence}"


def html_to_markdown(html: str) -> str:
    """Markdown that renders to ``html`` again, as far as Markdown can say it."""
    converter = _Converter(heading_style="ATX", bullets="-", escape_misc=False)
    return converter.convert(html).strip("\n")

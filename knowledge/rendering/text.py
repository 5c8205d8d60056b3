"""Plain text of HTML: what a reader would read aloud, block by block."""

from html.parser import HTMLParser

_BLOCKS = {
    "blockquote", "br", "caption", "dd", "details", "div", "dl", "dt", "figcaption",
    "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "summary",
    "table", "tr", "ul",
}  # fmt: skip


class _TextParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self.verbatim = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._break()
        elif tag in ("td", "th") and self.lines[-1]:
            self.lines[-1] = self.lines[-1].rstrip() + "\t"
        elif tag == "img":
            self.lines[-1] += dict(attrs).get("alt") or ""
        if tag == "pre":
            self.verbatim += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "pre":
            self.verbatim = max(0, self.verbatim - 1)
        if tag in _BLOCKS:
            self._break()

    def handle_data(self, data: str) -> None:
        if self.verbatim:
            first, *rest = data.split("\n")
            self.lines[-1] += first
            self.lines += rest
        else:
            words = " ".join(data.split())
            if data[:1].isspace() and self.lines[-1] and not self.lines[-1].endswith((" ", "\t")):
                self.lines[-1] += " "
            self.lines[-1] += words
            if words and data[-1:].isspace():
                self.lines[-1] += " "

    def _break(self) -> None:
        if self.lines[-1]:
            self.lines.append("")


def plain_text(html: str) -> str:
    """The text of ``html``: one line a block, code lines kept as they are."""
    parser = _TextParser()
    parser.feed(html)
    parser.close()
    return "\n".join(line.rstrip() for line in parser.lines).strip("\n")

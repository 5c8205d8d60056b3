"""What a document may point at: only things the public can reach, each noted as a reference.

Invariant: every target looked up here is recorded, found or not, so the document is
rendered again when the target appears, moves or goes.
"""

import re
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from cms.media.renditions import RENDITIONS, image_document, make_renditions
from cms.media.rights import is_public_media
from cms.publishing.addresses import page_path
from cms.publishing.visibility import visible_pages
from knowledge.models.entry import entry_path
from knowledge.models.published import PublishedEntry
from knowledge.rendering.sanitising import URL_SCHEMES


@dataclass
class RenderingContext:
    """What one rendering needs to know, and what it found out.

    ``base_url`` resolves relative links of imported texts. ``references`` collects
    the targets whose change makes the rendering stale.
    """

    locale: str
    base_url: str = ""
    references: set[str] = field(default_factory=set)
    entry_pks: set[int] = field(default_factory=set)
    _entries: dict[str, dict[str, str] | None] = field(default_factory=dict)

    def page_url(self, page_id: int) -> str | None:
        """The address of a public page."""
        self.references.add(f"page:{page_id}")
        page = visible_pages().filter(pk=page_id).first()
        return page_path(page) if page else None

    def document_url(self, document_id: int) -> str | None:
        """The address of a document in a public collection."""
        self.references.add(f"document:{document_id}")
        document = get_document_model().objects.filter(pk=document_id).first()
        return document.url if document and is_public_media(document) else None

    def entry(self, code: str) -> dict[str, str] | None:
        """Path and title of a published entry, in this locale if there is one."""
        self.references.add(f"entry:{code}")
        if code not in self._entries:
            rows = list(PublishedEntry.objects.visible().filter(code=code))
            rows.sort(key=lambda row: (row.locale != self.locale, row.locale))
            self._entries[code] = (
                {
                    "path": entry_path(rows[0].kind, rows[0].slug, code, rows[0].locale),
                    "title": rows[0].card["title"],
                }
                if rows
                else None
            )
        return self._entries[code]

    def image(self, image_id: int) -> dict[str, Any] | None:
        """A public image in the sizes of ``RENDITIONS``."""
        self.references.add(f"image:{image_id}")
        image = get_image_model().objects.filter(pk=image_id).first()
        if image is None or not is_public_media(image):
            return None
        make_renditions(image)
        document = image_document(image)
        # The row outlived its file: a reader sees no picture, an editor still can publish.
        return document if len(document["renditions"]) == len(RENDITIONS) else None

    def href(self, target: str) -> tuple[str | None, str]:
        """A written link target as (address, entry code): ``entry:DB-001`` or a URL."""
        if target.startswith("entry:"):
            code = target.removeprefix("entry:").strip().upper()
            found = self.entry(code)
            return (found["path"] if found else None), code
        if self.base_url and not urlsplit(target).scheme and not target.startswith("#"):
            try:
                target = urljoin(self.base_url, target)
            except ValueError:
                return None, ""
        return (target if is_link_target(target) else None), ""


def is_link_target(target: str) -> bool:
    """True for relative addresses and the schemes that the sanitiser allows."""
    try:
        scheme = urlsplit(target.strip()).scheme
    except ValueError:
        return False
    return scheme.lower() in URL_SCHEMES or (not scheme and ":" not in target.split("/")[0])


class _LinkRewriter(HTMLParser):
    """Wagtail's stored links and ours become addresses; a link to nowhere becomes its text."""

    def __init__(self, context: RenderingContext) -> None:
        super().__init__(convert_charrefs=False)
        self.context = context
        self.out: list[str] = []
        self.open_links: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "a":
            href, code = self._address(values)
            self.open_links.append(href is not None)
            if href is not None:
                entry = f' data-entry="{escape(code)}"' if code else ""
                title = f' title="{escape(values["title"])}"' if values.get("title") else ""
                self.out.append(f'<a href="{escape(href)}"{title}{entry}>')
            return
        if tag == "img":
            source, _ = self.context.href(values.get("src", ""))
            if not source:
                return
            values["src"] = source
        if tag == "embed":
            return
        text = "".join(f' {name}="{escape(value)}"' for name, value in values.items())
        self.out.append(f"<{tag}{text}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag == "a":
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            if self.open_links and self.open_links.pop():
                self.out.append("</a>")
            return
        self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.out.append(data)

    def handle_entityref(self, name: str) -> None:
        self.out.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.out.append(f"&#{name};")

    def _address(self, values: dict[str, str]) -> tuple[str | None, str]:
        identifier = values.get("id", "")
        kind = values.get("linktype")
        if kind == "page" and identifier.isdigit():
            return self.context.page_url(int(identifier)), ""
        if kind == "document" and identifier.isdigit():
            return self.context.document_url(int(identifier)), ""
        if kind is None and values.get("href"):
            return self.context.href(values["href"])
        return None, ""


def rewrite_links(html: str, context: RenderingContext) -> str:
    """``html`` with every link resolved for the public."""
    if "<a" not in html and "<img" not in html and "<embed" not in html:
        return html
    rewriter = _LinkRewriter(context)
    rewriter.feed(html)
    rewriter.close()
    return "".join(rewriter.out)


_ENTRY_LINK = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(entry:([A-Za-z0-9-]+)\)")
_FENCE = re.compile(r"^ {0,3}(```+|~~~+)")


def rewrite_markdown_links(markdown: str, context: RenderingContext) -> str:
    """Markdown with ``[text](entry:CODE)`` resolved as in the HTML; fenced code is left alone."""
    if "](entry:" not in markdown:
        return markdown

    def resolved(match: re.Match[str]) -> str:
        path, _ = context.href(f"entry:{match[2]}")
        return f"[{match[1]}]({path})" if path else match[1]

    lines, fence = [], ""
    for line in markdown.split("\n"):
        marker = _FENCE.match(line)
        if marker and not fence:
            fence = marker[1]
        elif marker and marker[1].startswith(fence):
            fence = ""
        elif not fence:
            line = _ENTRY_LINK.sub(resolved, line)
        lines.append(line)
    return "\n".join(lines)

"""What the bodies of some pages point at, loaded for all of them together.

Invariant: the number of statements depends on the kinds of target, not on how many
pages or links there are; and only what the public may see is ever loaded.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from cms.media.renditions import image_document
from cms.publishing.addresses import absolute, path_below, site_roots
from cms.publishing.parts import Parts
from cms.publishing.visibility import visible_documents, visible_images, visible_pages
from knowledge.models import PublishedEntry
from knowledge.models.entry import entry_path
from knowledge.rendering.links import RenderingContext

RawBlock = dict[str, Any]

_ENTRY_CODE = re.compile(r"entry:\s*([A-Za-z0-9-]+)")


@dataclass
class Targets:
    """Addresses and images by id, entries by code and by id; only what may be seen."""

    pages: dict[int, str] = field(default_factory=dict)
    documents: dict[int, str] = field(default_factory=dict)
    images: dict[int, dict[str, Any]] = field(default_factory=dict)
    codes: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    entries: dict[int, list[dict[str, Any]]] = field(default_factory=dict)


@dataclass
class _Wanted(HTMLParser):
    pages: set[int] = field(default_factory=set)
    documents: set[int] = field(default_factory=set)
    images: set[int] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    entries: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        HTMLParser.__init__(self, convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        identifier = values.get("id") or ""
        if tag == "a" and identifier.isdigit():
            if values.get("linktype") == "page":
                self.pages.add(int(identifier))
            elif values.get("linktype") == "document":
                self.documents.add(int(identifier))

    def read(self, block: RawBlock) -> None:
        """Note what one raw block of a body refers to."""
        value = block["value"]
        if block["type"] == "image" and value.get("image"):
            self.images.add(value["image"])
        elif block["type"] == "entry" and value:
            self.entries.add(value)
        for text in _texts(value):
            self.codes.update(code.upper() for code in _ENTRY_CODE.findall(text))
            if "linktype" in text:
                self.feed(text)
                self.close()
                self.reset()


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def load_targets(bodies: Iterable[Iterable[RawBlock]]) -> Targets:
    """Everything that ``bodies`` refer to and the public may see; at most nine statements."""
    wanted = _Wanted()
    for body in bodies:
        for block in body:
            wanted.read(block)
    targets = Targets()
    if wanted.pages:
        roots = site_roots()
        for pk, url_path in (
            visible_pages().filter(pk__in=wanted.pages).values_list("pk", "url_path")
        ):
            path = path_below(roots, url_path)
            if path is not None:
                targets.pages[pk] = absolute(path)
    if wanted.documents:
        documents = visible_documents().filter(pk__in=wanted.documents)
        targets.documents = {document.pk: document.url for document in documents}
    if wanted.images:
        images = visible_images().filter(pk__in=wanted.images)
        targets.images = {image.pk: image_document(image) for image in images}
    _load_entries(wanted, targets)
    return targets


def _load_entries(wanted: _Wanted, targets: Targets) -> None:
    """Each entry in every language it is published in."""
    if not wanted.codes and not wanted.entries:
        return
    published = PublishedEntry.objects.visible()
    chosen = dict(
        published.filter(pk__in=wanted.entries).values_list("pk", "translation_key")
        if wanted.entries
        else ()
    )
    rows = published.filter(code__in=wanted.codes) | published.filter(
        translation_key__in=set(chosen.values())
    )
    by_key: dict[Any, list[dict[str, Any]]] = {}
    for row in rows.order_by("locale").defer(*Parts._fields):
        entry = {
            "key": row.translation_key.hex,
            "kind": row.kind,
            "code": row.code,
            "locale": row.locale,
            "title": row.card["title"],
            "path": entry_path(row.kind, row.slug, row.code, row.locale),
        }
        by_key.setdefault(row.translation_key, []).append(entry)
        targets.codes.setdefault(row.code, []).append(entry)
    for pk, key in chosen.items():
        targets.entries[pk] = by_key.get(key, [])


@dataclass
class PageRenderingContext(RenderingContext):
    """A rendering context that looks nothing up by itself: all its targets are given."""

    targets: Targets = field(default_factory=Targets)

    def page_url(self, page_id: int) -> str | None:
        return self.targets.pages.get(page_id)

    def document_url(self, document_id: int) -> str | None:
        return self.targets.documents.get(document_id)

    def image(self, image_id: int) -> dict[str, Any] | None:
        return self.targets.images.get(image_id)

    def entry(self, code: str) -> dict[str, Any] | None:
        return self.preferred(self.targets.codes.get(code, []))

    def chosen_entry(self, pk: int) -> dict[str, Any] | None:
        """The published entry behind an entry block, in this language if there is one."""
        return self.preferred(self.targets.entries.get(pk, []))

    def preferred(self, entries: list[dict[str, Any]]) -> dict[str, Any] | None:
        """Of one entry's languages, this context's, else the first by code."""
        return min(
            entries, key=lambda one: (one["locale"] != self.locale, one["locale"]), default=None
        )

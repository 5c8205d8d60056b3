"""Atom (RFC 4287), with pages (RFC 5005) and withdrawn entries (RFC 6721)."""

import re
from datetime import UTC, datetime
from xml.etree import ElementTree

from knowledge.catalogue import absolute_url
from knowledge.feeds.content import html_of, rights_of
from knowledge.feeds.selection import Selection, entry_id
from knowledge.models import PublishedEntry

ATOM = "http://www.w3.org/2005/Atom"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
# XML has no way to write them; code and terminal output may hold them.
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

ElementTree.register_namespace("", ATOM)
ElementTree.register_namespace("at", TOMBSTONES)


def atom(selection: Selection, *, url: str, next_url: str, site_url: str) -> bytes:
    """The feed as XML; ``url`` is its own address, ``site_url`` where people read."""
    feed = ElementTree.Element(f"{{{ATOM}}}feed", {"xml:lang": selection.locale})
    add(feed, "id", url)
    add(feed, "title", selection.title)
    add(feed, "updated", moment(selection.updated))
    add(feed, "link", rel="self", type="application/atom+xml", href=url)
    add(feed, "link", rel="alternate", href=site_url)
    if next_url:
        add(feed, "link", rel="next", type="application/atom+xml", href=next_url)
    add(add(feed, "author"), "name", selection.title.split(" · ")[0])
    for entry in selection.entries():
        add_entry(feed, entry)
    for gone in selection.withdrawn:
        ElementTree.SubElement(
            feed,
            f"{{{TOMBSTONES}}}deleted-entry",
            {"ref": entry_id(gone.code, gone.locale), "when": moment(gone.at)},
        )
    return ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)


def add_entry(feed: ElementTree.Element, entry: PublishedEntry) -> None:
    element = add(feed, "entry")
    add(element, "id", entry_id(entry.code, entry.locale))
    add(element, "title", entry.card["title"])
    add(element, "published", moment(entry.published_at))
    add(element, "updated", moment(entry.updated_at))
    add(element, "link", rel="alternate", href=absolute_url(entry.card["path"]))
    add(element, "category", term=entry.kind)
    if entry.card["summary"]:
        add(element, "summary", entry.card["summary"])
    if rights := rights_of(entry):
        add(element, "rights", rights)
    add(element, "content", html_of(entry), type="html")


def add(
    parent: ElementTree.Element, name: str, text: str = "", **attributes: str
) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    if text:
        element.text = UNWRITABLE.sub("", text)
    return element


def moment(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

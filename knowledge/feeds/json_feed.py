"""JSON Feed 1.1."""

from typing import Any

import orjson

from knowledge.catalogue import absolute_url
from knowledge.feeds.atom import moment
from knowledge.feeds.content import html_of, rights_of
from knowledge.feeds.selection import Selection, entry_id
from knowledge.models import PublishedEntry


def json_feed(selection: Selection, *, url: str, next_url: str, site_url: str) -> bytes:
    """The feed as JSON; ``url`` is its own address, ``site_url`` where people read."""
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": selection.title,
        "home_page_url": site_url,
        "feed_url": url,
        "language": selection.locale,
    }
    if next_url:
        feed["next_url"] = next_url
    feed["items"] = [item(entry) for entry in selection.entries()]
    return orjson.dumps(feed)


def item(entry: PublishedEntry) -> dict[str, Any]:
    shown = {
        "id": entry_id(entry.code, entry.locale),
        "url": absolute_url(entry.card["path"]),
        "title": entry.card["title"],
        "summary": entry.card["summary"],
        "content_html": html_of(entry),
        "date_published": moment(entry.published_at),
        "date_modified": moment(entry.updated_at),
        "language": entry.locale,
        "tags": [entry.kind],
        "_lamplight": {"code": entry.code, "kind": entry.kind},
    }
    if rights := rights_of(entry):
        shown["_lamplight"]["rights"] = rights
    return shown

"""The sitemap of entries: up to 50,000 addresses, the ones changed last."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from cms.publishing.models import ContentVersion
from knowledge.catalogue import absolute_url
from knowledge.feeds.atom import moment
from knowledge.feeds.selection import last_change
from knowledge.models import PublishedEntry
from knowledge.models.entry import entry_path

MOST_ADDRESSES = 50_000


def sitemap_state() -> tuple[str, int]:
    """A text that changes with the sitemap, and when it last did, in seconds."""
    # Counted, because an entry that expires leaves without an event.
    count = PublishedEntry.objects.visible().count()
    modified = int(last_change(PublishedEntry.objects.all()).timestamp())
    return f"{ContentVersion.current()}-{count}", modified


def sitemap_lines() -> Iterator[str]:
    """The XML, line by line."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    rows = (
        PublishedEntry.objects.visible()
        .order_by("-updated_at", "-object_id")
        .values_list("kind", "slug", "code", "locale", "updated_at")[:MOST_ADDRESSES]
    )
    for kind, slug, code, locale, updated_at in rows.iterator(1000):
        url = escape(absolute_url(entry_path(kind, slug, code, locale)))
        yield f"<url><loc>{url}</loc><lastmod>{moment(updated_at)}</lastmod></url>\n"
    yield "</urlset>\n"

"""Pages of the site as documents that searches rank beside entries.

Invariant: which pages there are is asked anew each time, through the one rule of what is
visible; only their analysed text is remembered, until they are published again.
"""

from threading import Lock
from typing import Any

from graphql_api.context import RequestContext
from graphql_api.knowledge.reading import Reading
from graphql_api.pages.reader import reader
from knowledge.search.side_documents import SideDocument, side_document

# Pages are few and shaped by editors; a site with more is searched in part.
MOST_PAGES = 500

_known: dict[int, tuple[Any, SideDocument]] = {}
_lock = Lock()


def page_documents(reading: Reading, context: RequestContext) -> list[SideDocument]:
    """The visible pages in the language of ``reading``; the id is minus the page's key."""
    pages = reader(context)
    rows = list(
        pages.delivered(reading)
        .order_by("pk")
        .values_list("pk", "last_published_at", "title")[:MOST_PAGES]
    )
    versions = {pk: (published_at, title) for pk, published_at, title in rows}
    lacking = [pk for pk, version in versions.items() if _known.get(pk, (None,))[0] != version]
    if lacking:
        read = _read(lacking, context)
        with _lock:
            if len(_known) > 2 * MOST_PAGES:
                _known.clear()
            _known.update({pk: (versions[pk], document) for pk, document in read.items()})
    return [_known[pk][1] for pk in versions if pk in _known]


def _read(pks: list[int], context: RequestContext) -> dict[int, SideDocument]:
    pages = reader(context)
    found = pages.by_pks(pks)
    bodies = found[0].batch.bodies if found else {}
    return {
        page.pk: side_document(
            -page.pk,
            page.title,
            page.search_description,
            bodies.get(page.pk, {}).get("text", ""),
            pages.locales[page.locale_id],
        )
        for page in found
    }

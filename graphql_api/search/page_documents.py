"""Pages of the site as documents that searches rank beside entries.

Invariant: which pages there are is asked through the one rule of what is visible, and
remembered while nothing but records changes, and not past the moment at which the next page
expires. Their analysed text is remembered until they are published again.
"""

from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Any

from django.db.models import Min
from django.utils import timezone
from wagtail.models import Page

from graphql_api.context import RequestContext
from graphql_api.knowledge.reading import Reading
from graphql_api.pages.reader import reader
from knowledge.search.side_documents import SideDocument, side_document
from knowledge.search.vocabulary import stamp_of_surroundings

# Pages are few and shaped by editors; a site with more is searched in part.
MOST_PAGES = 500

_known: dict[int, tuple[Any, SideDocument]] = {}
_lock = Lock()


@dataclass(frozen=True, slots=True)
class _Listed:
    """The documents by what is read, and until when they are all there is.

    ``among`` is the stamp of everything but records.
    """

    among: int | None = None
    documents: dict[Reading, tuple[datetime | None, list[SideDocument]]] = field(
        default_factory=dict
    )


_listed = _Listed()


def page_documents(
    reading: Reading, context: RequestContext, surroundings: int | None = None
) -> list[SideDocument]:
    """The visible pages in the language of ``reading``; the id is minus the page's key.

    ``surroundings`` is the stamp of all that is not a record, where it has just been read.
    """
    global _listed
    listed = _listed
    if surroundings is None:
        surroundings = stamp_of_surroundings()
    if listed.among != surroundings:
        listed = _listed = _Listed(surroundings)
    until, documents = listed.documents.get(reading, (timezone.now(), []))
    if until is not None and until <= timezone.now():
        expiring = Page.objects.filter(live=True, expire_at__gt=timezone.now())
        until = expiring.aggregate(first=Min("expire_at"))["first"]
        documents = _visible(reading, context)
        listed.documents[reading] = until, documents
    return documents


def _visible(reading: Reading, context: RequestContext) -> list[SideDocument]:
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

"""CDNs are told what to forget: once a transaction, after its commit.

Invariant: what a transaction that is rolled back has done is told to nobody, and a CDN that
cannot be reached holds up no publication.
"""

import logging
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from wagtail.contrib.frontend_cache.utils import get_backends, purge_urls_from_cache

from cms.publishing.followers import follow_changes, follow_publications
from cms.publishing.models import PublicationEvent
from graphql_api.caching import tags
from graphql_api.http.cookieless import ENDPOINT

logger = logging.getLogger("lamplight.cache")


@dataclass(slots=True)
class Pending:
    """What has changed since the last commit of this thread.

    A transaction that was rolled back leaves its part behind: then too much is forgotten.
    """

    changes: int = 0
    events: int = 0
    tags: set[str] = field(default_factory=set)


_local = threading.local()


def start_purging() -> None:
    """Tell the CDNs from now on. For an application's ``ready``."""
    follow_publications(note_event)
    follow_changes(note_changes)


def note_event(event: PublicationEvent) -> None:
    """An entry was published, changed or withdrawn."""
    if settings.WAGTAILFRONTENDCACHE:
        pending = _pending()
        pending.events += 1
        pending.tags |= {tags.entry(event.object_id), tags.kind(event.kind)}


def note_changes(count: int) -> None:
    """So many changes of public content, those of events among them."""
    if settings.WAGTAILFRONTENDCACHE:
        _pending().changes += count
        waiting = transaction.get_connection().run_on_commit
        if all(function is not purge for _, function, _ in waiting):
            transaction.on_commit(purge, robust=True)


def purge() -> None:
    """Purge by tag where a backend can, by address elsewhere."""
    pending = _pending()
    _local.pending = Pending()
    # A change without an event is one of terms, pages, files or settings.
    only_entries = pending.changes == pending.events
    names = sorted(pending.tags) if only_entries else [tags.EVERYTHING]
    by_address = []
    for name, backend in get_backends().items():
        if hasattr(backend, "purge_tags"):
            _purge_tags(backend, names)
        else:
            by_address.append(name)
    if by_address:
        purge_urls_from_cache(purged_urls(), backends=by_address)


def purged_urls() -> list[str]:
    """The addresses a CDN is told to forget: GRAPHQL_PURGE_URLS, else the endpoint's own."""
    return settings.GRAPHQL_PURGE_URLS or [f"{settings.LAMPLIGHT_PUBLIC_BASE_URL}/{ENDPOINT}"]


def _purge_tags(backend: object, names: Iterable[str]) -> None:
    try:
        backend.purge_tags(list(names))  # type: ignore[attr-defined] # asked for by the caller
    except Exception as error:  # noqa: BLE001 - a backend's own; the others must still be told
        logger.error("A CDN did not forget (%s).", type(error).__name__)


def _pending() -> Pending:
    if not hasattr(_local, "pending"):
        _local.pending = Pending()
    return _local.pending

"""CDNs are told what to forget: once a transaction, after its commit.

Invariant: what a transaction that is rolled back has done is told to nobody.
"""

import threading
from contextlib import suppress
from dataclasses import dataclass, field

from django.conf import settings
from django.db import DatabaseError, transaction
from wagtail.contrib.frontend_cache.utils import get_backends

from cms.publishing.followers import follow_changes, follow_publications
from cms.publishing.models import PublicationEvent
from graphql_api.caching import tags
from graphql_api.caching.freshness import tags_of_entries
from graphql_api.caching.purger import purger


@dataclass(slots=True)
class Pending:
    """What has changed since the last commit of this thread.

    A transaction that was rolled back leaves its part behind: then too much is forgotten.
    """

    changes: int = 0
    events: int = 0
    entries: set[tuple[int, str]] = field(default_factory=set)


_local = threading.local()


def start_purging() -> None:
    """Tell the CDNs from now on. For an application's ``ready``; raises for a wrong setting."""
    get_backends()
    follow_publications(note_event)
    follow_changes(note_changes)


def note_event(event: PublicationEvent) -> None:
    """An entry was published, changed or withdrawn."""
    if settings.WAGTAILFRONTENDCACHE:
        pending = _pending()
        pending.events += 1
        pending.entries.add((event.object_id, event.kind))


def note_changes(count: int) -> None:
    """So many changes of public content, those of events among them."""
    if settings.WAGTAILFRONTENDCACHE:
        _pending().changes += count
        waiting = transaction.get_connection().run_on_commit
        if all(function is not purge for _, function, _ in waiting):
            transaction.on_commit(purge, robust=True)


def purge() -> None:
    """Order the purge of what has changed."""
    pending = _pending()
    _local.pending = Pending()
    names = frozenset({tags.EVERYTHING})
    # A change without an event is one of terms, pages, files or settings.
    if pending.changes == pending.events:
        # Without the database, everything is the answer that is never wrong.
        with suppress(DatabaseError):
            names = tags_of_entries(pending.entries)
    purger.order(names)


def _pending() -> Pending:
    if not hasattr(_local, "pending"):
        _local.pending = Pending()
    return _local.pending

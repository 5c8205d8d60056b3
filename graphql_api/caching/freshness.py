"""What has changed since this process last looked, read from the event log.

Invariant: no answer is served more than ``interval`` seconds after the commit that
changed what it shows, and none past the moment at which something in it expires.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from django.db.models import Min
from django.utils import timezone
from wagtail.models import Page

from cms.publishing.models import ContentVersion, PublicationEvent
from graphql_api.caching import tags
from knowledge.models import PublishedEntry
from pages.models import Quote, Testimonial

# Reading more events than this costs more than making the answers again.
MAX_EVENTS = 500


@dataclass(frozen=True, slots=True)
class Change:
    """What to forget: everything, or the answers with one of ``tags``."""

    everything: bool = False
    tags: frozenset[str] = frozenset()


class FreshnessWatcher:
    """Asks the database what changed, at most once an ``interval``.

    ``forget`` is told of every change before any caller is answered with the new version.
    """

    def __init__(
        self,
        forget: Callable[[Change], None],
        interval: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.version = -1
        self._forget = forget
        self._interval = interval
        self._clock = clock
        self._checked_at = float("-inf")
        self._next_expiry: datetime | None = None
        self._lock = Lock()

    def current(self) -> int:
        """The content version that answers may show now."""
        due = self._clock() - self._checked_at >= self._interval
        # One thread asks; the others go on with what was true an interval ago.
        if due and self._lock.acquire(blocking=self.version < 0):
            try:
                self._look()
            finally:
                self._lock.release()
        return self.version

    def _look(self) -> None:
        started = self._clock()
        version = ContentVersion.current()
        now = timezone.now()
        if version != self.version:
            self._forget(changes_between(self.version, version))
            self._next_expiry = next_expiry(now)
        elif self._next_expiry is not None and self._next_expiry <= now:
            self._forget(Change(everything=True))
            self._next_expiry = next_expiry(now)
        self.version = version
        self._checked_at = started


def changes_between(known: int, version: int) -> Change:
    """What a reader who knew content version ``known`` must forget at ``version``."""
    steps = version - known
    if known < 0 or steps < 0 or steps > MAX_EVENTS:
        return Change(everything=True)
    events = PublicationEvent.objects.filter(sequence__gt=known, sequence__lte=version)
    rows = list(events.values_list("object_id", "kind"))
    if len(rows) != steps:
        # Numbers without an event: a term, a setting, a page, a file.
        return Change(everything=True)
    found = {tags.entry(object_id) for object_id, _ in rows} | {tags.kind(kind) for _, kind in rows}
    return Change(tags=frozenset(found))


def next_expiry(now: datetime) -> datetime | None:
    """When the next published thing expires by itself: an entry, a page, somebody's words."""
    expiring = (
        (PublishedEntry, "expires_at"),
        (Page, "expire_at"),
        (Quote, "expire_at"),
        (Testimonial, "expire_at"),
    )
    moments = [
        model.objects.filter(**{f"{column}__gt": now}).aggregate(at=Min(column))["at"]
        for model, column in expiring
    ]
    return min((moment for moment in moments if moment is not None), default=None)

"""What has changed since this process last looked, read from the event log.

Invariant: no answer is served more than two intervals after the commit that changed what
it shows, or after the moment at which something in it expired.
"""

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from django.db import DatabaseError, connection
from django.db.models import Min, Model
from django.utils import timezone
from wagtail.models import Page

from cms.publishing.models import ContentVersion, PublicationEvent
from graphql_api.caching import tags
from knowledge.models import PublishedEntry
from pages.models import Quote, Testimonial

logger = logging.getLogger("lamplight.cache")

# What is known counts for so many intervals: one to the next question, and some time for
# the database to answer it.
MAX_INTERVALS = 1.8
# Whoever asks so soon after the last look may go on without the next one: many ask, and it is
# over before most of them come. Where few ask, each of them is told of what was published.
SOON_INTERVALS = 1.2
# Reading more events than this costs more than making the answers again.
MAX_EVENTS = 500


@dataclass(frozen=True, slots=True)
class Change:
    """What to forget: everything, or the answers with one of ``tags``."""

    everything: bool = False
    tags: frozenset[str] = frozenset()


class FreshnessWatcher:
    """Asks the database what changed, at most once an ``interval``.

    ``aside`` runs a look beside the requests, so that none of many has to wait for it; it
    returns something true, or raises ``RuntimeError`` when it can run nothing any more.
    """

    def __init__(
        self,
        forget: Callable[[Change], None],
        interval: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
        aside: Callable[[Callable[[], None]], object] | None = None,
    ) -> None:
        self.version = -1
        self.state: str | None = None
        self._forget = forget
        self._interval = interval
        self._clock = clock
        self._aside = aside
        self._tried_at = self._checked_at = float("-inf")
        self._next_expiry: datetime | None = None
        self._stamp = ""
        self._lock = Lock()

    def current(self) -> str | None:
        """A name for the present state of the content, the same in every worker.

        None when it is not known: the database has not answered for too long.
        """
        now = self._clock()
        # One thread asks; the others go on with what was true an interval ago.
        if now - self._tried_at >= self._interval and self._lock.acquire(
            blocking=self.state is None
        ):
            is_aside = False
            try:
                if self._clock() - self._tried_at >= self._interval:
                    self._tried_at = self._clock()
                    is_soon = now - self._checked_at < SOON_INTERVALS * self._interval
                    is_aside = is_soon and self._is_left_aside()
                    if not is_aside:
                        self._look(self._tried_at)
            finally:
                # The look aside still has it.
                if not is_aside:
                    self._lock.release()
        return self.state if now - self._checked_at < MAX_INTERVALS * self._interval else None

    def _is_left_aside(self) -> bool:
        """Whether the look is made beside the requests; it gives the lock back at its end."""
        try:
            return self._aside is not None and bool(self._aside(self._look_aside))
        except RuntimeError:
            # The process ends, and takes no more work.
            return False

    def _look_aside(self) -> None:
        try:
            self._look(self._tried_at)
        except Exception:
            # Nobody waits for it: whoever looks next, and waits, hears of it again.
            logger.exception("What has changed could not be read.")
        finally:
            self._lock.release()

    def _look(self, started: float) -> None:
        try:
            change = self._change()
        except DatabaseError as error:
            logger.warning("What has changed is not known (%s).", type(error).__name__)
            return
        finally:
            # Django does this at the end of its requests; this may be outside of any.
            if not connection.in_atomic_block:
                connection.close_if_unusable_or_obsolete()
        self._checked_at = started
        if change is not None:
            # The new name first, see ``AnswerStore.put``: whoever finds that something was
            # forgotten must not take what another worker made before for present.
            self.state = f"{self.version}/{self._stamp}/{self._next_expiry}"
            self._forget(change)

    def _change(self) -> Change | None:
        """What must be forgotten; None when nothing has changed. Reads only."""
        version = ContentVersion.current()
        now = timezone.now()
        expired = self._next_expiry is not None and self._next_expiry <= now
        if version == self.version and not expired:
            return None
        change = Change(everything=True)
        if version != self.version and not expired:
            change = changes_between(self.version, version)
        self._next_expiry, self._stamp = next_expiry(now), last_event()
        self.version = version
        return change


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
    return Change(tags=tags_of_entries(rows))


def tags_of_entries(rows: Iterable[tuple[int, str]]) -> frozenset[str]:
    """The tags of whatever shows, or should show by now, entries of these ids and kinds."""
    kinds = dict(rows)
    # What is published may be a translation that an answer looked for and did not find;
    # what is gone was found by every answer that it changes.
    keys = PublishedEntry.objects.filter(pk__in=kinds).values_list("translation_key", flat=True)
    return frozenset(
        {
            *map(tags.entry, kinds),
            *map(tags.kind, kinds.values()),
            *(tags.translation_set(key.hex) for key in keys),
        }
    )


def last_event() -> str:
    """When the last event was logged: it tells apart two histories of one number.

    A database that was restored from a copy counts the same numbers again.
    """
    event = PublicationEvent.objects.order_by("-sequence").values_list("sequence", "occurred_at")
    return str(event.first())


def next_expiry(now: datetime) -> datetime | None:
    """When the next published thing expires by itself: an entry, a page, somebody's words."""
    expiring: tuple[tuple[type[Model], str], ...] = (
        (PublishedEntry, "expires_at"),
        (Page, "expire_at"),
        (Quote, "expire_at"),
        (Testimonial, "expire_at"),
    )
    moments = [
        model._default_manager.filter(**{f"{column}__gt": now}).aggregate(at=Min(column))["at"]
        for model, column in expiring
    ]
    return min((moment for moment in moments if moment is not None), default=None)

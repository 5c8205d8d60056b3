"""What readers looked for and did not find: counted in normalised words.

Invariant: no read waits for this, and nothing pasted is kept. A search is kept as its
words of letters; an error as its known codes and those of its words that the archive uses
itself, so a name, a path or a secret cannot get in.
"""

import threading
from collections import Counter

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.utils import timezone

from knowledge.models.search_index import MissedSearch
from knowledge.search.errors.lookup import ErrorLookup
from knowledge.search.errors.normalising import telling
from knowledge.search.query import normalised_words
from knowledge.search.term_statistics import statistics

MOST_ROWS = 5_000
_TEXT_LENGTH = 200
_MOST_WAITING = 1_000


class MissedSearches:
    """Counts in memory and writes now and then, so that a read never waits for a write."""

    def __init__(self) -> None:
        self._waiting: Counter[tuple[str, str]] = Counter()
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None

    def note(self, kind: MissedSearch.Kind, text: str) -> None:
        """Count one miss. ``text`` is already normalised; an empty one is not counted."""
        if not text:
            return
        with self._lock:
            key = (kind.value, text[:_TEXT_LENGTH])
            if len(self._waiting) >= _MOST_WAITING and key not in self._waiting:
                return
            self._waiting[key] += 1
            seconds = settings.MISSED_SEARCH_FLUSH_SECONDS
            if seconds and self._timer is None:
                self._timer = threading.Timer(seconds, self._flush_in_background)
                self._timer.daemon = True
                self._timer.start()

    def flush(self) -> None:
        """Write what was counted."""
        with self._lock:
            waiting, self._waiting = self._waiting, Counter()
            self._timer = None
        with transaction.atomic():
            for (kind, text), count in sorted(waiting.items()):
                _add(kind, text, count)
            _make_room()

    def _flush_in_background(self) -> None:
        try:
            self.flush()
        except DatabaseError:
            # Counts of what was not found are not worth an alarm; readers were answered.
            return
        finally:
            connection.close()


missed_searches = MissedSearches()


def note_search(text: str) -> None:
    """Count a search without hits."""
    missed_searches.note(MissedSearch.Kind.SEARCH, " ".join(normalised_words(text)))


def note_error(lookup: ErrorLookup) -> None:
    """Count an error that nothing explains."""
    missed_searches.note(MissedSearch.Kind.ERROR, error_text(lookup))


def error_text(lookup: ErrorLookup) -> str:
    """What of an error may be kept: codes and words that the archive itself holds."""
    words: dict[str, None] = {}
    for pasted in lookup.paste.lines[:2]:
        words |= dict.fromkeys(telling(list(pasted.sequence)))
    known = statistics(
        {*(f"m:{word}" for word in words), *(f"c:{code}" for code in lookup.paste.codes)}
    ).counts
    codes = sorted(code for code in lookup.paste.codes if f"c:{code}" in known)
    return " ".join([*codes, *(word for word in words if f"m:{word}" in known)])[:_TEXT_LENGTH]


def _add(kind: str, text: str, count: int) -> None:
    changed = MissedSearch.objects.filter(kind=kind, text=text).update(
        count=F("count") + count, last_seen=timezone.now()
    )
    if not changed:
        MissedSearch.objects.create(kind=kind, text=text, count=count)


def _make_room() -> None:
    """Forget the rarest and oldest when there are too many."""
    excess = MissedSearch.objects.count() - MOST_ROWS
    if excess > 0:
        rarest = MissedSearch.objects.order_by("count", "last_seen").values("pk")[:excess]
        MissedSearch.objects.filter(pk__in=list(rarest.values_list("pk", flat=True))).delete()

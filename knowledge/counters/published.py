"""How often a published entry was viewed, beside it: lists are ordered by it.

Invariant: in every committed state ``PublishedEntry.views`` is ``EntryTotal.views`` of its
translation key, and 0 where nothing was counted. Whoever writes either of them holds the
lock of ``ContentVersion``, so a publication and a count never miss each other.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import BigIntegerField, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from cms.publishing.models import ContentVersion
from knowledge.counters.models import EntryTotal
from knowledge.models import PublishedEntry

_COUNTED = Coalesce(
    Subquery(EntryTotal.objects.filter(pk=OuterRef("translation_key")).values("views")),
    0,
    output_field=BigIntegerField(),
)


def take_over(entries: Sequence[PublishedEntry]) -> None:
    """Give entries that are about to be stored what was counted before. One statement."""
    keys = {entry.translation_key for entry in entries}
    views = dict(EntryTotal.objects.filter(pk__in=keys).values_list("pk", "views"))
    for entry in entries:
        entry.views = views.get(entry.translation_key, 0)


def lock() -> None:
    """Keep publications waiting until commit; call before counting views."""
    ContentVersion.lock()


def follow_totals(translation_keys: Iterable[UUID]) -> None:
    """Bring the entries with these keys up to their totals. One statement."""
    follow(PublishedEntry.objects.filter(translation_key__in=sorted(translation_keys)))


def follow(entries: QuerySet[PublishedEntry]) -> None:
    """Bring ``entries`` up to their totals, and change nothing else of them. One statement."""
    entries.update(views=_COUNTED)


def drifted() -> QuerySet[PublishedEntry]:
    """The entries whose column is not their total."""
    return PublishedEntry.objects.alias(counted=_COUNTED).exclude(views=F("counted"))

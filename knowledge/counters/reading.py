"""The numbers, for delivery and for editors.

Invariant: however many entries are asked about, it is one statement.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import BigIntegerField, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from knowledge.counters.models import DailyCount, EntryTotal

WEEK = 7


@dataclass(frozen=True, slots=True)
class Counts:
    """``view_count``: ever; ``uses_this_week``: today and the six days before (UTC)."""

    view_count: int = 0
    uses_this_week: int = 0


def counts_for(translation_keys: Iterable[UUID]) -> dict[UUID, Counts]:
    """The counts of the entries, in one statement; an entry never counted has zeros."""
    keys = list(translation_keys)
    rows = (
        EntryTotal.objects.filter(pk__in=keys)
        .annotate(week=week_of("pk"))
        .values_list("pk", "views", "week")
    )
    found = {key: Counts(views, week) for key, views, week in rows}
    return {key: found.get(key, Counts()) for key in keys}


def with_counts(entries: QuerySet) -> QuerySet:
    """``entries`` (anything with a ``translation_key``) with ``view_count`` and
    ``uses_this_week``, which they can be filtered and ordered by."""
    total = EntryTotal.objects.filter(pk=OuterRef("translation_key")).values("views")
    return entries.annotate(
        view_count=Coalesce(Subquery(total), 0, output_field=BigIntegerField()),
        uses_this_week=week_of("translation_key"),
    )


def with_delivered_counts(entries: QuerySet) -> QuerySet:
    """``with_counts`` of published entries, whose views stand beside them."""
    return entries.annotate(view_count=F("views"), uses_this_week=week_of("translation_key"))


def week_of(key: str) -> Coalesce:
    """The uses of the last seven days of the row whose key column is ``key``."""
    days = DailyCount.objects.filter(translation_key=OuterRef(key), day__gte=week_start())
    uses = days.values("translation_key").annotate(sum=Sum("uses")).values("sum")
    return Coalesce(Subquery(uses), 0, output_field=BigIntegerField())


def week_start() -> date:
    return timezone.now().date() - timedelta(days=WEEK - 1)

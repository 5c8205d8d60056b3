"""Counting a view or a use.

Invariant: a reader counts once a day per entry and action, whatever process counts; the
marks and the numbers they lead to, also those beside published entries, are written in
one transaction.
"""

import secrets
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import blake2b
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from knowledge.counters import published
from knowledge.counters.models import DailyCount, DailySalt, EntryTotal, ReaderMark

ACTIONS = ("views", "uses")
# As many as one statement takes on every database.
SOME = 1000


@dataclass(frozen=True, slots=True)
class Sighting:
    """One reader's one action on one entry; ``digest`` says nothing of the reader."""

    day: date
    digest: str
    translation_key: UUID
    action: str


def sighting(translation_key: UUID, action: str, *, address: str, user_agent: str) -> Sighting:
    """What is kept of a request: whose it was cannot be read from it.

    ``action`` is ``views`` or ``uses``. The entry is part of what is digested, so one
    reader's marks on two entries do not match.
    """
    day = timezone.now().date()
    digest = blake2b(
        "\n".join((address, user_agent, translation_key.hex, action)).encode(),
        key=salt_of(day).encode(),
        digest_size=16,
    ).hexdigest()
    return Sighting(day, digest, translation_key, action)


_salts: dict[date, str] = {}


def salt_of(day: date) -> str:
    """The day's salt, the same in every process; made by whoever asks first."""
    known = _salts.get(day)
    if known is None:
        DailySalt.objects.bulk_create(
            [DailySalt(day=day, salt=secrets.token_hex(32))], ignore_conflicts=True
        )
        known = DailySalt.objects.values_list("salt", flat=True).get(day=day)
        _salts.clear()
        _salts[day] = known
    return known


def store(sightings: Iterable[Sighting]) -> int:
    """Count those of the sightings that are new today; returns how many were."""
    waiting = list({one.digest: one for one in sightings}.values())
    return sum(store_some(waiting[n : n + SOME]) for n in range(0, len(waiting), SOME))


def store_some(sightings: list[Sighting]) -> int:
    """Count up to ``SOME`` sightings, all different, in one transaction."""
    by_digest = {one.digest: one for one in sightings}
    with transaction.atomic():
        forget_past_days()
        fresh = [by_digest[digest] for digest in insert_marks(sightings)]
        viewed = {one.translation_key for one in fresh if one.action == "views"}
        if viewed:
            published.lock()
        add_daily(Counter((one.translation_key, one.day, one.action) for one in fresh))
        add_totals(Counter((one.translation_key, one.action) for one in fresh))
        if viewed:
            published.follow_totals(viewed)
    return len(fresh)


def insert_marks(sightings: list[Sighting]) -> list[str]:
    """Store the marks that are not there yet and return their digests.

    In one statement, so that two processes never both take a mark for new.
    """
    table = ReaderMark._meta.db_table
    places = ", ".join(["(%s, %s)"] * len(sightings))
    # Sorted: two processes that insert the same marks wait for each other in one order.
    ordered = sorted(sightings, key=lambda one: one.digest)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (digest, day) VALUES {places} "  # noqa: S608 - our own names
            "ON CONFLICT (digest) DO NOTHING RETURNING digest",
            [value for one in ordered for value in (one.digest, one.day)],
        )
        return [row[0] for row in cursor.fetchall()]


def add_daily(counts: Counter[tuple[UUID, date, str]]) -> None:
    for (key, day, action), count in sorted(counts.items()):
        DailyCount.objects.bulk_create(
            [DailyCount(translation_key=key, day=day)], ignore_conflicts=True
        )
        DailyCount.objects.filter(translation_key=key, day=day).update(
            **{action: F(action) + count}
        )


def add_totals(counts: Counter[tuple[UUID, str]]) -> None:
    for (key, action), count in sorted(counts.items()):
        EntryTotal.objects.bulk_create([EntryTotal(translation_key=key)], ignore_conflicts=True)
        EntryTotal.objects.filter(pk=key).update(**{action: F(action) + count})


def forget_past_days() -> None:
    """Delete the salts and marks of days that are over; yesterday's may still be on its way."""
    limit = timezone.now().date() - timedelta(days=1)
    if DailySalt.objects.filter(day__lt=limit).exists():
        DailySalt.objects.filter(day__lt=limit).delete()
        ReaderMark.objects.filter(day__lt=limit).delete()

"""Numbers beside the content, never in it.

Invariant: nothing here names a reader. What tells two readers apart is a digest under a
salt that is deleted when its day is over; from then on it tells nobody anything.
"""

import uuid

from django.db import models


class EntryTotal(models.Model):
    """All that was ever counted for one entry, over all its languages."""

    translation_key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    views = models.BigIntegerField(default=0)
    uses = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.translation_key}: {self.views} views, {self.uses} uses"


class DailyCount(models.Model):
    """What was counted for one entry on one day (UTC)."""

    translation_key = models.UUIDField()
    day = models.DateField()
    views = models.PositiveIntegerField(default=0)
    uses = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["translation_key", "day"], name="one_count_a_day")
        ]
        indexes = [models.Index(fields=["day"], name="counts_by_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.translation_key}: {self.views} views, {self.uses} uses"


class DailySalt(models.Model):
    """The secret of one day's marks; deleted with them."""

    day = models.DateField(primary_key=True)
    salt = models.CharField(max_length=64)

    def __str__(self) -> str:
        return str(self.day)


class ReaderMark(models.Model):
    """Somebody, it cannot be told who, has viewed or used some entry today."""

    digest = models.CharField(max_length=32, primary_key=True)
    day = models.DateField(db_index=True)

    def __str__(self) -> str:
        return f"{self.day} {self.digest}"

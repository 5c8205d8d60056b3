"""How many published entries there are of each day: what totals since a day are summed from.

Invariant: the rows are the entries grouped by the columns below, at every moment and for
every reader, because the database itself keeps them, as it keeps ``PublishedCount``.
"""

from django.db import models


class PublishedDay(models.Model):
    """The number of published entries of one kind and language whose moment is in one day.

    ``moment`` names the column of ``PublishedEntry`` that is meant, ``day`` is a day of UTC.
    The table grows by the days of an archive and not by its entries.
    """

    kind = models.CharField(max_length=32)
    locale = models.CharField(max_length=16)
    moment = models.CharField(max_length=16)
    day = models.DateField()
    number = models.IntegerField(default=0)

    class Meta:
        verbose_name = "day of published entries"
        verbose_name_plural = "days of published entries"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "locale", "moment", "day"], name="published_day_of"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.kind} ({self.locale}), {self.moment} {self.day}"

"""How many published entries there are of each sort: what totals of lists are summed from.

Invariant: the rows are the entries grouped by the columns below, at every moment and for
every reader, because the database itself keeps them: a trigger on the table of entries
counts in the transaction that writes.
"""

from django.db import models


class PublishedCount(models.Model):
    """The number of published entries that agree in all of these columns.

    The columns are called as those of ``PublishedEntry``, so a condition on them reads the
    same on both tables. An archive of 350,000 entries has some thousand rows here.
    """

    kind = models.CharField(max_length=32)
    locale = models.CharField(max_length=16)
    technology = models.UUIDField(null=True)
    category = models.UUIDField(null=True)
    level = models.CharField(max_length=16, blank=True)
    level_rank = models.PositiveSmallIntegerField(default=0)
    difficulty = models.PositiveSmallIntegerField(default=0)
    variety = models.CharField(max_length=32, blank=True)
    language = models.CharField(max_length=32, blank=True)
    severity_rank = models.PositiveSmallIntegerField(default=0)
    number = models.IntegerField(default=0)

    class Meta:
        verbose_name = "count of published entries"
        verbose_name_plural = "counts of published entries"
        indexes = [
            models.Index(
                fields=["kind", "locale", "level_rank", "difficulty"],
                name="published_count_of",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.kind} ({self.locale})"

"""How far a reader of the event log has come.

Invariant: a position moves in the transaction that did the work, so the work for an
event is done exactly once whatever happens to the process.
"""

from django.db import models


class LogPosition(models.Model):
    """A named place in the event log: everything up to ``sequence`` is dealt with."""

    TOLD = "told"
    PRUNED = "pruned"

    name = models.CharField(max_length=20, primary_key=True)
    sequence = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.sequence}"

    @classmethod
    def of(cls, name: str) -> int:
        """The sequence of the named position; 0 before its first move."""
        return cls.objects.filter(pk=name).values_list("sequence", flat=True).first() or 0

    @classmethod
    def locked(cls, name: str) -> "LogPosition":
        """The named position, held until the end of the caller's transaction."""
        cls.objects.get_or_create(pk=name)
        return cls.objects.select_for_update().get(pk=name)

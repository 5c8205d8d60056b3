"""The revisions of a record, however many there are.

Invariant: what is written of them is what Wagtail asks for; rows that hold it already are
not written again.
"""

from typing import Any, Self

from django.db import models
from wagtail.models import Revision
from wagtail.models.revisions import RevisionQuerySet


class History(RevisionQuerySet):
    """Publication takes back the schedule of every revision there is of the record."""

    @classmethod
    def of(cls, record: models.Model) -> Self:
        """The revisions of ``record``."""
        return cls(Revision).for_instance(record)

    def update(self, **values: Any) -> int:
        """Change the rows; to have no schedule is no change to those that have none."""
        rows = self
        if values == {"approved_go_live_at": None}:
            rows = self.filter(approved_go_live_at__isnull=False)
        return super(History, rows).update(**values)

    update.alters_data = True  # type: ignore[attr-defined] # so that no template calls it

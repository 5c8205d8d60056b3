"""What an import brought in: tells a record that is unchanged from one that is not.

Kept beside the entry, not on it: publishing a revision overwrites every field of an entry.
"""

from django.db import models


class ImportedRecord(models.Model):
    """A record of a source and the entry it became."""

    source = models.CharField(max_length=120)
    source_id = models.CharField(max_length=500)
    locale = models.CharField(max_length=16)
    entry = models.ForeignKey(
        "knowledge.Entry", on_delete=models.CASCADE, related_name="imported_records"
    )
    digest = models.CharField(max_length=64)
    published = models.BooleanField(default=False)
    imported_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id", "locale"], name="one_entry_per_source_record"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source}/{self.source_id}"

"""What keeps submissions single and bounded.

Invariant: neither table holds an address or a key in a form that can be read back.
"""

from django.db import models
from django.utils import timezone

from knowledge.contributions.models.contribution import Contribution


class SubmissionKey(models.Model):
    """An idempotency key and the request it stood for; unique, so repeats make no second row."""

    key_hash = models.CharField(max_length=64, unique=True)
    request_hash = models.CharField(max_length=64)
    contribution = models.OneToOneField(
        Contribution, on_delete=models.CASCADE, related_name="submission_key"
    )
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"Submission key {self.pk}"


class ThrottleBucket(models.Model):
    """How often one sender did one thing in one stretch of time."""

    scope = models.CharField(max_length=16)
    sender_hash = models.CharField(max_length=64)
    window = models.BigIntegerField()
    seconds = models.PositiveIntegerField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "sender_hash", "seconds", "window"], name="one_throttle_bucket"
            )
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.window}: {self.count}"

"""Failed attempts of the recent past; nothing in it tells who was tried."""

from django.db import models


class Attempt(models.Model):
    """One failed or costly attempt under a key that is a digest."""

    scope = models.CharField(max_length=32)
    key = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["scope", "key", "at"], name="attempt_by_key")]

    def __str__(self) -> str:
        return f"{self.scope} {self.at:%Y-%m-%d %H:%M}"

"""Keys of partner sites.

Invariant: the database never holds a key, only its digest; a key is shown once, to the
person who made it.
"""

import hashlib
import hmac
import secrets
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MARK = "lamp"
PREFIX_BYTES = 5
SECRET_BYTES = 32


def digest_of(token: str) -> str:
    """What is stored of a key. A key has 256 random bits, so a plain digest cannot be guessed."""
    return hashlib.sha256(token.encode()).hexdigest()


class ApiKeyQuerySet(models.QuerySet):
    """Keys by their state."""

    def usable(self):
        """Keys that open the door now."""
        now = timezone.now()
        return self.filter(revoked_at__isnull=True).filter(
            models.Q(expires_at__isnull=True) | models.Q(expires_at__gt=now)
        )

    def for_token(self, token: str) -> "ApiKey | None":
        """The usable key that ``token`` is, or None; compared in constant time."""
        parts = token.split("_")
        if len(parts) != 3 or parts[0] != MARK:
            return None
        key = self.usable().filter(prefix=parts[1]).first()
        if key is None or not hmac.compare_digest(key.digest, digest_of(token)):
            return None
        return key


class ApiKey(models.Model):
    """A partner's key: what it may see, how often it may ask, until when."""

    name = models.CharField(
        max_length=120, help_text=gettext_lazy("The partner, as staff know it.")
    )
    contact = models.EmailField(
        blank=True, help_text=gettext_lazy("Whom to write to before the key expires.")
    )
    prefix = models.CharField(max_length=16, unique=True, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    kinds = models.JSONField(
        default=list,
        blank=True,
        help_text=gettext_lazy("Kinds of entry it sees. None: every kind."),
    )
    technologies = models.JSONField(
        default=list,
        blank=True,
        help_text=gettext_lazy("Slugs of the technologies it sees. None: every technology."),
    )
    per_minute = models.PositiveIntegerField(
        default=600, validators=[MinValueValidator(1)], help_text=gettext_lazy("Requests a minute.")
    )
    per_day = models.PositiveIntegerField(
        default=100_000,
        validators=[MinValueValidator(1)],
        help_text=gettext_lazy("Requests a day."),
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_used_at = models.DateTimeField(null=True, blank=True, editable=False)
    rotated_from = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="successors",
    )

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("API key")
        verbose_name_plural = gettext_lazy("API keys")
        ordering = ["name", "-created_at"]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    def clean(self) -> None:
        super().clean()
        for name in ("kinds", "technologies"):
            value = getattr(self, name)
            if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
                raise ValidationError({name: _("Give a list of texts.")})

    def issue(self) -> str:
        """Give an unsaved key its secret; returns the key as the partner gets it."""
        self.prefix = secrets.token_hex(PREFIX_BYTES)
        token = f"{MARK}_{self.prefix}_{secrets.token_hex(SECRET_BYTES)}"
        self.digest = digest_of(token)
        return token

    @property
    def state(self) -> str:
        """``active``, ``expired`` or ``revoked``."""
        if self.revoked_at is not None:
            return "revoked"
        if self.expires_at is not None and self.expires_at <= timezone.now():
            return "expired"
        return "active"


class ApiKeyUsage(models.Model):
    """How often a key was used on a day (UTC)."""

    key = models.ForeignKey(ApiKey, on_delete=models.CASCADE, related_name="usage")
    day = models.DateField()
    requests = models.PositiveBigIntegerField(default=0)
    refused = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "day"], name="one_usage_a_day")]
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day} {self.requests}"


DEFAULT_OVERLAP = timedelta(days=7)

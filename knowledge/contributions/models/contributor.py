"""Who sent a contribution.

Invariant: everything that identifies a sender is in this table, so erasing its rows is
erasing the person; delivery, search and logs never read it.
"""

from django.core import signing
from django.db import models

from knowledge.contributions.kinds import CreditConsent
from knowledge.contributions.models.contribution import Contribution

_CONFIRMATION_SALT = "contributions.address"


class Contributor(models.Model):
    """The sender's address, name and consent, for one contribution."""

    contribution = models.OneToOneField(
        Contribution, on_delete=models.CASCADE, related_name="contributor"
    )
    email = models.EmailField(max_length=254, blank=True, db_index=True)
    email_confirmed_at = models.DateTimeField(null=True, blank=True)
    credit = models.CharField(
        max_length=16, choices=CreditConsent.choices, default=CreditConsent.NONE
    )
    credit_name = models.CharField(max_length=120, blank=True)
    credit_url = models.URLField(max_length=500, blank=True)
    licence = models.CharField(max_length=64)
    consented_at = models.DateTimeField()

    class Meta:
        verbose_name = "contributor"
        default_permissions = ()

    def __str__(self) -> str:
        return f"Contributor {self.pk}"

    @property
    def wants_credit(self) -> bool:
        return self.credit != CreditConsent.NONE and bool(self.credit_name)

    @property
    def can_be_told(self) -> bool:
        """True when there is an address and its owner confirmed it."""
        return bool(self.email and self.email_confirmed_at)

    @property
    def confirmation_token(self) -> str:
        """Proves that its holder reads the letters sent to the address."""
        return signing.Signer(salt=_CONFIRMATION_SALT).sign(f"{self.pk}.{self.email}")

    @classmethod
    def for_confirmation_token(cls, token: str) -> "Contributor | None":
        """The contributor whose address the token confirms; None for any other text."""
        try:
            value = signing.Signer(salt=_CONFIRMATION_SALT).unsign(token)
        except signing.BadSignature:
            return None
        pk, email = value.split(".", 1)
        return cls.objects.filter(pk=pk, email=email).first()

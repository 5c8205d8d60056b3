"""Codes such as FAPI-MID-003.

Invariant: a code belongs to one translation set for ever. It is never changed, and
never given out again, not even after its entry is deleted.
"""

import re
from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext as _

CODE_PATTERN = re.compile(r"^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*-(\d{3,})$")
CODE_LENGTH = 64


class CodeSequence(models.Model):
    """The last number given out under a prefix."""

    prefix = models.CharField(primary_key=True, max_length=CODE_LENGTH)
    last_number = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.prefix}-{self.last_number:03d}"


class IssuedCode(models.Model):
    """Every code there ever was, and the translation set that owns it."""

    code = models.CharField(primary_key=True, max_length=CODE_LENGTH)
    translation_key = models.UUIDField(unique=True)

    def __str__(self) -> str:
        return self.code


def mint_code(prefix: str, translation_key: UUID) -> str:
    """Issue the next code under ``prefix``: ``FAPI-MID`` → ``FAPI-MID-007``.

    Call inside the transaction that saves the entry. The sequence row stays locked
    until it ends, so two first saves never get the same number.
    """
    return mint_codes(prefix, [translation_key])[0]


def mint_codes(prefix: str, translation_keys: Sequence[UUID]) -> list[str]:
    """Issue the next codes under ``prefix``, one for each key, in their order; as ``mint_code``."""
    count = len(translation_keys)
    CodeSequence.objects.get_or_create(prefix=prefix)
    CodeSequence.objects.filter(prefix=prefix).update(last_number=F("last_number") + count)
    last = CodeSequence.objects.values_list("last_number", flat=True).get(prefix=prefix)
    codes = [f"{prefix}-{number:03d}" for number in range(last - count + 1, last + 1)]
    IssuedCode.objects.bulk_create(
        IssuedCode(code=code, translation_key=key)
        for code, key in zip(codes, translation_keys, strict=True)
    )
    return codes


def claim_code(code: str, translation_key: UUID) -> None:
    """Register ``code`` for ``translation_key``, or confirm that it is registered.

    Raises ``ValidationError`` when the code is malformed, belongs to another entry,
    or the entry already has another code.
    """
    owner = IssuedCode.objects.filter(code=code).values_list("translation_key", flat=True).first()
    if owner == translation_key:
        return
    if owner is not None:
        raise ValidationError(
            {"code": _("The code %(code)s was given to another entry.") % {"code": code}}
        )
    match = CODE_PATTERN.match(code)
    if match is None or len(code) > CODE_LENGTH:
        raise ValidationError(
            {"code": _("%(code)s is not a code: write it like FAPI-MID-003.") % {"code": code}}
        )
    if held := IssuedCode.objects.filter(translation_key=translation_key).first():
        raise ValidationError(
            {
                "code": _("This entry has the code %(code)s, and codes never change.")
                % {"code": held.code}
            }
        )
    prefix, number = code[: match.start(2) - 1], int(match.group(2))
    with transaction.atomic():
        IssuedCode.objects.create(code=code, translation_key=translation_key)
        CodeSequence.objects.get_or_create(prefix=prefix)
        CodeSequence.objects.filter(prefix=prefix, last_number__lt=number).update(
            last_number=number
        )

"""Signed form tokens: a submission proves that a form was fetched a few seconds before.

Invariant: a token cannot be made without the server, and says nothing about its holder.
"""

import secrets

from django.conf import settings
from django.core import signing

from knowledge.contributions.errors import ContributionError, ContributionErrorCode

_SALT = "contributions.form"


def issue_form_token() -> str:
    """A token for one form, valid from the minimum age on until the maximum age."""
    return signing.TimestampSigner(salt=_SALT).sign(secrets.token_urlsafe(12))


def redeem_form_token(token: str) -> str:
    """The token's nonce. Raises ``ContributionError`` when it is forged, too young or too old."""
    code = ContributionErrorCode
    path = ("formToken",)
    signer = signing.TimestampSigner(salt=_SALT)
    try:
        nonce = signer.unsign(token, max_age=settings.CONTRIBUTION_FORM_MAX_SECONDS)
    except signing.SignatureExpired:
        raise ContributionError(
            code.FORM_TOKEN_EXPIRED, "The form is too old. Fetch a new form token.", path
        ) from None
    except (signing.BadSignature, ValueError, OverflowError):
        raise ContributionError(
            code.FORM_TOKEN_INVALID, "Fetch a form token before submitting.", path
        ) from None
    try:
        signer.unsign(token, max_age=settings.CONTRIBUTION_FORM_MIN_SECONDS)
    except signing.SignatureExpired:
        return nonce
    raise ContributionError(
        code.FORM_TOKEN_TOO_YOUNG,
        "That was quick. Please send it again in "
        f"{settings.CONTRIBUTION_FORM_MIN_SECONDS} seconds.",
        path,
    )

"""The addresses in alert mails, and the tokens in them.

Invariant: a confirmation token exists in one mail and, hashed, in one row; the token
that unsubscribes is signed and needs no row of its own.
"""

import hashlib
import secrets
import uuid

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

LONGEST_TOKEN = 200


def new_token() -> str:
    """A token nobody can guess, for a mail."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def unsubscribe_token(public_id: uuid.UUID) -> str:
    return Signer(salt="alerts.unsubscribe").sign(public_id.hex)


def read_unsubscribe_token(token: str) -> uuid.UUID | None:
    """The subscription's public id; None for a token we did not make."""
    if len(token) > LONGEST_TOKEN:
        return None
    try:
        return uuid.UUID(Signer(salt="alerts.unsubscribe").unsign(token))
    except (BadSignature, ValueError):
        return None


def confirm_url(token: str) -> str:
    return settings.LAMPLIGHT_PUBLIC_BASE_URL + reverse("confirm_alerts", args=[token])


def unsubscribe_url(public_id: uuid.UUID) -> str:
    token = unsubscribe_token(public_id)
    return settings.LAMPLIGHT_PUBLIC_BASE_URL + reverse("unsubscribe_alerts", args=[token])

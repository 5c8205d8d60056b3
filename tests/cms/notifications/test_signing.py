"""Signatures, as the public library for receivers checks them."""

import json
import time

import pytest
from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError

from cms.notifications.signing import signed_headers

SECRET = "whsec_" + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVoxMjM0NTY="
OLDER = "whsec_" + "enp6enp6enp6enp6enp6enp6enp6enp6enp6enp6ejE="
BODY = json.dumps({"type": "test"}).encode()


def headers(*secrets: str) -> dict[str, str]:
    return signed_headers(secrets, "msg_1", int(time.time()), BODY)


def test_the_public_library_accepts_the_signature():
    assert Webhook(SECRET).verify(BODY, headers(SECRET)) == {"type": "test"}


@pytest.mark.parametrize("secret", [SECRET, OLDER])
def test_both_secrets_of_a_rotation_are_accepted(secret):
    assert Webhook(secret).verify(BODY, headers(SECRET, OLDER)) == {"type": "test"}


@pytest.mark.parametrize("position", range(len(BODY)))
def test_a_body_changed_by_one_byte_is_refused(position):
    changed = bytearray(BODY)
    changed[position] ^= 1

    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(bytes(changed), headers(SECRET))


def test_another_secret_is_refused():
    with pytest.raises(WebhookVerificationError):
        Webhook(OLDER).verify(BODY, headers(SECRET))

"""Calls of the worker, verified by the JavaScript library that receivers use.

Invariant: what is verified is what a listening server got, byte for byte.
"""

import json
import subprocess
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cms.notifications.models import WebhookEndpoint, WebhookSecret
from cms.notifications.worker import Worker
from tests.contracts.conftest import CLIENTS
from tests.factories import entries
from tests.support.sink import Received, running_sink

pytestmark = [pytest.mark.django_db, pytest.mark.server, pytest.mark.slow]


@pytest.fixture
def verify(node_with_clients):
    """``verify(body=…, headers=…, secret=…)``: what the library makes of a call."""

    def ask(**call: Any) -> dict[str, Any]:
        done = subprocess.run(
            [node_with_clients, "webhooks.mjs"],
            cwd=CLIENTS,
            input=json.dumps({"calls": [call]}),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        (verified,) = json.loads(done.stdout)
        return verified

    return ask


@pytest.fixture
def rotated(settings) -> tuple[Received, list[str]]:
    """A call that was made while secrets are exchanged, and both of them, the older first."""
    settings.WEBHOOK_ALLOW_PRIVATE = True
    with running_sink() as sink:
        endpoint = WebhookEndpoint.objects.create(
            name="Partner", url=sink.url, created_at=timezone.now() - timedelta(minutes=1)
        )
        secrets = [WebhookSecret.rotate(endpoint) for _ in range(2)]
        entries.published(entries.question())
        Worker().run_once()
    (received,) = sink.received
    return received, secrets


@pytest.mark.parametrize("which", [0, 1], ids=["older", "newer"])
def test_a_receiver_with_either_live_secret_accepts_the_call(verify, rotated, which):
    received, secrets = rotated

    verified = verify(body=received.body.decode(), headers=received.headers, secret=secrets[which])

    assert verified["refused"] is None
    assert verified["payload"]["type"] == "entry.published"
    assert verified["payload"]["data"] == json.loads(received.body)["data"]


def test_a_receiver_refuses_a_changed_body(verify, rotated):
    received, secrets = rotated
    body = received.body.decode().replace("entry.published", "entry.publishee")

    verified = verify(body=body, headers=received.headers, secret=secrets[1])

    assert verified == {"payload": None, "refused": "WebhookVerificationError"}


def test_a_receiver_with_a_secret_that_has_ended_refuses_the_call(verify, rotated):
    received, _ = rotated
    ended = "whsec_enp6enp6enp6enp6enp6enp6enp6enp6enp6enp6ejE="

    verified = verify(body=received.body.decode(), headers=received.headers, secret=ended)

    assert verified == {"payload": None, "refused": "WebhookVerificationError"}

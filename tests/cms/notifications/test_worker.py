"""What the worker hands out, and what it makes of the answers."""

import json
import time
from datetime import timedelta

import pytest
from django.core import mail
from django.db import OperationalError
from django.utils import timezone
from standardwebhooks import Webhook

from cms.notifications.models import (
    OutgoingMail,
    WebhookAttempt,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookSecret,
)
from cms.notifications.outbox import queue_mail
from cms.notifications.retry import MOST_ATTEMPTS
from cms.notifications.worker import Worker
from tests.factories import entries
from tests.support.sink import running_sink

pytestmark = pytest.mark.django_db


def deliver():
    return Worker().run_once()


def publish(count=1):
    for number in range(count):
        entries.published(entries.question(slug=f"s-{number}"))


def make_due():
    WebhookDelivery.objects.pending().update(due_at=timezone.now())


def test_a_call_verifies_with_the_public_library(endpoint, sink):
    made = endpoint(sink.url)
    publish()

    assert deliver().delivered == 1
    received = sink.received[0]
    body = Webhook(made.secret).verify(received.body, received.headers)
    assert body["type"] == "entry.published"
    assert received.headers["content-type"] == "application/json"


def test_both_secrets_sign_while_they_are_exchanged(endpoint, sink):
    made = endpoint(sink.url)
    newer = WebhookSecret.rotate(made)
    publish()

    deliver()

    received = sink.received[0]
    for secret in (made.secret, newer):
        assert Webhook(secret).verify(received.body, received.headers)


def test_never_more_than_two_secrets_sign(endpoint, sink):
    made = endpoint(sink.url)
    WebhookSecret.rotate(made)
    WebhookSecret.rotate(made)
    publish()

    deliver()

    assert len(sink.received[0].headers["webhook-signature"].split()) == 2


def test_the_older_secret_ends_after_the_overlap(endpoint):
    made = endpoint()
    newer = WebhookSecret.rotate(made)
    WebhookSecret.objects.filter(expires_at__isnull=False).update(expires_at=timezone.now())

    assert [secret.value for secret in made.live_secrets()] == [newer]


def test_a_failed_call_is_repeated_under_the_same_id(endpoint, sink):
    endpoint(sink.url)
    publish()
    sink.status = 500
    assert deliver().failed == 1
    make_due()
    sink.status = 204

    assert deliver().delivered == 1
    assert len(sink.ids()) == 2
    assert len(set(sink.ids())) == 1
    assert sink.received[0].body == sink.received[1].body
    assert list(WebhookAttempt.objects.values_list("status", "outcome")) == [
        (204, "delivered"),
        (500, "HTTP 500"),
    ]


def test_a_failed_call_waits_before_it_is_repeated(endpoint, sink):
    endpoint(sink.url)
    publish()
    sink.status = 500
    deliver()

    assert deliver().failed == 0
    assert len(sink.received) == 1


def test_calls_that_keep_failing_become_dead_letters(endpoint, sink):
    endpoint(sink.url)
    publish()
    sink.status = 500
    for _ in range(MOST_ATTEMPTS):
        make_due()
        deliver()

    delivery = WebhookDelivery.objects.get()
    assert (delivery.state, delivery.attempts) == ("DEAD", MOST_ATTEMPTS)
    assert delivery.last_error == "HTTP 500"


def test_a_receiver_that_asks_to_wait_is_left_alone_longer(endpoint, sink):
    endpoint(sink.url)
    publish()
    sink.status, sink.headers = 503, {"Retry-After": "3600"}
    deliver()

    assert WebhookDelivery.objects.get().due_at > timezone.now() + timedelta(minutes=45)


def test_an_endpoint_that_is_gone_is_switched_off(endpoint, sink):
    endpoint(sink.url)
    publish()
    sink.status = 410
    deliver()

    made = WebhookEndpoint.objects.get()
    assert (made.active, made.switched_off_because) == (False, "It answered 410 Gone.")
    assert WebhookDelivery.objects.get().state == "DEAD"


def test_an_endpoint_that_fails_for_days_is_switched_off(endpoint, sink):
    endpoint(sink.url, failing_since=timezone.now() - timedelta(days=6))
    publish()
    sink.status = 500
    deliver()

    assert WebhookEndpoint.objects.get().active is False


def test_a_success_ends_the_failing(endpoint, sink):
    endpoint(sink.url, failing_since=timezone.now())
    publish()
    deliver()

    assert WebhookEndpoint.objects.get().failing_since is None


def test_an_inactive_endpoint_is_not_called_and_loses_nothing(endpoint, sink):
    made = endpoint(sink.url, active=False)
    publish()
    deliver()
    assert sink.received == []

    made.active = True
    made.save()
    deliver()
    assert len(sink.received) == 1


def test_a_hanging_endpoint_delays_no_other(endpoint, sink, settings):
    settings.WEBHOOK_TIMEOUT_SECONDS = 3
    with running_sink(delay=2) as slow:
        endpoint(slow.url, name="Slow")
        endpoint(sink.url, name="Quick")
        publish(8)
        began = time.monotonic()
        seen: list[float] = []
        sink.received = Recorder(seen)

        deliver()

    assert len(seen) == 8
    assert seen[-1] - began < 2
    assert len(slow.received) == 8


class Recorder(list):
    """Notes when each request came in."""

    def __init__(self, moments):
        super().__init__()
        self.moments = moments

    def append(self, item):
        self.moments.append(time.monotonic())
        super().append(item)


def test_a_private_address_is_refused_when_called(endpoint, sink, settings):
    settings.WEBHOOK_ALLOW_PRIVATE = False
    endpoint(f"https://127.0.0.1:{sink.port}/hook")
    publish()

    deliver()

    assert sink.received == []
    assert WebhookDelivery.objects.get().last_error.startswith("refused:")


def test_a_mail_is_sent_and_its_text_forgotten():
    queue_mail(
        recipient="ada@example.org",
        subject="Hello",
        text="Hi.",
        html="<p>Hi.</p>",
        purpose="test",
        headers={"X-Thing": "1"},
    )

    assert deliver().delivered == 1
    (sent,) = mail.outbox
    row = OutgoingMail.objects.get()
    assert (sent.subject, sent.body, sent.to) == ("Hello", "Hi.", ["ada@example.org"])
    assert sent.extra_headers["X-Thing"] == "1"
    assert row.message_id.hex in sent.extra_headers["Message-ID"]
    assert (row.state, row.text, row.html, row.headers) == ("DELIVERED", "", "", {})


def test_an_unforeseen_failure_is_recorded_without_its_text(monkeypatch, caplog):
    def fail(mail):
        raise RuntimeError("SECRET")

    monkeypatch.setattr("cms.notifications.worker.send_mail", fail)
    queue_mail(recipient="ada@example.org", subject="s", text="t", purpose="test")

    assert deliver().failed == 1
    assert OutgoingMail.objects.get().last_error == "an unforeseen failure; see the log"
    assert "SECRET" in caplog.text


def test_a_test_call_needs_no_event(endpoint, sink):
    from cms.notifications.payload import trial_body

    made = endpoint(sink.url)
    WebhookDelivery.objects.create(endpoint=made, body=trial_body(timezone.now()))

    deliver()

    assert json.loads(sink.received[0].body)["type"] == "test"


def test_a_round_that_fails_is_followed_by_the_next(monkeypatch, caplog):
    worker = Worker()
    rounds = []

    def step(worker, interval):
        rounds.append(interval)
        if len(rounds) == 1:
            raise OperationalError("the server closed the connection")
        worker.stopping.set()
        return False

    monkeypatch.setattr(Worker, "step", step)
    monkeypatch.setattr("cms.notifications.worker.close_old_connections", lambda: None)
    worker.run(0.01)

    assert len(rounds) == 2
    assert "the next one comes" in caplog.text

"""kill -9 of publishers and of deliverers, at random moments: nothing is lost."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from urllib.parse import quote

import pytest
from django.db import connection

from cms.notifications.models import OutgoingMail, WebhookDelivery
from cms.notifications.outbox import queue_mail
from cms.publishing.models import PublicationEvent
from tests.support.mailbox import running_mailbox
from tests.support.sink import running_sink

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.slow]

PUBLICATIONS = 40
KILLS = 3


@pytest.fixture
def started():
    """Starts processes on the test's database; none survives the test."""
    processes = []

    def start(*arguments: str, **environment: str) -> subprocess.Popen:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
                "DATABASE_URL": database_url(),
                "WEBHOOK_ALLOW_PRIVATE": "1",
                "NOTIFICATIONS_LEASE_SECONDS": "2",
                **environment,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        processes.append(process)
        return process

    yield start
    for process in processes:
        process.kill()
        process.wait()
        process.stdout.close()


def database_url() -> str:
    settings = connection.settings_dict
    name = quote(str(settings["NAME"]))
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    secret = f":{quote(settings['PASSWORD'])}" if settings["PASSWORD"] else ""
    place = f"{settings['HOST']}:{settings['PORT'] or 5432}"
    return f"postgres://{quote(settings['USER'])}{secret}@{place}/{name}"


def kill(process: subprocess.Popen) -> str:
    os.kill(process.pid, signal.SIGKILL)
    return process.communicate()[0]


def wait_until(condition, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.1)


def publish(started, first: int, count: int) -> subprocess.Popen:
    return started("-m", "tests.cms.notifications.publisher", str(first), str(count))


def deliver(started, **environment: str) -> subprocess.Popen:
    return started("manage.py", "deliver", "--interval", "0.05", **environment)


def test_every_publication_is_told_and_nothing_else(started, endpoint, german):
    from wagtail.models import Locale

    Locale.objects.get_or_create(language_code="en")
    acknowledged: list[str] = []
    with running_sink(delay=0.02) as sink:
        endpoint(sink.url)
        worker = deliver(started)
        for number in range(KILLS):
            publisher = publish(started, 1000 * (number + 1), PUBLICATIONS)
            acknowledged.append(publisher.stdout.readline().strip())
            time.sleep(random.uniform(0.1, 0.6))
            acknowledged += kill(publisher).split()
            kill(worker)
            worker = deliver(started)
        acknowledged += publish(started, 0, PUBLICATIONS).communicate()[0].split()
        wait_until(lambda: not PublicationEvent.objects.exclude(sequence__in=delivered()).exists())
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=30) == 0

    events = {event.code: event.content_hash for event in PublicationEvent.objects.all()}
    told = {}
    for request in sink.received:
        data = json.loads(request.body)["data"]
        told.setdefault(data["code"], set()).add(
            (request.headers["webhook-id"], data["contentHash"])
        )
    assert set(told) == set(events)
    assert set(acknowledged) <= set(told)
    for code, calls in told.items():
        assert {content_hash for _, content_hash in calls} == {events[code]}
        assert len({message_id for message_id, _ in calls}) == 1


def delivered():
    return WebhookDelivery.objects.filter(state="DELIVERED").values("sequence")


def test_every_queued_mail_arrives(started):
    for number in range(60):
        queue_mail(recipient=f"a{number}@example.org", subject="s", text="t", purpose="test")
    with running_mailbox() as mailbox:
        server = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(mailbox.port), "EMAIL_USE_TLS": "0"}
        for _ in range(KILLS):
            before = len(mailbox.messages)
            worker = deliver(started, **server)
            wait_until(lambda before=before: len(mailbox.messages) > before or not pending())
            time.sleep(random.uniform(0, 0.05))
            kill(worker)
        worker = deliver(started, **server)
        wait_until(lambda: not pending())
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=30) == 0

    assert set(mailbox.recipients) == {f"a{number}@example.org" for number in range(60)}
    ids = {}
    for recipient, message in zip(mailbox.recipients, mailbox.messages, strict=True):
        ids.setdefault(recipient, set()).add(message["Message-ID"])
    assert all(len(found) == 1 for found in ids.values())


def pending() -> bool:
    return OutgoingMail.objects.pending().exists()

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

from cms.notifications.models import AlertItem, OutgoingMail, WebhookDelivery
from cms.notifications.outbox import queue_mail
from cms.publishing.models import PublicationEvent
from knowledge.models import InterviewQuestion
from tests.support.mailbox import Mailbox, running_mailbox
from tests.support.sink import Sink, running_sink

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.slow]

PUBLICATIONS = 200
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


def wait_until(condition, seconds: float = 180) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.1)


def publish(started, first: int, count: int) -> subprocess.Popen:
    return started("-m", "tests.cms.notifications.publisher", str(first), str(count))


def deliver(started, **environment: str) -> subprocess.Popen:
    return started("manage.py", "deliver", "--interval", "0.05", **environment)


def read_codes(publisher: subprocess.Popen, count: int) -> list[str]:
    """The next acknowledged codes; fewer when the publisher is done."""
    lines = (publisher.stdout.readline().strip() for _ in range(count))
    return [line for line in lines if line]


def test_every_publication_is_told_and_nothing_else(started, endpoint, subscriber, german):
    """Publishers and deliverers are killed, time and again, until 200 entries are published."""
    from wagtail.models import Locale

    Locale.objects.get_or_create(language_code="en")
    subscriber("reader@example.org")
    acknowledged: list[str] = []
    with running_sink(delay=0.02) as sink, running_mailbox() as mailbox:
        server = {
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(mailbox.port),
            "EMAIL_USE_TLS": "0",
            # A mail about whatever is new, as often as there is any.
            "ALERT_INSTANT_MINUTES": "0",
        }
        endpoint(sink.url)
        worker = deliver(started, **server)
        publisher = publish(started, 0, PUBLICATIONS)
        for number in range(1, KILLS + 1):
            # It starts while the other one works, and is ready when that is killed.
            following = publish(started, 1000 * number, PUBLICATIONS)
            acknowledged += read_codes(publisher, PUBLICATIONS // (KILLS + 1))
            time.sleep(random.uniform(0, 0.1))
            acknowledged += kill(publisher).split()
            kill(worker)
            worker = deliver(started, **server)
            publisher = following
        while len(acknowledged) < PUBLICATIONS:
            codes = read_codes(publisher, 1)
            assert codes, "the publisher ended too early"
            acknowledged += codes
        acknowledged += kill(publisher).split()
        wait_until(lambda: not untold() and not AlertItem.objects.exists() and not pending())
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=30) == 0

    events = {event.code: event.content_hash for event in PublicationEvent.objects.all()}
    assert len(events) >= PUBLICATIONS
    assert set(acknowledged) <= set(events)
    assert_called_for(events, sink)
    published = set(InterviewQuestion.objects.filter(live=True).values_list("slug", flat=True))
    assert len(published) == len(events)
    assert_mailed_for(published, mailbox)


def assert_called_for(events: dict[str, str], sink: Sink) -> None:
    """Each event was called in, with its content hash, and under one id however often."""
    told: dict[str, set[tuple[str, str]]] = {}
    for request in sink.received:
        data = json.loads(request.body)["data"]
        call = (request.headers["webhook-id"], data["contentHash"])
        told.setdefault(data["code"], set()).add(call)
    assert set(told) == set(events)
    for code, calls in told.items():
        assert [content_hash for _, content_hash in calls] == [events[code]]


def assert_mailed_for(published: set[str], mailbox: Mailbox) -> None:
    """Each entry's own mail came, and the subscriber's mails tell each entry once."""
    of_entries = set(mailbox.recipients) - {"reader@example.org"}
    assert of_entries == {f"{slug}@example.org" for slug in published}
    alerts = {
        message["Message-ID"]: told_by(message["Subject"])
        for message in mailbox.messages
        if message["To"] == "reader@example.org"
    }
    assert sum(alerts.values()) == len(published)


def told_by(subject: str) -> int:
    """How many entries an alert tells: one by its code and title, more by their number."""
    return 1 if ":" in subject else int(subject.split()[0])


def untold() -> bool:
    return PublicationEvent.objects.exclude(sequence__in=delivered()).exists()


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

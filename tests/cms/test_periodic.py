"""The clock's work goes on, whatever one round met."""

import logging
import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from cms import periodic
from knowledge.models import PublishedEntry
from tests.factories import entries


@pytest.mark.django_db
def test_a_round_that_fails_is_logged(caplog):
    def broken():
        raise RuntimeError("boom")

    with caplog.at_level(logging.ERROR, logger="lamplight.periodic"):
        periodic.run_once(broken)

    assert [record.message for record in caplog.records] == ["broken failed; it is tried again."]


def test_publication_has_its_rhythm_and_delivery_a_thread_of_its_own(monkeypatch):
    stopping = threading.Event()
    moments = iter(range(1000, 2000))
    rounds, published, delivered = [], [], []

    class Deliverer:
        def __init__(self, stopping):
            self.stopping = stopping

        def run(self, interval):
            delivered.append(interval)
            self.stopping.wait(10)

    def wait(timeout=None, original=stopping.wait):
        if threading.current_thread() is not threading.main_thread():
            return original(timeout)
        rounds.append(timeout)
        if len(rounds) > 150:
            stopping.set()
        return stopping.is_set()

    monkeypatch.setattr(periodic, "Worker", Deliverer)
    monkeypatch.setattr(stopping, "wait", wait)
    monkeypatch.setattr(periodic, "monotonic", lambda: float(next(moments)))
    monkeypatch.setattr(periodic, "run_once", lambda work: published.append(work.__name__))
    periodic.run_periodically(stopping)

    assert set(published) == {"publish_scheduled", "purge_contributions"}
    assert 2 <= published.count("publish_scheduled") <= 8
    # Once at the start; a day has not passed since.
    assert published.count("purge_contributions") == 1
    assert delivered == [periodic.DELIVER_SECONDS]


@pytest.mark.django_db
def test_what_is_due_is_published():
    question = entries.question()
    question.go_live_at = timezone.now() + timedelta(seconds=1)
    revision = question.save_revision()
    revision.publish()
    assert PublishedEntry.objects.count() == 0

    past = timezone.now() - timedelta(minutes=1)
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=past)
    content = revision.content | {"go_live_at": past.isoformat()}
    type(revision).objects.filter(pk=revision.pk).update(content=content)
    periodic.publish_scheduled()

    assert PublishedEntry.objects.count() == 1

"""Batches: what was reported is committed, what was interrupted goes on."""

import pytest
from django.db import transaction

from cms.publishing.models import PublicationEvent
from knowledge.importing import arrivals, run
from knowledge.importing.run import Import
from knowledge.importing.saving import Outcome
from knowledge.models import Category, Entry, ImportedRecord, IssuedCode, PublishedEntry, Topic
from tests.knowledge.importing.conftest import question

pytestmark = pytest.mark.django_db


def questions(count: int) -> list[dict]:
    return [question(id=str(number), title=f"Question {number}?") for number in range(count)]


def test_a_dry_run_says_what_would_happen_and_keeps_nothing(bring_in):
    report = bring_in(*questions(3), question(id="x", level="wizard"), dry_run=True, batch_size=2)

    assert report.outcomes == {Outcome.CREATED: 3}
    assert len(report.rejections) == 1
    for model in (Entry, PublishedEntry, ImportedRecord, IssuedCode, PublicationEvent, Topic):
        assert model.objects.count() == 0


def test_a_dry_run_knows_of_entries_that_would_come(bring_in):
    report = bring_in(
        question(id="PY-MID-001", code="PY-MID-001", related=[{"code": "PY-MID-002"}]),
        question(id="PY-MID-002", code="PY-MID-002", title="Second"),
        dry_run=True,
    )

    assert report.outcomes == {Outcome.CREATED: 2}
    assert report.rejections == []


def test_an_interrupted_import_keeps_what_it_reported_and_goes_on(read):
    records = read(*questions(5)).records
    reported = []

    def interrupt(results):
        reported.extend(results)
        if len(reported) == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Import(records, publish=True, batch_size=2, committed=interrupt).run()

    assert PublishedEntry.objects.count() == len(reported) == 4
    report = Import(records, publish=True, batch_size=2).run()
    assert report.outcomes == {Outcome.UNCHANGED: 4, Outcome.CREATED: 1}


def test_a_batch_that_is_killed_leaves_no_half(read, monkeypatch):
    records = read(*questions(2)).records

    def killed(*args, **kwargs):
        raise SystemExit(137)

    monkeypatch.setattr(arrivals, "publish_new", killed)
    with pytest.raises(SystemExit):
        Import(records, publish=True).run()

    for model in (Entry, PublishedEntry, ImportedRecord, IssuedCode, Category):
        assert model.objects.count() == 0


def test_one_entry_in_the_way_does_not_stop_its_batch(read, monkeypatch):
    records = read(*questions(3)).records
    publish_new = arrivals.publish_new

    def meanwhile(entries):
        # Another process has taken the slug since the batch looked.
        for entry in entries:
            if entry.title == "Question 1?":
                entry.slug = "question-0"
        publish_new(entries)

    Import(records[:1], publish=True).run()
    monkeypatch.setattr(arrivals, "publish_new", meanwhile)
    report = Import(records[1:], publish=True).run()

    assert report.outcomes == {Outcome.CREATED: 1}
    assert [one.reasons for one in report.rejections] == [
        {"record": ["Something saved meanwhile is in the way: import it again."]}
    ]
    assert PublishedEntry.objects.count() == 2


def test_fields_a_kind_has_no_place_for_are_counted(bring_in):
    report = bring_in(question(stars=5), question(id="2", stars=4))

    assert report.ignored == {("INTERVIEW_QUESTION", "stars"): 2}


def test_a_batch_is_one_transaction(bring_in, monkeypatch):
    depths = []
    publish_new = arrivals.publish_new

    def note(entries):
        depths.append((len(entries), transaction.get_connection().in_atomic_block))
        publish_new(entries)

    monkeypatch.setattr(arrivals, "publish_new", note)
    bring_in(*questions(5), batch_size=2)

    assert depths == [(2, True), (2, True), (1, True)]


@pytest.fixture
def clock(monkeypatch):
    """The time of an import, which passes only where a test says so."""
    now = [0.0]
    monkeypatch.setattr(run, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def waits(monkeypatch, clock):
    """Seconds for which each batch waits for whoever publishes; none when there are no more."""
    seconds = []

    class Lock:
        def lock():
            clock[0] += seconds.pop(0) if seconds else 0

    monkeypatch.setattr(run, "ContentVersion", Lock)
    return seconds


@pytest.mark.parametrize(
    ("given", "sizes"),
    [([0, 0], [6, 6, 6, 6, 2]), ([1], [6, 5, 5, 6, 4]), ([0, 1, 0, 1], [6, 6, 5, 5, 4])],
)
def test_batches_are_small_while_others_publish(bring_in, waits, given, sizes, monkeypatch):
    found = []
    waits += given
    monkeypatch.setattr(run, "SMALL_BATCHES", 2)

    bring_in(
        *questions(26), publish=True, batch_size=6, committed=lambda one: found.append(len(one))
    )

    assert found == sizes


@pytest.mark.parametrize(("given", "rests"), [([], [0, 1, 1]), ([1], [0, 9, 6])])
def test_an_import_rests_longer_where_others_publish(
    bring_in, waits, clock, given, rests, monkeypatch
):
    found = []
    waits += given
    monkeypatch.setattr(run, "rest", found.append)

    def committed(results):
        clock[0] += 2

    bring_in(*questions(15), publish=True, batch_size=5, committed=committed)

    assert found == rests

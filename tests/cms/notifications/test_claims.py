"""Claims: one worker a delivery, and nothing lost when it dies."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from cms.notifications.claims import claim_due, mark_delivered, mark_failed, send_again
from cms.notifications.models import OutgoingMail
from cms.notifications.outbox import queue_mail
from cms.notifications.retry import MOST_ATTEMPTS


def queue(count=1):
    for number in range(count):
        queue_mail(recipient=f"a{number}@example.org", subject="s", text="t", purpose="test")


def claim(most=10):
    return claim_due(OutgoingMail.objects.due(), most)


@pytest.mark.django_db
def test_a_claimed_delivery_is_not_due_for_others():
    queue(2)

    assert len(claim(1)) == 1
    assert len(claim()) == 1
    assert claim() == []


@pytest.mark.django_db
def test_the_deliveries_of_a_dead_worker_come_free():
    queue()
    claim()
    OutgoingMail.objects.update(leased_until=timezone.now() - timedelta(seconds=1))

    assert [row.attempts for row in claim()] == [2]


@pytest.mark.django_db
def test_a_result_under_a_lost_claim_does_not_count():
    queue()
    (late,) = claim()
    OutgoingMail.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    (other,) = claim()

    assert mark_failed(late, "too late") is False
    assert mark_delivered(other) is True
    assert OutgoingMail.objects.get().state == "DELIVERED"


@pytest.mark.django_db
def test_a_failure_sets_another_time():
    queue()
    (row,) = claim()
    mark_failed(row, "the mail server was not reached")

    mail = OutgoingMail.objects.get()
    assert mail.state == "PENDING"
    assert mail.due_at > timezone.now() + timedelta(seconds=7)
    assert mail.last_error == "the mail server was not reached"
    assert claim() == []


@pytest.mark.django_db
def test_the_last_failure_makes_a_dead_letter_that_can_be_sent_again():
    queue()
    OutgoingMail.objects.update(attempts=MOST_ATTEMPTS - 1)
    (row,) = claim()
    mark_failed(row, "refused")
    assert OutgoingMail.objects.dead().count() == 1

    assert send_again(OutgoingMail.objects.dead()) == 1
    assert [row.attempts for row in claim()] == [1]


@pytest.mark.django_db
def test_an_idle_worker_writes_nothing(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert claim() == []


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_workers_beside_each_other_share_the_work():
    queue(40)
    taken: list[int] = []
    start = threading.Barrier(4)

    def work():
        start.wait()
        while rows := claim(3):
            taken.extend(row.pk for row in rows)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(taken) == 40
    assert len(set(taken)) == 40

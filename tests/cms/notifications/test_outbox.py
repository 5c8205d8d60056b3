"""Queued mails belong to the transaction that queued them."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from cms.notifications.models import OutgoingMail
from cms.notifications.outbox import queue_mail

pytestmark = pytest.mark.django_db


def queue(**fields):
    values = {"recipient": "ada@example.org", "subject": "Hello", "text": "Hi.", "purpose": "test"}
    queue_mail(**{**values, **fields})


def test_a_queued_mail_waits_to_be_sent():
    queue(html="<p>Hi.</p>", headers={"List-Id": "x"})

    mail = OutgoingMail.objects.get()
    assert (mail.state, mail.attempts, mail.recipient) == ("PENDING", 0, "ada@example.org")
    assert mail.headers == {"List-Id": "x"}
    assert list(OutgoingMail.objects.due()) == [mail]


def test_a_transaction_that_fails_queues_nothing():
    with transaction.atomic():
        queue()
        transaction.set_rollback(True)

    assert OutgoingMail.objects.count() == 0


def test_a_unique_key_is_used_once():
    queue(unique_key="decision:7")
    queue(unique_key="decision:7", subject="Again")

    assert OutgoingMail.objects.get().subject == "Hello"


def test_mails_without_a_key_are_all_queued():
    queue()
    queue()

    assert OutgoingMail.objects.count() == 2


@pytest.mark.parametrize("recipient", ["", "ada", "ada@", "a" * 250 + "@example.org", "a@b.de\nX:"])
def test_an_address_no_mail_reaches_is_refused(recipient):
    with pytest.raises(ValidationError):
        queue(recipient=recipient)


@pytest.mark.parametrize("fields", [{"subject": "a\nBcc: b@c.de"}, {"headers": {"X": "a\r\nB: c"}}])
def test_a_header_cannot_be_split(fields):
    with pytest.raises(ValidationError):
        queue(**fields)

    assert OutgoingMail.objects.count() == 0

"""Mails as a real mail server receives them."""

import pytest

from cms.notifications.models import OutgoingMail
from cms.notifications.outbox import queue_mail
from cms.notifications.worker import Worker

pytestmark = pytest.mark.django_db


def queue(**fields):
    values = {"recipient": "ada@example.org", "subject": "Grüße", "text": "Hi.\n", "purpose": "t"}
    queue_mail(**{**values, **fields})


def test_text_and_html_arrive(mailbox):
    queue(html="<p>Hi <b>you</b>.</p>")

    assert Worker().run_once().delivered == 1
    (message,) = mailbox.messages
    assert mailbox.recipients == ["ada@example.org"]
    assert message["Subject"] == "Grüße"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_body(("plain",)).get_content() == "Hi.\r\n"
    assert message.get_body(("html",)).get_content().strip() == "<p>Hi <b>you</b>.</p>"


def test_a_repeated_mail_has_the_same_message_id(mailbox):
    queue()
    Worker().run_once()
    row = OutgoingMail.objects.get()
    OutgoingMail.objects.update(state="PENDING", text="Hi.")
    Worker().run_once()

    assert [message["Message-ID"] for message in mailbox.messages] == [
        f"<{row.message_id.hex}@lamplight.example>"
    ] * 2


def test_a_mailbox_that_does_not_exist_is_not_tried_again(mailbox):
    mailbox.refusal = "550 no such user"
    queue()

    assert Worker().run_once().failed == 1
    row = OutgoingMail.objects.get()
    assert (row.state, row.last_error) == ("DEAD", "the recipient was refused (550)")


def test_a_full_mailbox_is_tried_again(mailbox):
    mailbox.refusal = "452 mailbox full"
    queue()
    Worker().run_once()

    row = OutgoingMail.objects.get()
    assert (row.state, row.last_error) == ("PENDING", "the recipient was refused (452)")


def test_a_mail_server_that_is_away_is_tried_again(mailbox, settings):
    settings.EMAIL_PORT = 1
    queue()
    Worker().run_once()

    row = OutgoingMail.objects.get()
    assert (row.state, row.last_error) == ("PENDING", "the mail server was not reached")

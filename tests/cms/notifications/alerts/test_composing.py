"""What a subscriber finds in the mailbox, and when."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from cms.notifications.alerts import composing
from cms.notifications.alerts.composing import compose_due_alerts
from cms.notifications.alerts.links import read_unsubscribe_token
from cms.notifications.fan_out import tell_everybody
from cms.notifications.models import AlertItem, AlertSubscription, OutgoingMail
from cms.notifications.worker import Worker
from tests.factories import entries

pytestmark = pytest.mark.django_db


def publish(title="How are sessions kept?", **fields):
    return entries.published(entries.question(title=title, **fields))


def compose():
    tell_everybody()
    compose_due_alerts()
    return list(OutgoingMail.objects.order_by("pk"))


def test_an_instant_alert_is_written_at_once(subscriber):
    subscriber()
    entry = publish()

    (mail,) = compose()

    assert mail.recipient == "ada@example.org"
    assert mail.subject == f"{entry.code}: How are sessions kept?"
    assert "http://127.0.0.1:8000/questions/" in mail.text
    assert "http://127.0.0.1:8000/questions/" in mail.html
    assert AlertItem.objects.count() == 0


def test_instant_alerts_do_not_follow_each_other_closely(subscriber):
    subscriber()
    publish()
    compose()
    publish("Another?", slug="another")
    assert len(compose()) == 1

    AlertSubscription.objects.update(last_sent_at=timezone.now() - timedelta(minutes=11))
    assert len(compose()) == 2


def test_much_at_once_is_one_mail_that_lists_the_first_and_counts_the_rest(subscriber):
    subscriber()
    for number in range(25):
        publish(f"Question {number}?", slug=f"q-{number}")

    (mail,) = compose()

    assert mail.subject == "25 new entries"
    assert mail.text.count("Interview question") == 20
    assert "… and 5 more." in mail.text
    assert "… and 5 more." in mail.html


def test_changes_are_told_apart_from_news(subscriber):
    subscriber(include_updates=True)
    entry = publish()
    compose()
    OutgoingMail.objects.all().delete()
    AlertSubscription.objects.update(last_sent_at=None)
    entry.title = "How are sessions kept safe?"
    entries.published(entry)

    (mail,) = compose()

    assert "CHANGED" in mail.text
    assert "NEW" not in mail.text


def test_what_was_withdrawn_before_the_mail_is_not_told(subscriber):
    subscriber()
    entry = publish()
    tell_everybody()
    entry.unpublish()

    assert compose() == []
    assert AlertItem.objects.count() == 0


def test_a_digest_waits_for_its_hour_and_comes_once(subscriber, monkeypatch):
    long_ago, last = datetime(2020, 1, 1, tzinfo=UTC), datetime(2099, 11, 23, 8, tzinfo=UTC)
    subscriber(frequency="DAILY", confirmed_at=long_ago, last_sent_at=last)
    publish()
    tell_everybody()

    def compose_at(moment):
        monkeypatch.setattr(
            composing.timezone, "now", lambda: datetime.fromisoformat(moment + "+00:00")
        )
        compose_due_alerts()
        return OutgoingMail.objects.count()

    assert compose_at("2099-11-23T20:00:00") == 0
    assert compose_at("2099-11-24T07:00:01") == 1
    assert compose_at("2099-11-24T07:30:00") == 1


def test_a_title_is_shown_as_text(subscriber):
    subscriber()
    publish('<script>alert("x")</script> & {{ 7|add:7 }}')

    (mail,) = compose()

    assert "<script>" not in mail.html
    assert "&lt;script&gt;" in mail.html
    assert '<script>alert("x")</script> & {{ 7|add:7 }}' in mail.text


def test_a_mail_program_can_unsubscribe_with_one_click(subscriber, mailbox, client):
    subscription = subscriber()
    publish()
    compose()
    Worker().run_once()

    (message,) = mailbox.messages
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = message["List-Unsubscribe"].strip(" <>")
    path = link.removeprefix("http://127.0.0.1:8000")
    assert read_unsubscribe_token(path.rpartition("/")[2]) == subscription.public_id

    answer = client.post(path, "List-Unsubscribe=One-Click", "application/x-www-form-urlencoded")
    assert answer.status_code == 200
    assert AlertSubscription.objects.count() == 0


def test_a_mail_that_cannot_be_written_holds_up_no_other(subscriber, monkeypatch, caplog):
    subscriber("bad@example.org")
    subscriber("good@example.org")
    publish()
    queue_alert = composing.queue_alert

    def fail_for_one(subscription, *args, **kwargs):
        if subscription.address == "bad@example.org":
            raise ValueError("boom")
        queue_alert(subscription, *args, **kwargs)

    monkeypatch.setattr(composing, "queue_alert", fail_for_one)

    assert [mail.recipient for mail in compose()] == ["good@example.org"]
    assert AlertItem.objects.count() == 1
    assert "was not written" in caplog.text

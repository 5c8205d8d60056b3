"""Asking for alerts, confirming them, ending them; and learning nothing on the way."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.notifications.alerts.links import unsubscribe_token
from cms.notifications.alerts.subscribing import (
    TooManyRequestsError,
    UnknownTokenError,
    Wish,
    confirm,
    request_subscription,
    unsubscribe,
)
from cms.notifications.models import AlertRequest, AlertSubscription, OutgoingMail
from tests.factories import terms

pytestmark = pytest.mark.django_db


def ask(address="ada@example.org", requester="198.51.100.7", **wish):
    request_subscription(Wish(address, **wish), requester=requester)


def mailed_token():
    text = OutgoingMail.objects.filter(purpose="alert-confirmation").latest("pk").text
    return text.split("/alerts/confirm/")[1].split()[0]


def test_asking_subscribes_nobody():
    ask()

    assert AlertSubscription.objects.count() == 0
    assert OutgoingMail.objects.get().recipient == "ada@example.org"


def test_confirming_subscribes_as_was_asked():
    terms.technology("fastapi")
    ask(kinds=("DEBUG_ENTRY",), technologies=("fastapi",), frequency="DAILY", locale="de")

    confirm(mailed_token())

    subscription = AlertSubscription.objects.get()
    assert subscription.address == "ada@example.org"
    assert subscription.choices() == {
        "kinds": ["DEBUG_ENTRY"],
        "technologies": ["fastapi"],
        "topics": [],
        "frequency": "DAILY",
        "include_updates": False,
        "locale": "de",
    }
    assert AlertRequest.objects.count() == 0


def test_a_token_works_once():
    ask()
    token = mailed_token()
    confirm(token)

    with pytest.raises(UnknownTokenError):
        confirm(token)


def test_a_token_expires():
    ask()
    AlertRequest.objects.update(created_at=timezone.now() - timedelta(hours=49))

    with pytest.raises(UnknownTokenError):
        confirm(mailed_token())


def test_the_token_is_not_stored():
    ask()

    assert AlertRequest.objects.get().token_hash not in mailed_token()
    assert mailed_token() not in str(AlertRequest.objects.values())


def test_asking_again_changes_a_subscription_only_when_confirmed(subscriber):
    subscriber(frequency="DAILY")
    ask(frequency="WEEKLY")
    assert AlertSubscription.objects.get().frequency == "DAILY"

    confirm(mailed_token())
    assert AlertSubscription.objects.get().frequency == "WEEKLY"


def test_known_and_unknown_addresses_take_the_same_statements(subscriber):
    subscriber("known@example.org")

    with CaptureQueriesContext(connection) as known:
        ask("known@example.org")
    with CaptureQueriesContext(connection) as unknown:
        ask("unknown@example.org")

    def shapes(captured):
        statements = [query["sql"] for query in captured]
        return [re.split("VALUES|WHERE|SAVEPOINT", statement)[0] for statement in statements]

    assert shapes(known) == shapes(unknown)
    texts = OutgoingMail.objects.order_by("pk").values_list("subject", flat=True)
    assert len(set(texts)) == 1


def test_one_mailbox_gets_few_mails_and_the_answer_stays_the_same():
    for number in range(8):
        ask("Ada@example.org" if number % 2 else "ada@EXAMPLE.org", requester=str(number))

    assert OutgoingMail.objects.count() == 3


def test_earlier_links_keep_working_when_somebody_asks_again():
    ask()
    first = mailed_token()
    ask()

    confirm(first)
    assert AlertSubscription.objects.count() == 1


def test_one_requester_is_stopped(settings):
    settings.ALERT_REQUESTS_PER_REQUESTER = 2
    ask("a@example.org")
    ask("b@example.org")

    with pytest.raises(TooManyRequestsError):
        ask("c@example.org")
    ask("c@example.org", requester="203.0.113.5")


def test_the_whole_is_limited(settings):
    settings.ALERT_REQUESTS_IN_ALL = 2
    for number in range(4):
        ask(f"a{number}@example.org", requester=str(number))

    assert OutgoingMail.objects.count() == 2


def test_who_asked_is_not_stored():
    ask(requester="198.51.100.7")

    assert "198.51" not in str(AlertRequest.objects.values())


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"address": "nobody"}, "email"),
        ({"address": "a@b.de\nBcc: c@d.de"}, "email"),
        ({"address": "a" * 300 + "@example.org"}, "email"),
        ({"kinds": ("NEWS",)}, "kinds"),
        ({"technologies": ("cobol",)}, "technologies"),
        ({"topics": ("nothing",)}, "topics"),
        ({"topics": tuple(f"t{n}" for n in range(51))}, "topics"),
        ({"locale": "xx"}, "locale"),
    ],
)
def test_a_wish_that_cannot_be_fulfilled_is_refused_by_field(wish, field):
    with pytest.raises(ValidationError) as caught:
        ask(**wish)

    assert list(caught.value.message_dict) == [field]
    assert AlertRequest.objects.count() == 0


def test_unsubscribing_forgets_the_address(subscriber):
    subscription = subscriber()
    ask()
    token = unsubscribe_token(subscription.public_id)

    unsubscribe(token)

    assert AlertSubscription.objects.count() == 0
    assert AlertRequest.objects.count() == 0
    assert OutgoingMail.objects.count() == 0


def test_unsubscribing_twice_is_no_error(subscriber):
    token = unsubscribe_token(subscriber().public_id)
    unsubscribe(token)
    unsubscribe(token)


@pytest.mark.parametrize("token", ["", "x", "a:b", "0" * 32 + ":forged", "é" * 300])
def test_a_forged_token_unsubscribes_nobody(subscriber, token):
    subscriber()

    with pytest.raises(UnknownTokenError):
        unsubscribe(token)
    assert AlertSubscription.objects.count() == 1


def test_past_the_limit_of_a_mailbox_the_same_work_is_done_for_nothing(settings):
    settings.ALERT_REQUESTS_PER_ADDRESS = 1

    def written() -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            ask()
        return [one["sql"].split(" (")[0] for one in queries if one["sql"].startswith("INSERT")]

    first = written()

    assert written() == first
    assert len(first) == 2
    assert (AlertRequest.objects.count(), OutgoingMail.objects.count()) == (1, 1)

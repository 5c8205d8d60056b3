"""The pages behind the links: looking changes nothing, the button does."""

import pytest

from cms.notifications.alerts.links import unsubscribe_token
from cms.notifications.alerts.subscribing import Wish, request_subscription
from cms.notifications.models import AlertRequest, AlertSubscription, OutgoingMail

pytestmark = pytest.mark.django_db


@pytest.fixture
def confirm_path():
    request_subscription(Wish("ada@example.org"), requester="198.51.100.7")
    return "/alerts/confirm/" + OutgoingMail.objects.get().text.split("/confirm/")[1].split()[0]


@pytest.fixture
def unsubscribe_path(subscriber):
    return "/alerts/unsubscribe/" + unsubscribe_token(subscriber().public_id)


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_at_the_confirmation_subscribes_nobody(client, confirm_path, method):
    answer = getattr(client, method)(confirm_path)

    assert answer.status_code == 200
    assert AlertSubscription.objects.count() == 0
    assert AlertRequest.objects.count() == 1


def test_the_button_subscribes(client, confirm_path):
    answer = client.post(confirm_path)

    assert "You are subscribed" in answer.text
    assert AlertSubscription.objects.get().address == "ada@example.org"


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_at_the_end_ends_nothing(client, unsubscribe_path, method):
    assert getattr(client, method)(unsubscribe_path).status_code == 200
    assert AlertSubscription.objects.count() == 1


def test_the_button_ends_the_subscription(client, unsubscribe_path):
    assert "You are unsubscribed" in client.post(unsubscribe_path).text
    assert AlertSubscription.objects.count() == 0
    assert client.post(unsubscribe_path).status_code == 200
    assert "You are unsubscribed" in client.get(unsubscribe_path).text


@pytest.mark.parametrize("path", ["/alerts/confirm/x", "/alerts/unsubscribe/x:y"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_does_not_work_says_so(client, path, method):
    answer = getattr(client, method)(path)

    assert answer.status_code == 404
    assert "This link does not work" in answer.text


def test_the_address_with_the_token_goes_nowhere(client, confirm_path):
    answer = client.get(confirm_path)

    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"
    assert "ada@example.org" not in answer.text
    assert not answer.cookies


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client, confirm_path, method):
    assert getattr(client, method)(confirm_path).status_code == 405


def test_the_browser_may_send_the_form_and_style_the_page_and_no_more(client, confirm_path):
    policy = client.get(confirm_path)["Content-Security-Policy"]

    assert policy.startswith("default-src 'none'; style-src 'self'; form-action 'self';")

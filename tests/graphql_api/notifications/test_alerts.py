"""Alerts over GraphQL, as a front end uses them."""

import json

import pytest

from cms.notifications.alerts.links import unsubscribe_token
from cms.notifications.models import AlertRequest, AlertSubscription, OutgoingMail
from tests.factories import terms

pytestmark = pytest.mark.django_db

SUBSCRIBE = """mutation ($input: AlertSubscriptionInput!) {
  subscribeToAlerts(input: $input) { accepted errors { code message path } }
}"""
CONFIRM = """mutation ($token: String!) {
  confirmAlertSubscription(token: $token) { accepted errors { code path } }
}"""
UNSUBSCRIBE = """mutation ($token: String!) {
  unsubscribeFromAlerts(token: $token) { accepted errors { code path } }
}"""


@pytest.fixture
def post(client):
    def send(query, **variables):
        body = json.dumps({"query": query, "variables": variables})
        return client.post("/graphql", body, content_type="application/json")

    return send


def subscribe(post, **fields):
    answer = post(SUBSCRIBE, input={"email": "ada@example.org", **fields})
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]["subscribeToAlerts"]


def mailed_token():
    return OutgoingMail.objects.latest("pk").text.split("/alerts/confirm/")[1].split()[0]


def test_from_asking_to_the_end(post):
    terms.technology("fastapi")
    asked = subscribe(
        post, kinds=["DEBUG_ENTRY"], technologies=["fastapi"], frequency="DAILY", locale="en"
    )
    assert asked == {"accepted": True, "errors": []}

    confirmed = post(CONFIRM, token=mailed_token()).json()["data"]
    assert confirmed == {"confirmAlertSubscription": {"accepted": True, "errors": []}}
    subscription = AlertSubscription.objects.get()
    assert (subscription.kinds, subscription.frequency) == (["DEBUG_ENTRY"], "DAILY")

    ended = post(UNSUBSCRIBE, token=unsubscribe_token(subscription.public_id)).json()["data"]
    assert ended == {"unsubscribeFromAlerts": {"accepted": True, "errors": []}}
    assert AlertSubscription.objects.count() == 0


def test_known_and_unknown_addresses_get_the_same_answer(post):
    AlertSubscription.objects.create(address="ada@example.org", locale="en")

    known = post(SUBSCRIBE, input={"email": "ada@example.org"})
    unknown = post(SUBSCRIBE, input={"email": "bob@example.org"})

    assert known.json()["data"] == unknown.json()["data"]
    assert known.status_code == unknown.status_code


def test_what_cannot_be_fulfilled_is_named_by_its_path(post):
    answer = subscribe(post, email="nobody", topics=["nothing"], locale="xx")

    assert answer["accepted"] is False
    assert [(error["code"], error["path"]) for error in answer["errors"]] == [
        ("INVALID", ["input", "email"]),
        ("INVALID", ["input", "topics"]),
        ("INVALID", ["input", "locale"]),
    ]
    assert AlertRequest.objects.count() == 0


def test_too_many_requests_are_turned_away(post, settings):
    settings.ALERT_REQUESTS_PER_REQUESTER = 1
    subscribe(post)
    answer = post(SUBSCRIBE, input={"email": "bob@example.org"})

    assert answer.status_code == 429
    assert answer["Retry-After"] == "3600"
    (error,) = answer.json()["data"]["subscribeToAlerts"]["errors"]
    assert error["code"] == "THROTTLED"


@pytest.mark.parametrize("query", [CONFIRM, UNSUBSCRIBE])
@pytest.mark.parametrize("token", ["", "x", "a:b", "x" * 5000])
def test_a_wrong_token_is_a_user_error(post, query, token):
    (payload,) = post(query, token=token).json()["data"].values()

    assert payload == {"accepted": False, "errors": [{"code": "NOT_FOUND", "path": ["token"]}]}


def test_aliases_do_not_multiply_attempts(post):
    one = 'subscribeToAlerts(input: {email: "%s@example.org"}) { accepted }'
    answer = post("mutation { a: " + one % "a" + " b: " + one % "b" + " }").json()

    assert {error["extensions"]["code"] for error in answer["errors"]} == {
        "ONE_MUTATION_PER_OPERATION"
    }
    assert OutgoingMail.objects.count() == 0


def test_subscriptions_cannot_be_read(post):
    answer = post('{ __type(name: "AlertSubscription") { name } }').json()

    assert answer["data"] == {"__type": None}

"""Webhooks and deliveries in the admin."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from cms.notifications import http
from cms.notifications.models import (
    AlertSubscription,
    OutgoingMail,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookSecret,
)
from cms.notifications.outbox import queue_mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    client.force_login(get_user_model().objects.create_superuser("root", "r@example.org", "x"))
    return client


@pytest.fixture
def public(monkeypatch):
    """Every name has a public address."""
    monkeypatch.setattr(http, "resolve", lambda host, port: ["93.184.216.34"])


def save(admin, url="https://hooks.example.org/in", **fields):
    values = {"name": "Partner", "url": url, "active": "on", **fields}
    return admin.post(reverse("webhook_endpoints:add"), values)


def test_a_new_endpoint_leads_to_its_first_secret(admin, public):
    answer = save(admin, kinds=["DEBUG_ENTRY"])

    endpoint = WebhookEndpoint.objects.get()
    assert answer.url == reverse("webhook_endpoints:secret", args=[endpoint.pk])
    assert endpoint.kinds == ["DEBUG_ENTRY"]
    assert not WebhookSecret.objects.exists()


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example.org/",
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://localhost./",
        "https://[::ffff:127.0.0.1]/",
        "https://a@127.0.0.1/",
    ],
)
def test_an_address_that_may_not_be_called_is_refused(admin, url):
    answer = save(admin, url)

    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {"url"}
    assert not WebhookEndpoint.objects.exists()


def test_a_secret_is_shown_once(admin, endpoint):
    made = endpoint()
    path = reverse("webhook_endpoints:secret", args=[made.pk])
    assert made.secret not in admin.get(path).text

    answer = admin.post(path)

    newest = WebhookSecret.objects.order_by("-pk").first()
    assert newest.value in answer.text
    assert "no-store" in answer["Cache-Control"]
    assert newest.value not in admin.get(path).text
    assert made.live_secrets()[0] == newest
    assert len(made.live_secrets()) == 2


@pytest.mark.parametrize(
    "name",
    ["webhook_endpoints:index", "webhook_deliveries:index", "mails:index"],
)
def test_no_listing_shows_a_secret(admin, endpoint, name):
    made = endpoint()
    WebhookDelivery.objects.create(endpoint=made, body="{}")

    assert made.secret not in admin.get(reverse(name)).text


def test_a_test_call_is_queued(admin, endpoint):
    made = endpoint()
    admin.post(reverse("webhook_endpoints:trial", args=[made.pk]))

    assert '"type":"test"' in WebhookDelivery.objects.get().body


def test_switching_on_again_forgets_the_failures(admin, endpoint, public):
    made = endpoint(active=False, failing_since=timezone.now(), switched_off_because="It failed.")
    admin.post(
        reverse("webhook_endpoints:edit", args=[made.pk]),
        {"name": "Partner", "url": made.url, "active": "on"},
    )

    made.refresh_from_db()
    assert (made.active, made.failing_since, made.switched_off_because) == (True, None, "")


def dead_mail():
    queue_mail(recipient="ada@example.org", subject="Hello", text="LINK", purpose="test")
    OutgoingMail.objects.update(state="DEAD", attempts=12, last_error="refused")
    return OutgoingMail.objects.get()


def test_a_dead_letter_is_listed_and_can_be_sent_again(admin):
    row = dead_mail()
    listing = admin.get(reverse("mails:index") + "?state=DEAD").text
    assert "refused" in listing
    path = reverse("mails:send_again", args=[row.pk])
    assert path in listing
    admin.get(path)
    assert OutgoingMail.objects.dead().count() == 1

    admin.post(path)

    assert list(OutgoingMail.objects.due()) == [row]


def test_the_text_of_a_mail_is_not_shown(admin):
    row = dead_mail()

    assert "LINK" not in admin.get(reverse("mails:inspect", args=[row.pk])).text


def test_all_dead_letters_can_be_sent_again(admin):
    dead_mail()
    admin.post(reverse("mails:send_all_again"))

    assert OutgoingMail.objects.dead().count() == 0


def test_a_delivered_call_can_be_replayed_under_its_id(admin, endpoint):
    row = WebhookDelivery.objects.create(endpoint=endpoint(), body="{}", state="DELIVERED")
    admin.post(reverse("webhook_deliveries:send_again", args=[row.pk]))

    again = WebhookDelivery.objects.get()
    assert (again.state, again.message_id) == ("PENDING", row.message_id)


def test_the_attempts_of_a_call_are_shown(admin, endpoint):
    row = WebhookDelivery.objects.create(endpoint=endpoint(), body="{}")
    row.attempt_log.create(status=500, outcome="HTTP 500", milliseconds=12)

    assert (
        "HTTP 500 (12 ms)" in admin.get(reverse("webhook_deliveries:inspect", args=[row.pk])).text
    )


def test_removing_a_subscriber_forgets_the_address(admin, subscriber):
    subscription = subscriber()
    admin.post(reverse("alert_subscriptions:delete", args=[subscription.pk]))

    assert not AlertSubscription.objects.exists()


@pytest.mark.parametrize(
    "name", ["webhook_endpoints:index", "webhook_deliveries:index", "mails:index"]
)
def test_an_editor_sees_none_of_it(client, name):
    from django.contrib.auth.models import Permission

    user = get_user_model().objects.create_user("edith", password="x")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)

    assert client.get(reverse(name)).status_code == 302
    assert "Webhook" not in client.get("/admin/").text


@pytest.mark.parametrize("name", ["webhook_deliveries:add", "mails:add"])
def test_deliveries_are_not_made_by_hand(admin, name):
    assert admin.get(reverse(name)).status_code == 302


def test_the_listing_says_what_a_call_was_about(admin, endpoint):
    body = '{"type":"entry.published","data":{"code":"FAPI-MID-003"}}'
    WebhookDelivery.objects.create(endpoint=endpoint(), body=body)

    assert "entry.published FAPI-MID-003" in admin.get(reverse("webhook_deliveries:index")).text


def test_the_listing_says_why_an_endpoint_was_switched_off(admin, endpoint):
    endpoint(active=False, switched_off_because="It answered 410.")

    assert "It answered 410." in admin.get(reverse("webhook_endpoints:index")).text

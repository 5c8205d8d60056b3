"""A key is known by its digest only, and stops working when it should."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from cms.access import actions
from cms.access.models import ApiKey

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return get_user_model().objects.create_superuser("ada", "ada@example.org", "x")


@pytest.fixture
def issued(staff):
    key = ApiKey(name="Partner")
    token = actions.issue_key(key=key, by=staff)
    return key, token


def test_the_key_opens_the_door(issued):
    key, token = issued

    assert ApiKey.objects.for_token(token) == key


def test_no_column_holds_the_key(issued):
    _, token = issued
    secret = token.split("_")[2]

    assert secret not in str(ApiKey.objects.values().get())


@pytest.mark.parametrize("change", ["x", "", "0" * 64])
def test_another_secret_does_not(issued, change):
    _, token = issued
    mark, prefix, _ = token.split("_")

    assert ApiKey.objects.for_token(f"{mark}_{prefix}_{change}") is None


@pytest.mark.parametrize("token", ["", "lamp", "lamp_x", "a_b_c", "lamp_x_y_z", "lamp__"])
def test_malformed_keys_are_refused(issued, token):
    assert ApiKey.objects.for_token(token) is None


def test_an_expired_key_does_not_work(issued):
    key, token = issued
    ApiKey.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert ApiKey.objects.for_token(token) is None
    key.refresh_from_db()
    assert key.state == "expired"


def test_a_revoked_key_does_not_work(issued, staff):
    key, token = issued
    actions.revoke_key(key=key, by=staff)

    assert ApiKey.objects.for_token(token) is None
    assert key.state == "revoked"


def test_both_keys_work_while_a_rotation_overlaps(issued, staff):
    key, old_token = issued
    successor, new_token = actions.rotate_key(key=key, by=staff)

    assert ApiKey.objects.for_token(old_token) == key
    assert ApiKey.objects.for_token(new_token) == successor
    key.refresh_from_db()
    assert key.expires_at <= timezone.now() + timedelta(days=7)


def test_issuing_needs_the_permission():
    nobody = get_user_model().objects.create_user("nobody")

    with pytest.raises(PermissionDenied):
        actions.issue_key(key=ApiKey(name="x"), by=nobody)

    assert ApiKey.objects.count() == 0


def test_the_admin_shows_the_key_once(client, staff):
    client.force_login(staff)
    response = client.post(
        reverse("api_keys:add"),
        {"name": "Partner", "kinds": "DEBUG_ENTRY", "per_minute": 60, "per_day": 1000},
    )
    key = ApiKey.objects.get()
    assert response["Location"] == reverse("api_keys:show", args=[key.pk])
    assert key.kinds == ["DEBUG_ENTRY"]

    first = client.get(response["Location"])
    token = first.context["token"]
    assert ApiKey.objects.for_token(token) == key
    assert "no-store" in first["Cache-Control"]

    second = client.get(response["Location"])
    assert token not in second.content.decode()


def test_the_listing_and_the_edit_form_open(client, staff, issued):
    client.force_login(staff)

    assert client.get(reverse("api_keys:index")).status_code == 200
    assert client.get(reverse("api_keys:edit", args=[issued[0].pk])).status_code == 200


def test_the_admin_revokes(client, staff, issued):
    key, token = issued
    client.force_login(staff)
    client.post(reverse("api_keys:revoke", args=[key.pk]))

    assert ApiKey.objects.for_token(token) is None

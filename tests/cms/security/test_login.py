"""Guessing passwords is slow, and tells nothing about who exists."""

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.urls import reverse

from cms.security.models import Attempt

pytestmark = pytest.mark.django_db

THROTTLED = "Too many attempts."
WRONG = "didn&#x27;t match"


@pytest.fixture
def ada():
    return get_user_model().objects.create_superuser("ada", "ada@example.org", "right-password")


def attempt(client, username: str, password: str = "wrong", address: str = "203.0.113.5") -> str:
    response = client.post(
        reverse("wagtailadmin_login"),
        {"username": username, "password": password},
        REMOTE_ADDR=address,
    )
    return "in" if response.status_code == 302 else response.content.decode()


def test_the_sixth_wrong_password_is_refused(client, ada):
    for _ in range(5):
        assert WRONG in attempt(client, "ada")

    assert THROTTLED in attempt(client, "ada")


def test_even_the_right_password_is_refused_then(client, ada):
    for _ in range(5):
        attempt(client, "ada")

    assert THROTTLED in attempt(client, "ada", "right-password")


def test_another_address_is_not_locked_out(client, ada):
    for _ in range(5):
        attempt(client, "ada")

    assert attempt(client, "ada", "right-password", address="198.51.100.9") == "in"


def test_an_unknown_name_is_treated_alike(client, ada):
    answers = [attempt(client, "nobody").count(WRONG) for _ in range(5)]

    assert answers == [1] * 5
    assert THROTTLED in attempt(client, "nobody")


@pytest.mark.parametrize("spelling", ["ADA", " ada ", "ａｄａ"])
def test_another_spelling_is_no_fresh_count(client, ada, spelling):
    for _ in range(5):
        attempt(client, spelling)

    assert THROTTLED in attempt(client, "ada")


def test_spraying_names_from_one_address_ends_after_twenty(client, ada):
    for number in range(20):
        attempt(client, f"name-{number}")

    assert THROTTLED in attempt(client, "ada", "right-password")


def test_a_forwarded_header_is_no_other_address(client, ada):
    for number in range(5):
        client.post(
            reverse("wagtailadmin_login"),
            {"username": "ada", "password": "wrong"},
            headers={"X-Forwarded-For": f"198.51.100.{number}"},
        )

    assert THROTTLED in attempt(client, "ada", address="127.0.0.1")


def test_success_forgets_the_failures_before_it(client, ada):
    for _ in range(4):
        attempt(client, "ada")
    assert attempt(client, "ada", "right-password") == "in"
    client.logout()

    for _ in range(4):
        assert WRONG in attempt(client, "ada")


def test_nothing_stored_names_anyone(client, ada):
    attempt(client, "ada")

    for row in Attempt.objects.values_list("scope", "key"):
        assert "ada" not in row[1]
        assert len(row[1]) == 64


def test_password_reset_answers_alike_and_sends_three_mails_at_most(client, ada):
    locations = set()
    for email in ["ada@example.org"] * 5 + ["nobody@example.org"]:
        response = client.post(reverse("wagtailadmin_password_reset"), {"email": email})
        locations.add((response.status_code, response["Location"]))

    assert locations == {(302, reverse("wagtailadmin_password_reset_done"))}
    assert len(mail.outbox) == 3

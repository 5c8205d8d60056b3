"""Production does not start with what the demo comes with."""

import pytest
from django.contrib.auth import get_user_model

from cms.security.checks import check_demo_passwords, check_secrets

pytestmark = pytest.mark.django_db


def test_a_demo_password_is_an_error():
    get_user_model().objects.create_user("editor", password="editor")

    assert [error.id for error in check_demo_passwords(None)] == ["lamplight.E002"]


def test_a_changed_password_is_none():
    get_user_model().objects.create_user("editor", password="correct horse battery staple")

    assert check_demo_passwords(None) == []


def test_the_development_secret_is_an_error(settings):
    settings.SECRET_KEY = "development-only-not-a-secret"

    assert [error.id for error in check_secrets(None)] == ["lamplight.E001"]

"""People with the roles of the data migration, each with a logged-in client."""

from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client


@pytest.fixture
def person(db) -> Callable[..., Client]:
    """``person("Author")``: a client logged in as a new member of that group."""

    def log_in(role: str, username: str = "") -> Client:
        user = get_user_model().objects.create_user(
            username=username or role.lower(), password="secret"
        )
        user.groups.add(Group.objects.get(name=role))
        client = Client()
        client.force_login(user)
        client.user = user
        return client

    return log_in


@pytest.fixture
def author(person) -> Client:
    return person("Author")


@pytest.fixture
def editor(person) -> Client:
    return person("Editor")


@pytest.fixture
def reviewer(person) -> Client:
    return person("Reviewer")

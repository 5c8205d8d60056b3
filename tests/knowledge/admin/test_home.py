"""The dashboard shows people their own unfinished entries."""

import pytest
from django.urls import reverse

from tests.factories import entries

pytestmark = pytest.mark.django_db


def dashboard(client) -> str:
    return client.get(reverse("wagtailadmin_home")).content.decode()


def test_own_drafts_are_listed(author):
    entries.question(title="Mine", owner=author.user)
    entries.question(title="Theirs")

    html = dashboard(author)

    assert "Your drafts" in html
    assert "Mine" in html
    assert "Theirs" not in html


def test_what_is_finished_is_not_listed(author):
    entries.published(entries.question(title="Finished", owner=author.user))

    assert "Finished" not in dashboard(author)

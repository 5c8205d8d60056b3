"""Editors see what is read and used."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse

from knowledge.counters.models import EntryTotal
from tests.factories import entries

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(client):
    client.force_login(get_user_model().objects.create_superuser("root", "r@example.org", "x"))

    def get(query=""):
        return client.get(reverse("counters_report") + query)

    return get


def test_the_most_viewed_comes_first(report):
    entries.published(entries.question(title="Rarely read", slug="a"))
    often = entries.published(entries.question(title="Often read", slug="b"))
    EntryTotal.objects.create(pk=often.translation_key, views=4200)

    text = report().text

    assert text.index("Often read") < text.index("Rarely read")
    assert "4200" in text.replace(",", "")


def test_a_draft_is_not_reported(report):
    entries.question(title="Only a draft")

    assert "Only a draft" not in report().text


def test_the_export_shows_formulas_as_text(report):
    entries.published(entries.question(title='=HYPERLINK("x")'))

    lines = b"".join(report("?export=csv").streaming_content).decode().splitlines()
    assert lines[0] == "Code,Title,Views,Uses this week"
    assert "'=HYPERLINK" in lines[1]


def test_whoever_does_not_work_on_entries_sees_no_report(client):
    user = get_user_model().objects.create_user("edith", password="x")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)

    assert client.get(reverse("counters_report")).status_code == 302
    assert "Views and uses" not in client.get("/admin/").text

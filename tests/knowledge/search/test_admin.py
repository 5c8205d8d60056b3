"""What finding adds to the admin."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse

from knowledge.models import MissedSearch
from tests.factories import entries

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(client):
    client.force_login(get_user_model().objects.create_superuser("root", "r@example.org", "x"))
    return client


@pytest.fixture
def outsider(client):
    user = get_user_model().objects.create_user("edith", password="x")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    return client


def similar(client, **form):
    return client.post(reverse("similar_entries"), form).json()["entries"]


def test_the_most_frequent_miss_comes_first(root):
    MissedSearch.objects.create(kind="SEARCH", text="zebra crossing", count=2)
    MissedSearch.objects.create(kind="ERROR", text="e0382 borrow", count=7)

    text = root.get(reverse("missed_searches_report")).text

    assert text.index("e0382 borrow") < text.index("zebra crossing")


def test_misses_can_be_exported(root):
    MissedSearch.objects.create(kind="SEARCH", text="zebra", count=2)

    answer = root.get(reverse("missed_searches_report") + "?export=csv")

    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert lines[0] == "Kind,Words,Times,First,Last"
    assert lines[1].startswith("SEARCH,zebra,2,")


def test_whoever_does_not_work_on_entries_sees_no_misses(outsider):
    assert outsider.get(reverse("missed_searches_report")).status_code == 302
    assert "Searches without an answer" not in outsider.get("/admin/").text


def test_entries_of_nearly_the_same_title_may_be_duplicates(root):
    same = entries.published(entries.question(title="How does dependency injection work?"))
    entries.published(entries.question(title="What injects a dependency into a test?"))

    first, second = similar(root, title="How dependency injection works", text="")

    assert (first["code"], first["mayBeDuplicate"]) == (same.code, True)
    assert second["mayBeDuplicate"] is False
    assert first["url"].endswith(f"/{same.pk}/")


def test_entries_with_the_same_message_may_be_duplicates(root):
    same = entries.published(
        entries.debug_entry(
            title="Anything",
            error_messages=[("message", "TypeError: x is not a function")],
        )
    )

    found = similar(root, title="", text="", messages="TypeError: go is not a function")

    assert [(one["code"], one["mayBeDuplicate"]) for one in found] == [(same.code, True)]


def test_an_entry_is_not_similar_to_itself(root):
    entry = entries.published(entries.question(title="Dependency injection"))

    assert similar(root, title="Dependency injection", entry=str(entry.pk)) == []


def test_drafts_are_not_suggested(root):
    entries.question(title="Dependency injection").save_revision()

    assert similar(root, title="Dependency injection") == []


@pytest.mark.parametrize("title", ["", "\x00", "x" * 30_000, '"', "🙂"])
def test_any_title_is_safe(root, title):
    assert similar(root, title=title, text="", entry="not a number", locale="xx") == []


def test_whoever_does_not_work_on_entries_gets_no_suggestions(outsider):
    answer = outsider.post(reverse("similar_entries"), {"title": "x"})

    assert answer.status_code in (302, 403)


def test_strangers_get_no_suggestions(client):
    assert client.post(reverse("similar_entries"), {"title": "x"}).status_code == 302


def test_the_form_asks_for_similar_entries(root):
    entry = entries.published(entries.question())
    text = root.get(
        reverse(f"{type(entry).snippet_viewset.url_namespace}:edit", args=[entry.pk])
    ).text

    assert f'data-entry="{entry.pk}"' in text
    assert "similar-entries.js" in text

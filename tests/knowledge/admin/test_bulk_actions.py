"""Many entries at once: done where possible, explained where not."""

import pytest
from django.urls import reverse

from knowledge.models import InterviewQuestion, PublishedEntry
from tests.factories import entries
from tests.knowledge.admin.submission import address

pytestmark = pytest.mark.django_db


def run(client, action, chosen, confirm=True):
    url = reverse("wagtail_bulk_action", args=["knowledge", "interviewquestion", action])
    ids = "&".join(f"id={entry.pk}" for entry in chosen)
    url = f"{url}?{ids}&next={address(InterviewQuestion, 'list')}"
    return client.post(url, follow=True) if confirm else client.get(url)


def said(response) -> list[str]:
    return [str(message).strip() for message in response.context["messages"]]


def test_publishing_names_what_is_incomplete_and_publishes_the_rest(editor):
    complete = entries.question(title="Complete")
    incomplete = entries.question(title="Incomplete", short_answer="")

    response = run(editor, "publish", [complete, incomplete])

    assert [row.card["title"] for row in PublishedEntry.objects.all()] == ["Complete"]
    assert said(response) == [
        "FASTAPI-MID-002 · Incomplete: Short answer: Write the model answer.",
        "Done with 1 entry.",
    ]


def test_the_latest_draft_is_published(editor):
    entry = entries.published(entries.question(title="Old"))
    entry.title = "New"
    entry.save_revision()

    run(editor, "publish", [entry])

    assert PublishedEntry.objects.get().card["title"] == "New"


def test_unpublishing(editor):
    entry = entries.published(entries.question())

    run(editor, "unpublish", [entry])

    assert PublishedEntry.objects.count() == 0


def test_submitting_starts_reviews(author):
    entry = entries.question(owner=author.user)

    run(author, "submit", [entry])

    assert InterviewQuestion.objects.get().workflow_in_progress


def test_nobody_publishes_without_the_right(author):
    entry = entries.question(owner=author.user)

    run(author, "publish", [entry])

    assert PublishedEntry.objects.count() == 0


def test_confirmation_names_the_entries(editor):
    html = run(editor, "publish", [entries.question()], confirm=False).content.decode()

    assert "FASTAPI-MID-001" in html


def test_all_means_all_that_the_listing_was_narrowed_to(editor):
    entries.question(title="About zebras", level="SENIOR")
    entries.question(title="About zebras too", level="JUNIOR")
    entries.question(title="Other", level="SENIOR")
    url = reverse("wagtail_bulk_action", args=["knowledge", "interviewquestion", "publish"])
    listing = address(InterviewQuestion, "list") + "%3Fq%3Dzebra%26level%3DSENIOR"

    editor.post(f"{url}?id=all&next={listing}")

    assert [row.card["title"] for row in PublishedEntry.objects.all()] == ["About zebras"]

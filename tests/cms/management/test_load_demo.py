"""The demonstration is whole, and loading it again leaves everything alone."""

from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from wagtail.models import Revision, WorkflowState

from cms.publishing.models import ContentVersion
from knowledge.contributions.models import CannedReply
from knowledge.demo.loading import CONTENT
from knowledge.models import Category, Entry, InterviewQuestion, PublishedEntry, Technology

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def load() -> str:
    out = StringIO()
    call_command("load_demo", stdout=out, stderr=out)
    return out.getvalue()


def test_everything_is_there_and_the_second_time_changes_nothing(settings):
    settings.DEBUG = True
    out = load()

    files = len(list(CONTENT.glob("*/*.md")))
    assert PublishedEntry.objects.count() == files
    assert PublishedEntry.objects.filter(locale="de").count() == 1
    assert PublishedEntry.objects.filter(kind="INTERVIEW_QUESTION", locale="en").count() >= 30
    assert Technology.objects.filter(locale__language_code="en").count() >= 18
    assert InterviewQuestion.objects.exclude(level="").values("level").distinct().count() == 4
    assert Category.objects.filter(locale__language_code="en", questions__live=True).distinct(
    ).count() == 8  # fmt: skip
    assert Entry.objects.filter(live=False).count() == 2
    assert WorkflowState.objects.count() == 1
    assert set(CannedReply.objects.values_list("purpose", flat=True)) == {
        "ASK",
        "DECLINE",
        "ACCEPT",
    }
    assert "Account reviewer, password reviewer (Reviewer)." in out
    assert sorted(get_user_model().objects.values_list("username", flat=True)) == [
        "admin",
        "author",
        "editor",
        "moderator",
        "reviewer",
    ]
    replies = CannedReply.objects.count()
    before = (ContentVersion.current(), Revision.objects.count(), WorkflowState.objects.count())

    again = load()

    assert "0 terms and 0 entries are new or changed" in again
    assert "Account" not in again
    after = (ContentVersion.current(), Revision.objects.count(), WorkflowState.objects.count())
    assert after == before
    assert CannedReply.objects.count() == replies


def test_there_are_no_accounts_outside_development(settings):
    settings.DEBUG = False
    out = load()

    assert get_user_model().objects.count() == 0
    assert "Account" not in out

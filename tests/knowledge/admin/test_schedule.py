"""Publication and expiry at a time set in advance."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import ModelLogEntry

from knowledge.models import InterviewQuestion, PublishedEntry
from tests.factories import entries

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def scheduled(go_live_at):
    entry = entries.question(go_live_at=go_live_at)
    entry.save_revision().publish()
    return InterviewQuestion.objects.get(pk=entry.pk)


def test_what_goes_live_later_is_not_public_yet():
    entry = scheduled(timezone.now() + HOUR)

    call_command("publish_scheduled")

    assert str(entry.status_string) == "scheduled"
    assert PublishedEntry.objects.count() == 0


def test_what_was_to_go_live_by_now_is_published():
    entry = scheduled(timezone.now() + HOUR)
    entry.revisions.update(approved_go_live_at=timezone.now() - HOUR)
    revision = entry.latest_revision
    revision.content["go_live_at"] = (timezone.now() - HOUR).isoformat()
    revision.approved_go_live_at = timezone.now() - HOUR
    revision.save()

    call_command("publish_scheduled")

    assert PublishedEntry.objects.get().code == entry.code


def test_what_has_expired_is_taken_from_the_public():
    entry = entries.published(entries.question())
    InterviewQuestion.objects.filter(pk=entry.pk).update(expire_at=timezone.now() - HOUR)

    call_command("publish_scheduled")

    entry = InterviewQuestion.objects.get()
    assert (entry.live, entry.expired) == (False, True)
    assert PublishedEntry.objects.count() == 0


def test_expiry_is_in_the_history_of_the_entry():
    entry = entries.published(entries.question())
    InterviewQuestion.objects.filter(pk=entry.pk).update(expire_at=timezone.now() - HOUR)

    call_command("publish_scheduled")

    actions = ModelLogEntry.objects.for_instance(entry).values_list("action", flat=True)
    assert "wagtail.unpublish.scheduled" in actions

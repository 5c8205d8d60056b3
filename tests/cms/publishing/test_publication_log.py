"""The audit log's rows are those that Wagtail itself would have written."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import LogContext
from wagtail.models import ModelLogEntry, Revision

from cms.publishing import record
from cms.publishing.record import SCHEDULED
from tests.factories import entries

pytestmark = pytest.mark.django_db


def rows_after(publish: Callable[[], Any]) -> list[dict[str, Any]]:
    """What ``publish`` writes into the log; all that it did is taken back."""
    with transaction.atomic():
        before = list(ModelLogEntry.objects.values_list("pk", flat=True))
        publish()
        written = ModelLogEntry.objects.exclude(pk__in=before).order_by("timestamp", "pk")
        rows = list(written.values())
        transaction.set_rollback(True)
    assert all(row.pop("id") and row.pop("timestamp") for row in rows)
    return rows


@pytest.fixture
def both(monkeypatch):
    """Ours and Wagtail's rows of publishing a revision in the same way."""

    def compared(revision: Revision, **asked: Any) -> tuple[list, list]:
        def publish():
            Revision.objects.get(pk=revision.pk).publish(**asked)

        ours = rows_after(publish)
        monkeypatch.setattr(record, "logging_together", lambda *given: nullcontext(given[-1]))
        return ours, rows_after(publish)

    return compared


def test_of_a_first_publication(both):
    ours, wagtails = both(entries.question().save_revision())

    assert [row["action"] for row in ours] == ["wagtail.publish"]
    assert ours == wagtails


def test_of_another_title(both):
    entry = entries.published(entries.question())
    entry.title = "How is it injected?"

    ours, wagtails = both(entry.save_revision())

    assert [row["action"] for row in ours] == ["wagtail.rename", "wagtail.publish"]
    assert ours == wagtails


def test_of_the_same_title(both):
    entry = entries.published(entries.question())
    entry.level = "SENIOR"

    ours, wagtails = both(entry.save_revision())

    assert [row["data"] for row in ours] == [{}]
    assert ours == wagtails


def test_of_a_user_who_changed_nothing(both, django_user_model):
    user = django_user_model.objects.create(username="ada", is_superuser=True)

    ours, wagtails = both(entries.question().save_revision(), user=user, changed=False)

    assert [(row["user_id"], row["content_changed"]) for row in ours] == [(user.pk, False)]
    assert ours == wagtails


def test_of_a_request_whose_rows_belong_together(both, django_user_model):
    user = django_user_model.objects.create(username="ada", is_superuser=True)
    revision = entries.question().save_revision()

    with LogContext(user=user) as context:
        ours, wagtails = both(revision)

    assert [(row["user_id"], row["uuid"]) for row in ours] == [(user.pk, context.uuid)]
    assert ours == wagtails


def test_of_the_scheduler(both):
    ours, wagtails = both(entries.question().save_revision(), log_action=SCHEDULED)

    assert [row["action"] for row in ours] == [SCHEDULED]
    assert ours == wagtails


def test_of_nothing_when_none_is_wanted(both):
    assert both(entries.question().save_revision(), log_action=False) == ([], [])


def test_of_an_older_revision(both):
    entry = entries.question()
    older = entry.save_revision()
    entry.title = "How is it injected?"
    entry.save_revision()

    ours, wagtails = both(older)

    assert [row["action"] for row in ours] == ["wagtail.publish"]
    assert ours == wagtails


def test_of_going_back_to_a_revision(both):
    entry = entries.published(entries.question())
    former = entry.latest_revision
    entry.title = "How is it injected?"
    entry = entries.published(entry)

    ours, wagtails = both(former.as_object().save_revision(), previous_revision=former)

    assert ours[-1]["data"]["revision"]["id"] == former.pk
    assert ours == wagtails


def test_of_a_publication_to_come(both):
    entry = entries.question()
    entry.go_live_at = timezone.now() + timedelta(days=1)

    ours, wagtails = both(entry.save_revision())

    assert [row["action"] for row in ours] == ["wagtail.publish.schedule"]
    assert ours == wagtails

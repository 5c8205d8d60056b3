"""Publication takes back schedules, and writes no revision that has none."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Revision

from tests.factories import entries

pytestmark = pytest.mark.django_db


def test_no_revision_stays_scheduled():
    entry = entries.question()
    entry.save_revision(approved_go_live_at=timezone.now())

    entry.save_revision().publish()

    assert set(Revision.objects.values_list("approved_go_live_at", flat=True)) == {None}


def test_revisions_without_a_schedule_are_not_written():
    entry = entries.question()
    entry.save_revision()
    revision = entry.save_revision()

    with CaptureQueriesContext(connection) as queries:
        revision.publish()

    updates = [one["sql"] for one in queries if 'UPDATE "wagtailcore_revision"' in one["sql"]]
    assert ["IS NOT NULL" in sql for sql in updates] == [True]


def test_what_else_is_written_is_written():
    entry = entries.question()
    entry.save_revision()

    assert entry.revisions.update(object_str="Another", approved_go_live_at=None) == 1
    assert Revision.objects.get().object_str == "Another"


def test_the_revisions_are_the_records_own():
    entry = entries.question()
    mine = entry.save_revision()
    entries.question().save_revision()

    assert list(entry.revisions) == [mine]

"""Counts that the database keeps are those of the entries, whoever writes."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.db.models import Count
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge import counting
from knowledge.counting import COLUMNS, MOMENTS, keep_counting, stop_counting
from knowledge.models import PublishedCount, PublishedDay, PublishedEntry

pytestmark = pytest.mark.django_db


def published_row(pk: int = 1, **columns: Any) -> PublishedEntry:
    """A row of the read model and nothing else."""
    now = datetime.now(UTC)
    return PublishedEntry.objects.create(
        **{
            "object_id": pk,
            "kind": "INTERVIEW_QUESTION",
            "code": f"AAA-{pk}",
            "slug": f"row-{pk}",
            "locale": "en",
            "translation_key": uuid4(),
            "card": {},
            "body": {},
            "version": 1,
            "published_at": now,
            "updated_at": now,
            **columns,
        }
    )


def counted() -> dict[tuple, int]:
    rows = PublishedCount.objects.values_list(*COLUMNS, "number")
    return {tuple(row): number for *row, number in rows if number}


def grouped() -> dict[tuple, int]:
    rows = PublishedEntry.objects.order_by().values_list(*COLUMNS).annotate(n=Count("pk"))
    return {tuple(row): number for *row, number in rows}


def counted_days() -> dict[tuple, int]:
    rows = PublishedDay.objects.values_list("kind", "locale", "moment", "day", "number")
    return {tuple(row): number for *row, number in rows if number}


def grouped_days() -> dict[tuple, int]:
    rows = PublishedEntry.objects.values_list("kind", "locale", *MOMENTS)
    return Counter(
        (kind, locale, name, value.date())
        for kind, locale, *values in rows
        for name, value in zip(MOMENTS, values, strict=True)
    )


def test_an_entry_is_counted_under_its_columns():
    published_row(level="MID", level_rank=2, difficulty=5, technology=UUID(int=7))
    assert counted() == {
        ("INTERVIEW_QUESTION", "en", UUID(int=7), None, "MID", 2, 5, "", "", 0): 1,
    }


def test_an_entry_is_counted_on_the_days_of_its_moments_in_utc():
    late = datetime(2026, 5, 1, 23, 30, tzinfo=timezone(-timedelta(hours=2)))
    published_row(published_at=datetime(2026, 4, 30, 23, 59, 59, 999999, UTC), updated_at=late)

    assert counted_days() == {
        ("INTERVIEW_QUESTION", "en", "published_at", date(2026, 4, 30)): 1,
        ("INTERVIEW_QUESTION", "en", "updated_at", date(2026, 5, 2)): 1,
    }


def test_kinds_of_errors_and_languages_are_counted_apart():
    published_row(1, kind="DEBUG_ENTRY", variety="RUNTIME")
    published_row(2, kind="DEBUG_ENTRY", variety="TYPE")
    published_row(3, kind="CODE_SNIPPET", variety="QUERY", language="sql")

    assert {key[COLUMNS.index("variety") :][:2]: number for key, number in counted().items()} == {
        ("RUNTIME", ""): 1,
        ("TYPE", ""): 1,
        ("QUERY", "sql"): 1,
    }


def test_nothing_is_counted_while_a_column_is_still_to_come(monkeypatch):
    stop_counting(connection)
    monkeypatch.setattr(counting, "COLUMNS", (*COLUMNS, "to_come"))

    keep_counting(using="default")
    published_row()

    assert counted() == {}


def test_a_deleted_entry_is_counted_no_more():
    published_row().delete()
    assert counted() == {}


def test_an_entry_that_changes_is_counted_where_it_is_now():
    row = published_row(difficulty=5)
    PublishedEntry.objects.filter(pk=row.pk).update(difficulty=6)
    assert [key[COLUMNS.index("difficulty")] for key in counted()] == [6]


def test_what_is_rolled_back_was_never_counted():
    with transaction.atomic():
        published_row()
        transaction.set_rollback(True)
    assert counted() == {}


CHANGE = st.tuples(
    st.sampled_from(["insert", "delete", "update"]),
    st.integers(1, 4),
    st.sampled_from([None, UUID(int=1), UUID(int=2)]),
    st.integers(0, 2),
    st.sampled_from([datetime(2026, 5, day, 12, tzinfo=UTC) for day in (1, 2)]),
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(changes=st.lists(CHANGE, max_size=12))
def test_counts_follow_whatever_is_written(changes):
    with transaction.atomic():
        for kind, pk, technology, difficulty, at in changes:
            rows = PublishedEntry.objects.filter(pk=pk)
            if kind == "insert" and not rows.exists():
                published_row(pk, technology=technology, difficulty=difficulty, updated_at=at)
            elif kind == "delete":
                rows.delete()
            else:
                rows.update(technology=technology, difficulty=difficulty, updated_at=at)
        assert counted() == grouped()
        assert counted_days() == grouped_days()
        transaction.set_rollback(True)


def test_lost_triggers_are_made_again_and_the_counts_with_them():
    stop_counting(connection)
    published_row()
    assert (counted(), counted_days()) == ({}, {})
    keep_counting(using="default")
    assert (counted(), counted_days()) == (grouped(), grouped_days())
    published_row(pk=2)
    assert (counted(), counted_days()) == (grouped(), grouped_days())

"""A rebuild stores exactly what the live rows render to, and can be stopped anywhere."""

import pytest
from django.core.management import CommandError, call_command

from cms.publishing import rebuilding
from cms.publishing.models import PublicationEvent, RebuildCursor
from knowledge.models import InterviewQuestion, PublishedEntry, PublishedTerm
from tests.factories import entries

pytestmark = pytest.mark.django_db


def drifts() -> list[str]:
    return [str(drift) for drift in rebuilding.check() if drift]


def test_what_was_published_is_in_step():
    for make in entries.ALL_KINDS:
        entries.published(make())

    assert drifts() == []


def test_check_names_what_drifted(capsys):
    entry = entries.published(entries.question())
    InterviewQuestion.objects.filter(pk=entry.pk).update(difficulty=9)

    with pytest.raises(CommandError, match="1 drifted"):
        call_command("rebuild_published", "--check")

    assert (
        capsys.readouterr().out
        == f"{entry}: difficulty, card.contentHash, card.difficulty, content_hash\n"
    )


def test_rebuild_repairs_a_row_changed_behind_the_bridge():
    entry = entries.published(entries.question())
    InterviewQuestion.objects.filter(pk=entry.pk).update(difficulty=9)

    call_command("rebuild_published")

    assert PublishedEntry.objects.get().card["difficulty"] == 9
    assert drifts() == []


@pytest.mark.parametrize(
    "columns",
    [
        {"outline": lambda stored: stored.body, "html_parts": lambda stored: []},
        {"text_parts": lambda stored: stored.text_parts[:1]},
    ],
    ids=["not split", "a part is missing"],
)
def test_a_body_that_is_split_otherwise_is_drift_and_mended_silently(columns):
    entry = entries.published(entries.question())
    stored = PublishedEntry.objects.get()
    PublishedEntry.objects.update(**{name: value(stored) for name, value in columns.items()})
    assert drifts() == [f"{entry}: body (parts)"]

    call_command("rebuild_published")

    assert PublishedEntry.objects.get().parts == stored.parts
    assert PublicationEvent.objects.count() == 1


def test_rebuild_restores_a_lost_document_and_says_so_in_the_log():
    entries.published(entries.question())
    PublishedEntry.objects.all().delete()

    call_command("rebuild_published")

    assert PublishedEntry.objects.count() == 1
    assert list(PublicationEvent.objects.values_list("action", flat=True)) == ["PUBLISHED"] * 2


def test_rebuild_withdraws_a_document_whose_entry_is_no_longer_live():
    entry = entries.published(entries.question())
    InterviewQuestion.objects.filter(pk=entry.pk).update(live=False)

    call_command("rebuild_published")

    assert PublishedEntry.objects.count() == 0
    assert PublicationEvent.objects.last().action == "UNPUBLISHED"


def test_rebuild_of_what_is_in_step_writes_nothing():
    entries.published(entries.question())
    before = PublishedEntry.objects.values().get()

    call_command("rebuild_published")

    assert PublishedEntry.objects.values().get() == before


def test_a_stopped_rebuild_goes_on_where_it_stopped(monkeypatch):
    monkeypatch.setattr(rebuilding, "BATCH", 1)
    first, second = (entries.published(entries.question()) for _ in range(2))
    PublishedEntry.objects.all().delete()

    run = rebuilding.rebuild()
    assert next(run) == 1
    run.close()
    assert set(PublishedEntry.objects.values_list("pk", flat=True)) == {first.pk}
    PublishedEntry.objects.all().delete()

    assert list(rebuilding.rebuild()) == [2]
    assert set(PublishedEntry.objects.values_list("pk", flat=True)) == {second.pk}
    assert not RebuildCursor.objects.exists()


def test_restart_begins_anew(monkeypatch):
    monkeypatch.setattr(rebuilding, "BATCH", 1)
    for _ in range(2):
        entries.published(entries.question())
    run = rebuilding.rebuild()
    next(run)
    run.close()

    assert list(rebuilding.rebuild(restart=True)) == [1, 2]


def test_terms_are_rebuilt_too():
    entries.published(entries.question())
    PublishedTerm.objects.update(slug="wrong")
    assert len(drifts()) == 2

    call_command("rebuild_published")

    assert drifts() == []


def test_rows_without_a_position_are_rendered_in_the_order_they_were_made():
    targets = [entries.question(title=f"Target {number}") for number in range(3)]
    entry = entries.question(title="Source")
    for target in targets:
        entry.relations.create(target=target)
    entry = entries.published(entry)
    # PostgreSQL moves an updated row behind the others.
    first = entry.relations.model.objects.order_by("pk").first()
    entry.relations.model.objects.filter(pk=first.pk).update(relation=first.relation)

    assert drifts() == []
    assert [row["entryKey"] for row in PublishedEntry.objects.get().body["related"]] == [
        target.translation_key.hex for target in targets
    ]

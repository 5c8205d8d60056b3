"""Publishing many at once leaves the rows that publishing one after another leaves."""

from typing import Any

import pytest
from django.apps import apps
from django.db import models

from cms.publishing.bulk import publish_new
from cms.publishing.models import ContentVersion, PublicationEvent
from cms.publishing.record import IncompleteRecordError
from knowledge.models import (
    DebugEntry,
    Entry,
    EntryContributor,
    EntryRelation,
    InterviewQuestion,
    LearningModule,
    LearningPath,
    PublishedEntry,
)
from knowledge.models.codes import claim_code
from knowledge.search.columns import numbers
from tests.factories import entries, terms

pytestmark = pytest.mark.django_db

# Which row, and when: all that may differ between the two ways.
VOLATILE = (models.AutoField, models.BigAutoField, models.DateTimeField)


def new_question(code: str, **fields: Any) -> InterviewQuestion:
    values = {
        "title": "How does it work?",
        "slug": "how",
        "technology": terms.technology(),
        "category": terms.category(),
        "level": "MID",
        "difficulty": 5,
        "short_answer": "<p>By <b>declaring</b>.</p>",
        "sections": [
            ("deep_dive", [("code", {"language": "python", "code": "a = 1", "caption": ""})])
        ],
        "topics": [terms.topic()],
        "roles": [terms.role()],
        "contributors": [
            EntryContributor(name="Ada", sort_order=0),
            EntryContributor(name="Grace", sort_order=1),
        ],
        **fields,
    }
    return InterviewQuestion(code=code, locale_id=terms.technology().locale_id, **values)


def new_path(code: str) -> LearningPath:
    path = LearningPath(
        code=code,
        title="A path",
        slug="path",
        level="BEGINNER",
        description="<p>All the way.</p>",
        locale_id=terms.technology().locale_id,
    )
    path.modules = [
        LearningModule(title="One", sort_order=0),
        LearningModule(title="Two", sort_order=1, is_highlight=True),
    ]
    return path


def snapshot() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table that publication writes, without ids and times."""
    labels = {"knowledge", "publishing", "wagtailcore"}
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label in labels and model._meta.managed:
            found[model._meta.label] = sorted(
                ({key: normal(value) for key, value in comparable(row).items()}
                 for row in model._base_manager.all()),
                key=str,
            )  # fmt: skip
    return {label: rows for label, rows in found.items() if rows}


def comparable(row: models.Model) -> dict[str, Any]:
    return {
        field.attname: field.value_from_object(row)
        for field in row._meta.concrete_fields
        if not isinstance(field, VOLATILE) and not field.is_relation
    }


def normal(value: Any) -> Any:
    """Ids and times inside JSON and generated keys differ, too."""
    if isinstance(value, dict):
        return {
            key: normal(one)
            for key, one in value.items()
            if key not in ("pk", "id", "object_id", "key", "contentHash", "ids")
            and not key.endswith(("_at", "At", "_revision", "Key", "Keys"))
        }
    if isinstance(value, list):
        return [normal(one) for one in value]
    if isinstance(value, bytes | memoryview):
        # Columns of the search: what a document is stands at a place that its id decides.
        return sorted(code for code in numbers(value) if code)
    return str(value)


def ids_dropped(state: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """Columns that name a row or a random key are left out of the comparison."""
    unstable = {
        "object_id", "to_object_id", "translation_key", "uuid", "content_hash", "content_path",
        "content_path_hash", "value", "content", "source_hash", "term_ids", "document_id",
        "stamp", "surroundings",
    }  # fmt: skip
    return {
        label: sorted(
            ({key: value for key, value in row.items() if key not in unstable} for row in rows),
            key=str,
        )
        for label, rows in state.items()
        if label != "knowledge.SearchPosting"
    }


@pytest.mark.parametrize("make", [new_question, new_path])
def test_both_ways_leave_the_same_rows(make):
    for each in (terms.technology, terms.category, terms.topic, terms.role):
        each()
    ContentVersion.objects.update(number=1)
    one = make("AAA-001")
    one.save()
    one.save_revision().publish()
    expected = ids_dropped(snapshot())
    type(one).objects.get(pk=one.pk).delete()
    for model in ("publishing.PublicationEvent", "knowledge.IssuedCode", "knowledge.CodeSequence",
                  "publishing.ContentVersion", "wagtailcore.ModelLogEntry",
                  "wagtailcore.Revision"):  # fmt: skip
        apps.get_model(model)._base_manager.all().delete()
    ContentVersion.advance()

    many = make("AAA-001")
    claim_code(many.code, many.translation_key)
    publish_new([many])

    got = ids_dropped(snapshot())
    assert set(got) == set(expected)
    for label in expected:
        assert got[label] == expected[label], label


def test_the_revision_can_be_edited_and_published_again():
    publish_new([new_question("AAA-001"), new_path("AAB-001")])

    question = InterviewQuestion.objects.get()
    draft = question.get_latest_revision_as_object()
    draft.title = "How does it really work?"
    draft.save_revision().publish()

    assert PublishedEntry.objects.get(pk=question.pk).card["title"] == "How does it really work?"
    assert [one.name for one in question.contributors.all()] == ["Ada", "Grace"]
    path = LearningPath.objects.get().get_latest_revision_as_object()
    assert [one.title for one in path.modules.all()] == ["One", "Two"]
    path.save_revision().publish()
    assert LearningModule.objects.count() == 2


def test_numbers_are_given_out_in_order():
    before = ContentVersion.current()
    publish_new([new_question(f"AAA-00{number}", slug=f"s{number}") for number in range(3)])

    events = list(PublicationEvent.objects.order_by("sequence").values_list("code", flat=True))
    assert events[-3:] == ["AAA-000", "AAA-001", "AAA-002"]
    assert ContentVersion.current() >= before + 3
    assert PublishedEntry.objects.get(code="AAA-002").version == (
        PublicationEvent.objects.get(code="AAA-002").sequence
    )


def test_documents_that_wait_for_a_link_are_rendered_again():
    target = new_question("AAA-001")
    body = [("markdown", "see [that](entry:AAA-001)")]
    source = new_question("AAA-002", slug="other", sections=[("deep_dive", body)])
    publish_new([source, target])

    html = PublishedEntry.objects.get(code="AAA-002").body["sections"][0]["html"]
    assert 'href="/questions/how"' in html


def test_relations_are_stored():
    target = entries.published(entries.debug_entry(area="DB"))
    publish_new([new_question("AAA-001", relations=[EntryRelation(target=target)])])

    assert PublishedEntry.objects.get(code="AAA-001").body["related"] == [
        {"relation": "SEE_ALSO", "entryKey": target.translation_key.hex}
    ]


def test_one_incomplete_record_stops_all():
    incomplete = DebugEntry(
        code="DB-001", title="Boom", slug="boom", locale_id=terms.technology().locale_id
    )
    with pytest.raises(IncompleteRecordError):
        publish_new([new_question("AAA-001"), incomplete])

    assert Entry.objects.count() == 0


def test_one_among_many_takes_few_statements(django_assert_max_num_queries):
    publish_new([new_question("AAA-100", slug="warm")])
    many = [new_question(f"AAA-{number:03d}", slug=f"s{number}") for number in range(20)]
    # One by one they would take about 120 each.
    with django_assert_max_num_queries(3 * len(many)):
        publish_new(many)

"""One record, one entry; the same again changes nothing, and no editor loses work."""

import pytest
from wagtail.models import Revision

from cms.publishing.models import ContentVersion, PublicationEvent
from knowledge.importing.saving import Outcome
from knowledge.models import (
    DebugEntry,
    Entry,
    ImportedRecord,
    InterviewQuestion,
    IssuedCode,
    LearningModule,
    PublishedEntry,
)
from tests.factories import entries
from tests.knowledge.importing.conftest import question

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(django_user_model):
    return django_user_model.objects.create_superuser("ed")


def reasons(report) -> list[dict[str, list[str]]]:
    return [dict(one.reasons) for one in report.rejections]


def test_a_record_becomes_one_published_entry(bring_in):
    report = bring_in(question(tags=["lists"], level="mid", difficulty=4))

    entry = InterviewQuestion.objects.get()
    document = PublishedEntry.objects.get()
    assert report.outcomes == {Outcome.CREATED: 1}
    assert (entry.code, entry.slug, entry.level) == ("PY-MID-001", "why-do-lists-grow", "MID")
    assert document.body["sections"][0]["text"] == "Because they over-allocate."
    assert document.body["provenance"]["sourceId"] == "faq/lists"
    assert [topic.name for topic in entry.topics.all()] == ["Lists"]
    assert Revision.objects.count() == 1
    assert list(PublicationEvent.objects.values_list("action", flat=True)) == ["PUBLISHED"]


def test_without_publish_it_is_a_draft(bring_in):
    bring_in(question(), publish=False)

    assert PublishedEntry.objects.count() == 0
    assert not InterviewQuestion.objects.get().live
    assert Revision.objects.count() == 1


def test_the_same_record_again_writes_nothing(bring_in, django_assert_max_num_queries):
    bring_in(question())
    version, stored = ContentVersion.current(), ImportedRecord.objects.get().imported_at

    report = bring_in(question())

    assert report.outcomes == {Outcome.UNCHANGED: 1}
    assert ContentVersion.current() == version
    assert ImportedRecord.objects.get().imported_at == stored
    assert Revision.objects.count() == 1


def test_a_changed_record_is_a_new_revision_of_the_same_entry(bring_in):
    bring_in(question())
    report = bring_in(question(sections={"answer": "Because they double."}))

    assert report.outcomes == {Outcome.UPDATED: 1}
    assert Entry.objects.count() == 1
    assert Revision.objects.count() == 2
    assert PublishedEntry.objects.get().body["sections"][0]["text"] == "Because they double."


def test_a_change_that_shows_nowhere_makes_no_revision(bring_in):
    bring_in(question())
    report = bring_in(question(source_commit="abc"))

    assert report.outcomes == {Outcome.UNCHANGED: 1}
    assert Revision.objects.count() == 1
    assert bring_in(question(source_commit="abc")).outcomes == {Outcome.UNCHANGED: 1}


def test_an_unchanged_module_keeps_its_row(bring_in):
    path = {"id": "p", "kind": "learning_path", "title": "P", "technology": "PHP"}
    modules = [{"title": "One", "topics": ["a"]}, {"title": "Two", "topics": ["b"]}]
    bring_in({**path, "modules": modules})
    before = list(LearningModule.objects.order_by("pk").values_list("pk", flat=True))

    report = bring_in({**path, "modules": modules, "source_path": "elsewhere"})

    assert report.outcomes == {Outcome.UNCHANGED: 1}
    assert list(LearningModule.objects.order_by("pk").values_list("pk", flat=True)) == before


def test_a_draft_of_a_former_import_is_published_when_asked(bring_in):
    bring_in(question(), publish=False)
    report = bring_in(question())

    assert report.outcomes == {Outcome.PUBLISHED: 1}
    assert PublishedEntry.objects.count() == 1
    assert Revision.objects.count() == 1


def test_what_an_editor_added_stays(bring_in, editor):
    bring_in(question())
    entry = InterviewQuestion.objects.get()
    entry.search_description = "Added by hand"
    entry.save_revision(user=editor).publish(user=editor)

    bring_in(question(sections={"answer": "Because they double."}))

    entry = InterviewQuestion.objects.get()
    assert entry.search_description == "Added by hand"
    assert entry.has_unpublished_changes is False


def test_an_editor_s_unpublished_work_is_not_overwritten(bring_in, editor):
    bring_in(question())
    entry = InterviewQuestion.objects.get()
    entry.title = "Half-way through"
    entry.save_revision(user=editor)

    report = bring_in(question(title="Why do lists double?"))

    assert reasons(report) == [
        {"record": ["An editor is at work on PY-GEN-001: publish or discard the draft."]}
    ]
    assert InterviewQuestion.objects.get().get_latest_revision_as_object().title == (
        "Half-way through"
    )


def test_what_an_editor_took_down_stays_down(bring_in):
    bring_in(question())
    InterviewQuestion.objects.get().unpublish()

    assert bring_in(question()).outcomes == {Outcome.UNCHANGED: 1}
    assert bring_in(question(title="Why do lists double?")).outcomes == {Outcome.UPDATED: 1}
    assert PublishedEntry.objects.count() == 0


def test_a_deleted_entry_comes_back_under_its_code(bring_in):
    bring_in(question(id="faq/first"), question(title="Why do lists shrink?"))
    code = InterviewQuestion.objects.get(title="Why do lists shrink?").code
    InterviewQuestion.objects.get(code=code).delete()

    bring_in(question(title="Why do lists shrink?"))

    assert InterviewQuestion.objects.get(title="Why do lists shrink?").code == code == "PY-GEN-002"


def test_a_record_may_bring_its_code(bring_in):
    bring_in(question(id="FAPI-MID-003", code="FAPI-MID-003", technology="FastAPI"))

    assert Entry.objects.get().code == "FAPI-MID-003"
    assert IssuedCode.objects.get().code == "FAPI-MID-003"


def test_another_source_s_record_of_the_same_code_updates_the_entry(bring_in):
    bring_in(question(id="PY-MID-001", code="PY-MID-001", source="demo"))
    report = bring_in(
        question(id="PY-MID-001", code="PY-MID-001", source="seed", title="Why do they grow?")
    )

    assert report.outcomes == {Outcome.UPDATED: 1}
    assert Entry.objects.get().title == "Why do they grow?"


def test_a_code_that_was_minted_for_another_record_is_not_taken_over(bring_in):
    bring_in(question(level="mid"))
    report = bring_in(
        question(id="PY-MID-001", code="PY-MID-001", source="seed", level="mid", title="Other")
    )

    assert report.outcomes == {Outcome.CREATED: 1}
    assert dict(Entry.objects.values_list("title", "code")) == {
        "Why do lists grow?": "PY-MID-001",
        "Other": "PY-MID-002",
    }
    assert "PY-MID-001 is the code of another entry" in report.notices[0]


def test_a_code_of_an_entry_written_here_is_not_taken_over(bring_in):
    mine = entries.published(entries.debug_entry(area="DB"))
    bring_in(
        {
            "kind": "debug_entry",
            "id": mine.code,
            "code": mine.code,
            "title": "Another",
            "technology": "SQL",
            "error_message": "boom",
            "sections": {"root_cause": "It is."},
        }
    )

    assert DebugEntry.objects.get(pk=mine.pk).title == mine.title
    assert DebugEntry.objects.get(title="Another").code != mine.code


def test_a_slug_that_is_taken_gets_a_number_and_keeps_it(bring_in):
    bring_in(question(id="a", slug="lists"), question(id="b", slug="lists", title="Second"))
    bring_in(question(id="b", slug="lists", title="Second, changed"))

    slugs = InterviewQuestion.objects.order_by("pk").values_list("slug", flat=True)
    assert list(slugs) == ["lists", "lists-2"]


def test_everything_that_is_wrong_is_said_at_once(bring_in):
    report = bring_in(
        question(title=" ", level="wizard", difficulty="many", licence="do what you like"),
        question(id="good"),
    )

    assert reasons(report) == [
        {
            "title": ["The record has no title."],
            "licence": ["Write the licence as an SPDX identifier, for example CC-BY-4.0."],
            "level": ["“wizard” is not one of junior, mid, senior, architect."],
            "difficulty": ["Must be a whole number, not “many”."],
        }
    ]
    assert report.done == 1


def test_what_the_model_refuses_is_named_field_by_field(bring_in):
    report = bring_in(question(title="x" * 501, difficulty=11, source_url="https://exa mple.org"))

    assert set(reasons(report)[0]) == {"title", "difficulty", "source_url"}
    assert Entry.objects.count() == 0


def test_an_incomplete_record_is_not_published(bring_in):
    report = bring_in(
        {"kind": "debug_entry", "id": "1", "title": "Boom", "technology": "PHP", "sections": {}}
    )

    assert set(reasons(report)[0]) == {"error_messages", "sections"}
    assert Entry.objects.count() == 0


def test_own_content_is_held_to_the_editors_rules_and_has_no_provenance(bring_in):
    assert set(reasons(bring_in(question(), own=True))[0]) >= {"category", "level"}

    bring_in(
        question(category="Databases", level="mid", difficulty=3, short_answer="Yes."), own=True
    )
    assert set(PublishedEntry.objects.get().body["provenance"].values()) == {None}


def test_a_rejected_record_leaves_no_terms_behind(bring_in):
    bring_in(question(technology="Brand new", level="wizard"), question(id="2"))

    names = {entry.technology.name for entry in Entry.objects.select_related("technology")}
    assert names == {"Python"}


def test_records_of_one_import_may_point_at_each_other(bring_in):
    report = bring_in(
        question(id="PY-MID-001", code="PY-MID-001", related=[{"code": "PY-MID-002"}]),
        question(
            id="PY-MID-002",
            code="PY-MID-002",
            title="And dictionaries?",
            related=[{"code": "PY-MID-001", "relation": "builds_on"}],
            follow_up_questions=[{"question": "Why?", "answered_by": "PY-MID-001"}],
        ),
    )

    first, second = (PublishedEntry.objects.get(code=f"PY-MID-00{number}") for number in (1, 2))
    assert report.outcomes == {Outcome.CREATED: 2}
    assert first.body["related"] == [
        {"relation": "SEE_ALSO", "entryKey": second.translation_key.hex}
    ]
    assert second.body["sections"][1]["questions"][0]["answeredByKey"] == first.translation_key.hex
    assert Revision.objects.count() == 2


def test_a_reference_to_nothing_is_a_mistake(bring_in):
    report = bring_in(question(related=[{"code": "NO-001"}]))

    assert reasons(report) == [{"related": ["No entry has the code NO-001."]}]


def test_a_record_comes_in_without_its_link_to_one_that_does_not(bring_in):
    broken = question(id="PY-MID-002", code="PY-MID-002", title="")
    report = bring_in(
        question(id="PY-MID-001", code="PY-MID-001", related=[{"code": "PY-MID-002"}]), broken
    )

    assert [one.source_id for one in report.rejections] == ["PY-MID-002"]
    assert "came in without its links to PY-MID-002" in report.notices[0]
    assert PublishedEntry.objects.get().body["related"] == []

    # The link is made as soon as its target can be imported.
    bring_in(
        question(id="PY-MID-001", code="PY-MID-001", related=[{"code": "PY-MID-002"}]),
        {**broken, "title": "Mended"},
    )
    assert len(PublishedEntry.objects.get(code="PY-MID-001").body["related"]) == 1


def test_a_translation_shares_code_and_key(bring_in, german):
    bring_in(question(), question(locale="de", title="Warum wachsen Listen?"))

    english, deutsch = InterviewQuestion.objects.order_by("locale__language_code").reverse()
    assert (english.code, english.translation_key) == (deutsch.code, deutsch.translation_key)
    assert deutsch.title == "Warum wachsen Listen?"


def test_a_language_the_site_does_not_have(bring_in):
    report = bring_in(question(locale="xx"))

    assert reasons(report) == [{"locale": ["xx is not a language of this site."]}]


def test_a_record_that_changed_its_kind_is_refused(bring_in):
    bring_in(question())
    report = bring_in(question(kind="learning_path", modules=[{"title": "One"}]))

    assert reasons(report) == [{"kind": ["Its entry PY-GEN-001 is a interview question."]}]

"""Accepting makes a draft with credit, publishes nothing, overwrites nothing."""

import pytest
from wagtail.models import ModelLogEntry, WorkflowState

from cms.notifications.models import OutgoingMail
from cms.publishing.models import PublicationEvent
from knowledge.contributions import actions
from knowledge.contributions.acceptance import accept, text_mark, undo, view_correction
from knowledge.contributions.errors import ContributionError
from knowledge.contributions.models import Contribution
from knowledge.contributions.publication import note_publications
from knowledge.models import CodeSnippet, DebugEntry, InterviewQuestion, PublishedEntry
from knowledge.rendering.documents import preview_document
from tests.factories import contributions, entries

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator():
    return contributions.moderator()


def correction(entry, section="DEEP_DIVE", text="The framework resolves it, once a request."):
    return contributions.from_ada(
        "CORRECTION",
        fields={
            "target": entry.code,
            "section": section,
            "text": text,
            "reason": "It was not precise enough.",
        },
    )


def code_of(caught) -> str:
    return caught.value.code


def test_a_question_becomes_a_draft(moderator):
    contribution = accept(contribution=contributions.from_ada(), user=moderator)

    entry = InterviewQuestion.objects.get()
    document = preview_document(entry)
    assert (entry.live, contribution.result_id, contribution.state) == (False, entry.pk, "ACCEPTED")
    assert PublishedEntry.objects.count() == 0
    assert document["title"] == "How do generators differ from lists in memory?"
    assert document["shortAnswer"]["markdown"] == "A generator yields **one** item at a time."
    assert document["sections"][0]["markdown"] == ("It keeps its frame.\n\n```python\nyield 1\n```")
    assert document["provenance"]["licence"] == "CC-BY-4.0"


def test_the_contributor_is_credited_in_the_draft(moderator):
    accept(contribution=contributions.from_ada(), user=moderator)

    draft = InterviewQuestion.objects.get().get_latest_revision_as_object()
    assert [(one.name, one.url) for one in draft.contributors.all()] == [
        ("Ada Lovelace", "https://ada.example/")
    ]


def test_without_consent_nobody_is_credited(moderator):
    accept(contribution=contributions.received(), user=moderator)

    assert not InterviewQuestion.objects.get().contributors.exists()


def test_an_error_becomes_a_debug_entry(moderator):
    accept(contribution=contributions.received("ERROR"), user=moderator)

    document = preview_document(DebugEntry.objects.get())
    assert document["errorMessages"] == ["ConnectionRefusedError: [Errno 111] Connection refused"]
    assert document["fixSteps"][0]["code"]["code"] == "pool = Pool(50)\n"
    assert document["sections"][0]["name"] == "ROOT_CAUSE"


def test_a_snippet_keeps_its_code(moderator):
    accept(contribution=contributions.received("SNIPPET"), user=moderator)

    document = preview_document(CodeSnippet.objects.get())
    assert document["files"][0]["code"] == "def retry():\n    pass\n"
    assert (document["language"], document["files"][0]["name"]) == ("python", "retry.py")


def test_a_solution_is_added_to_the_fix_steps_of_a_draft(moderator):
    entry = entries.published(entries.debug_entry())
    contribution = contributions.from_ada(
        "SOLUTION",
        fields={"target": entry.code, "solution": "Pass `$conn` in.", "code": "f($conn);"},
    )

    accept(contribution=contribution, user=moderator)

    entry.refresh_from_db()
    draft = preview_document(entry.get_latest_revision_as_object())
    assert [step["code"]["code"] for step in draft["fixSteps"]] == ["f($conn);"]
    assert PublishedEntry.objects.get().body["fixSteps"] == []


def test_the_editorial_workflow_is_started(moderator):
    accept(contribution=contributions.received(), user=moderator)

    state = WorkflowState.objects.get()
    assert (state.status, state.requested_by) == ("in_progress", moderator)


def test_a_correction_is_a_revision_of_the_live_entry(moderator):
    entry = entries.published(entries.question())

    accept(contribution=correction(entry), user=moderator)

    entry.refresh_from_db()
    draft = entry.get_latest_revision_as_object()
    assert preview_document(draft)["sections"][0]["text"] == (
        "The framework resolves it, once a request."
    )
    assert PublishedEntry.objects.get().body["sections"][0]["text"] == "The framework resolves it."


def test_a_correction_is_merged_with_newer_edits(moderator):
    body = [("markdown", "First line.\n\nSecond line.")]
    entry = entries.published(entries.question(sections=[("deep_dive", body)]))
    contribution = correction(entry, text="First line.\n\nSecond line, corrected.")
    entry.sections = [("deep_dive", [("markdown", "First line, edited.\n\nSecond line.")])]
    entry.save_revision()

    accept(contribution=contribution, user=moderator)

    entry.refresh_from_db()
    draft = preview_document(entry.get_latest_revision_as_object())
    assert draft["sections"][0]["markdown"] == "First line, edited.\n\nSecond line, corrected."


def test_a_conflict_is_refused_until_a_reviewer_decides(moderator):
    entry = entries.published(entries.question())
    contribution = correction(entry)
    entry.sections = [("deep_dive", entries.prose("The container resolves it."))]
    entry.save_revision()

    with pytest.raises(ContributionError) as caught:
        accept(contribution=contribution, user=moderator)
    assert code_of(caught) == "CONFLICT"
    assert Contribution.objects.get().state == "RECEIVED"

    view = view_correction(Contribution.objects.get())
    assert (view.ours, view.merged.has_conflict) == ("The container resolves it.", True)
    accept(
        contribution=contribution,
        user=moderator,
        edits={"text": "The container resolves it, once a request."},
        seen_mark=view.mark,
    )
    entry.refresh_from_db()
    draft = preview_document(entry.get_latest_revision_as_object())
    assert draft["sections"][0]["text"] == "The container resolves it, once a request."


def test_a_merge_of_an_older_text_is_refused(moderator):
    entry = entries.published(entries.question())

    with pytest.raises(ContributionError) as caught:
        accept(
            contribution=correction(entry),
            user=moderator,
            edits={"text": "Something else."},
            seen_mark=text_mark("what it said yesterday"),
        )

    assert code_of(caught) == "CHANGED_MEANWHILE"


def test_only_the_changed_block_is_replaced(moderator):
    body = [
        ("paragraph", "<p>Intro</p>"),
        ("code", {"language": "python", "code": "x = 1\n", "caption": ""}),
        ("paragraph", "<p>End</p>"),
    ]
    entry = entries.published(entries.question(sections=[("deep_dive", body)]))
    before = entry.sections.get_prep_value()[0]["value"]

    accept(
        contribution=correction(entry, text="Intro\n\n```python\nx = 1\n```\n\nThe end"),
        user=moderator,
    )

    entry.refresh_from_db()
    after = entry.get_latest_revision_as_object().sections.get_prep_value()[0]["value"]
    assert [block["type"] for block in after] == ["paragraph", "code", "markdown"]
    assert after[:2] == before[:2]
    assert after[2]["value"] == "The end"


def test_edits_of_the_reviewer_are_what_the_draft_says(moderator):
    contribution = accept(
        contribution=contributions.received(),
        user=moderator,
        edits={"title": "How do generators save memory?"},
    )

    assert InterviewQuestion.objects.get().title == "How do generators save memory?"
    assert contribution.edited_fields == {"title": "How do generators save memory?"}
    assert contribution.fields["title"] == "How do generators differ from lists in memory?"


def test_the_audit_log_has_it(moderator):
    accept(contribution=contributions.received(), user=moderator)

    assert list(
        ModelLogEntry.objects.filter(action__startswith="contributions.").values_list(
            "action", "user__username"
        )
    ) == [("contributions.accept", "mod")]


def test_the_decision_is_told_when_it_stands(moderator, settings):
    accept(contribution=contributions.from_ada(), user=moderator)

    mail = OutgoingMail.objects.get(purpose="contribution-decision")
    seconds = (mail.due_at - mail.created_at).total_seconds()
    assert abs(seconds - settings.CONTRIBUTION_UNDO_SECONDS) < 5


def test_the_letter_about_the_publication_has_the_full_address(moderator, settings):
    settings.LAMPLIGHT_PUBLIC_BASE_URL = "https://archive.example"
    row = accept(contribution=contributions.from_ada(), user=moderator)

    row.result_revision.publish()

    text = OutgoingMail.objects.get(purpose="contribution-published").text
    slug = InterviewQuestion.objects.get().slug
    assert f"You find it at https://archive.example/questions/{slug}\n" in text


def test_undoing_removes_the_draft_and_the_letter(moderator):
    contribution = accept(contribution=contributions.from_ada(), user=moderator)

    contribution = undo(contribution=contribution, user=moderator)

    assert (contribution.state, contribution.claimed_by) == ("IN_REVIEW", moderator)
    assert InterviewQuestion.objects.count() == 0
    assert not OutgoingMail.objects.filter(purpose="contribution-decision").exists()


def test_undoing_a_correction_restores_the_former_draft(moderator):
    entry = entries.published(entries.question())
    revision = entry.latest_revision_id

    undo(contribution=accept(contribution=correction(entry), user=moderator), user=moderator)

    entry.refresh_from_db()
    assert (entry.latest_revision_id, entry.has_unpublished_changes) == (revision, False)
    assert entry.current_workflow_state is None


def test_what_others_worked_on_is_not_undone(moderator):
    contribution = accept(contribution=contributions.received(), user=moderator)
    entry = InterviewQuestion.objects.get()
    entry.save_revision()

    with pytest.raises(ContributionError) as caught:
        undo(contribution=contribution, user=moderator)

    assert code_of(caught) == "UNDO_TOO_LATE"
    assert Contribution.objects.get().state == "ACCEPTED"


def test_undoing_has_a_time_limit(moderator, settings):
    contribution = actions.decline(
        contribution=contributions.received(), user=moderator, reason="Not for us."
    )
    settings.CONTRIBUTION_UNDO_SECONDS = -1

    with pytest.raises(ContributionError) as caught:
        undo(contribution=contribution, user=moderator)

    assert code_of(caught) == "UNDO_TOO_LATE"


def test_publication_is_noted_and_told(moderator):
    contribution = accept(contribution=contributions.from_ada(), user=moderator)
    entry = InterviewQuestion.objects.get()

    entry.latest_revision.publish()

    contribution.refresh_from_db()
    assert contribution.state == "PUBLISHED"
    assert PublishedEntry.objects.get().body["contributors"] == [
        {"name": "Ada Lovelace", "url": "https://ada.example/"}
    ]
    mail = OutgoingMail.objects.get(purpose="contribution-published")
    assert "You are credited as Ada Lovelace." in mail.text


def test_publications_that_come_together_are_noted_in_one_statement(
    moderator, django_assert_num_queries
):
    events = [
        PublicationEvent(action="PUBLISHED", object_id=entries.published(entries.question()).pk)
        for _ in range(3)
    ]
    with django_assert_num_queries(1):
        note_publications(events)

    contribution = accept(contribution=contributions.from_ada(), user=moderator)
    entry = InterviewQuestion.objects.get(pk=contribution.result_id)
    entry.latest_revision.publish()
    Contribution.objects.filter(pk=contribution.pk).update(state="ACCEPTED")
    note_publications([*events, PublicationEvent(action="PUBLISHED", object_id=entry.pk)])

    contribution.refresh_from_db()
    assert contribution.state == "PUBLISHED"


def test_publication_of_an_older_draft_is_not_the_contribution(moderator):
    entry = entries.published(entries.question())
    entry.title = "An older draft of the title"
    older = entry.save_revision()
    contribution = accept(contribution=correction(entry), user=moderator)

    older.publish()

    contribution.refresh_from_db()
    assert contribution.state == "ACCEPTED"


def test_a_letter_about_a_correction_says_that_it_is_one(moderator):
    entry = entries.published(entries.question())
    row = contributions.from_ada(
        "CORRECTION",
        fields={
            "target": entry.code,
            "section": "SHORT_ANSWER",
            "text": "Another answer altogether.",
            "reason": "It is more precise.",
        },
    )

    accept(contribution=row, user=moderator)

    text = OutgoingMail.objects.get(purpose="contribution-decision").text
    assert text.startswith(f"The correction of “{entry.title}” has been accepted.")

"""From an author's draft to the public, through the people of the editorial review."""

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Task, Workflow, WorkflowState
from wagtail.test.utils.form_data import rich_text, streamfield

from knowledge.models import InterviewQuestion, PublishedEntry
from tests.factories import entries, terms
from tests.knowledge.admin.submission import address, prose, question

pytestmark = pytest.mark.django_db


@pytest.fixture
def submitted(author, reviewer):
    """A question that its author has submitted."""
    author.post(
        address(InterviewQuestion, "add"),
        question(
            technology=str(terms.technology().pk),
            category=str(terms.category().pk),
            level="MID",
            difficulty="5",
            short_answer=rich_text("<p>By declaring it.</p>"),
            sections=streamfield(
                [
                    ("deep_dive", prose("The framework resolves it.")),
                    (
                        "follow_up_questions",
                        streamfield_list([{"question": "And in tests?", "answered_by": ""}]),
                    ),
                ]
            ),
            action="submit",
        ),
    )
    return InterviewQuestion.objects.get()


def streamfield_list(items):
    """A ListBlock as a browser submits it."""
    data = {"count": str(len(items))}
    for number, item in enumerate(items):
        data[str(number)] = {"value": item, "order": str(number), "deleted": ""}
    return data


def approve(client, entry, action="approve"):
    url = address(
        InterviewQuestion, "workflow_action", entry.pk, action, entry.current_workflow_task_state.pk
    )
    return client.post(url, {"comment": "Good."}, follow=True)


def said(response) -> list[str]:
    return [str(message).strip() for message in response.context["messages"]]


def test_submitting_starts_the_editorial_review(submitted):
    state = submitted.current_workflow_state
    assert state.workflow.name == "Editorial review"
    assert [task.name for task in Task.objects.all()] == ["Review"]
    assert PublishedEntry.objects.count() == 0


def test_reviewers_are_told_by_mail(
    submitted, reviewer, author, django_capture_on_commit_callbacks
):
    reviewer.user.email = "reviewer@lamplight.example"
    reviewer.user.save()
    submitted.current_workflow_state.cancel()

    with django_capture_on_commit_callbacks(execute=True):
        submitted.get_workflow().start(submitted, author.user)

    (message,) = mail.outbox
    assert message.to == ["reviewer@lamplight.example"]
    assert address(InterviewQuestion, "edit", submitted.pk) in message.body


def test_the_author_cannot_edit_what_is_under_review(submitted, author):
    author.post(
        address(InterviewQuestion, "edit", submitted.pk),
        question(title="Sneaked in", technology=str(submitted.technology_id), level="MID"),
    )

    submitted.refresh_from_db()
    assert submitted.title == "How is it injected?"


def test_the_author_cannot_publish(author):
    entry = entries.question(owner=author.user)

    author.post(
        address(InterviewQuestion, "edit", entry.pk),
        question(technology=str(entry.technology_id), level="MID", action="publish"),
    )

    assert PublishedEntry.objects.count() == 0


def test_the_author_cannot_edit_what_someone_else_owns(author):
    entry = entries.question(title="Theirs")

    response = author.get(address(InterviewQuestion, "edit", entry.pk))

    assert (response.status_code, response.url) == (302, reverse("wagtailadmin_home"))


@pytest.mark.parametrize("role", ["Reviewer", "Editor"])
def test_the_last_approval_publishes(submitted, person, role):
    approve(person(role, username="approver"), submitted)

    published = PublishedEntry.objects.get()
    assert published.code == submitted.code
    assert [section["name"] for section in published.body["sections"]] == [
        "DEEP_DIVE",
        "FOLLOW_UP_QUESTIONS",
    ]


def test_an_author_cannot_approve(submitted, person):
    approve(person("Author", username="friend"), submitted)

    assert PublishedEntry.objects.count() == 0


def test_rejection_gives_the_draft_back_to_its_author(submitted, author, reviewer):
    approve(reviewer, submitted, action="reject")

    submitted = InterviewQuestion.objects.get()
    assert submitted.current_workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES
    assert author.get(address(InterviewQuestion, "edit", submitted.pk)).status_code == 200


def test_approving_what_has_become_incomplete_says_why_and_changes_nothing(submitted, reviewer):
    # An approver may edit what is under review; saving asks for nothing.
    submitted.short_answer = ""
    submitted.save_revision()
    submitted.current_workflow_task_state.revision.__class__.objects.update(
        content=submitted.serializable_data()
    )

    response = approve(reviewer, submitted)

    assert said(response) == ["This cannot be published yet: Short answer: Write the model answer."]
    assert PublishedEntry.objects.count() == 0
    submitted = InterviewQuestion.objects.get()
    assert submitted.current_workflow_state.status == WorkflowState.STATUS_IN_PROGRESS


def test_a_reviewer_compares_with_the_live_version(submitted, reviewer):
    approve(reviewer, submitted)
    live = InterviewQuestion.objects.get()
    live.title = "How is it injected, exactly?"
    revision = live.save_revision()

    html = reviewer.get(
        address(InterviewQuestion, "revisions_compare", live.pk, "live", revision.pk)
    ).content.decode()

    assert '<span class="addition">, exactly?</span>' in html


def test_the_dashboard_shows_the_author_what_is_under_review(submitted, author):
    html = author.get(reverse("wagtailadmin_home")).content.decode()

    assert submitted.code in html
    assert address(InterviewQuestion, "edit", submitted.pk) in html


def test_the_dashboard_names_what_awaits_review(submitted, reviewer):
    html = reviewer.get(reverse("wagtailadmin_home")).content.decode()

    assert "Awaiting your review" in html
    assert submitted.code in html


def test_unpublishing_takes_it_from_the_public(submitted, editor, reviewer):
    approve(reviewer, submitted)

    editor.post(address(InterviewQuestion, "unpublish", submitted.pk))

    assert PublishedEntry.objects.count() == 0


def test_there_is_one_workflow_and_reviewers_and_editors_approve_in_it():
    assert [workflow.name for workflow in Workflow.objects.all()] == ["Editorial review"]
    task = GroupApprovalTask.objects.get()
    assert sorted(group.name for group in task.groups.all()) == ["Editor", "Reviewer"]

"""Entries point at published entries only, and follow them when they change."""

import pytest

from knowledge.models import EntryRelation, LearningModule, PathPrerequisite
from tests.factories import entries
from tests.support.execution import data

pytestmark = pytest.mark.django_db

RELATED = "{ codeSnippets { nodes { related { relation entry { __typename code title } } } } }"


def related():
    return data(RELATED)["codeSnippets"]["nodes"][0]["related"]


def with_relation(target, relation="FIXED_BY"):
    entry = entries.snippet()
    entry.relations = [EntryRelation(target=target, relation=relation)]
    entry.save()
    return entries.published(entry)


def test_a_related_entry_is_delivered_with_its_relation():
    target = entries.published(entries.debug_entry(area="DB"))
    with_relation(target)

    assert related() == [
        {
            "relation": "FIXED_BY",
            "entry": {"__typename": "DebugEntry", "code": "DB-001", "title": target.title},
        }
    ]


def test_a_draft_is_not_related():
    with_relation(entries.debug_entry())

    assert related() == []


def test_a_related_entry_appears_and_goes_with_its_publication():
    target = entries.debug_entry()
    with_relation(target)

    target = entries.published(target)
    assert len(related()) == 1
    target.unpublish()
    assert related() == []


def test_a_follow_up_question_without_a_published_answer_is_still_asked():
    sections = [
        ("deep_dive", entries.prose("x")),
        ("follow_up_questions", [{"question": "Why?", "answered_by": entries.debug_entry()}]),
    ]
    entries.published(entries.question(sections=sections))
    query = "{ interviewQuestions { nodes { followUpQuestions { questions {"
    query += " question answeredBy { code } } } } } }"

    assert data(query)["interviewQuestions"]["nodes"] == [
        {"followUpQuestions": {"questions": [{"question": "Why?", "answeredBy": None}]}}
    ]


def test_a_path_names_the_paths_before_it_and_the_entries_to_read():
    before = entries.published(entries.learning_path(title="Before"))
    draft = entries.learning_path(title="Draft")
    answer = entries.published(entries.debug_entry(title="Read me"))
    path = entries.learning_path(title="After")
    path.prerequisites = [
        PathPrerequisite(required_path=before),
        PathPrerequisite(required_path=draft),
    ]
    resources = [
        ("entry", {"title": "", "entry": answer}),
        ("link", {"title": "Elsewhere", "url": "https://example.com/", "note": ""}),
    ]
    path.modules = [LearningModule(title="One", resources=resources)]
    path.save()
    path = entries.published(path)

    found = data(
        f'{{ learningPath(code: "{path.code}") {{ prerequisites {{ title }} jsonLd'
        " modules { title position resources { title url entry { title } } } } }"
    )["learningPath"]

    assert found["prerequisites"] == [{"title": "Before"}]
    assert found["jsonLd"]["coursePrerequisites"] == ["Before"]
    assert found["modules"] == [
        {
            "title": "One",
            "position": 1,
            "resources": [
                {"title": None, "url": None, "entry": {"title": "Read me"}},
                {"title": "Elsewhere", "url": "https://example.com/", "entry": None},
            ],
        }
    ]


def test_references_can_be_followed_step_by_step():
    last = entries.published(entries.debug_entry(title="Last"))
    middle = with_relation(last)
    first = entries.design_note()
    first.relations = [EntryRelation(target=middle)]
    first.save()
    first = entries.published(first)

    found = data(
        f'{{ entry(code: "{first.code}") {{ related {{ entry {{ title'
        " related { entry { title rootCause: related { relation } } } } } } }"
    )

    assert found["entry"]["related"][0]["entry"] == {
        "title": "Debounce hook",
        "related": [{"entry": {"title": "Last", "rootCause": []}}],
    }

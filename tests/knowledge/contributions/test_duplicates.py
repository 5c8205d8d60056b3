"""Near-duplicates of what is published are found, other questions are not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from knowledge.contributions.duplicates import find_duplicates, forget_indexes
from knowledge.kinds import Kind
from knowledge.models import PublishedEntry
from tests.factories import entries, terms

pytestmark = pytest.mark.django_db

TRIO = (
    "How do you handle dependency injection in FastAPI, and why is it beneficial for your "
    "application design?",
    "Can you explain how FastAPI handles dependency injection and why it’s beneficial for "
    "creating scalable applications?",
    "How does FastAPI handle dependency injection, and what are some benefits of using this "
    "feature in your applications?",
)
OTHERS = (
    "How do you handle background tasks in FastAPI?",
    "What are the security considerations of JWT in FastAPI applications?",
    "How would you optimise the performance of a FastAPI application under load?",
    "Can you explain how middleware works in FastAPI?",
    "How do you version a REST API?",
)


@pytest.fixture
def archive():
    return {
        title: entries.published(entries.question(title=title)).code for title in (*TRIO, *OTHERS)
    }


def found(title: str, **values) -> set[str]:
    candidates = find_duplicates(
        values.pop("kind", Kind.INTERVIEW_QUESTION), title=title, locale="en", **values
    )
    return {candidate.code for candidate in candidates}


@pytest.mark.parametrize("title", TRIO)
def test_each_of_the_trio_finds_the_two_others_and_nothing_else(archive, title):
    entry_pk = PublishedEntry.objects.get(code=archive[title]).pk

    assert found(title, technology="fastapi", exclude=entry_pk) == {
        archive[other] for other in TRIO if other != title
    }


def test_something_new_has_no_duplicates(archive):
    assert found("How does PostgreSQL decide between an index scan and a sequential scan?") == set()


def test_an_error_is_found_by_its_message():
    entry = entries.published(
        entries.debug_entry(
            error_messages=[
                ("message", "Cannot add or update a child row: a foreign key constraint fails")
            ]
        )
    )

    assert found(
        "Insert does not work any more",
        kind=Kind.DEBUG_ENTRY,
        message="ERROR 1452: Cannot add or update a child row: a foreign key constraint fails",
    ) == {entry.code}


def test_drafts_are_no_candidates():
    entries.question(title=TRIO[0]).save_revision()

    assert found(TRIO[0]) == set()


def test_an_unpublished_entry_is_no_candidate_any_more():
    entry = entries.published(entries.question(title=TRIO[0]))
    assert found(TRIO[1]) == {entry.code}

    entry.unpublish()

    assert found(TRIO[1]) == set()


def test_an_expired_entry_is_no_candidate_any_more():
    entry = entries.published(
        entries.question(title=TRIO[0], expire_at=timezone.now() + timedelta(hours=1))
    )
    assert found(TRIO[1]) == {entry.code}

    PublishedEntry.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    forget_indexes()
    assert found(TRIO[1]) == set()


def test_a_changed_title_counts_at_once():
    entry = entries.published(entries.question(title=TRIO[0]))
    assert found(OTHERS[0]) == set()

    entry.title = "How are background tasks handled by FastAPI?"
    entries.published(entry)

    assert found(OTHERS[0]) == {entry.code}


def test_other_kinds_are_no_candidates():
    entries.published(entries.question(title=TRIO[0]))

    assert found(TRIO[0], kind=Kind.CODE_SNIPPET) == set()


def test_the_title_alone_is_enough_without_a_technology():
    entry = entries.published(
        entries.question(title=TRIO[0], technology=terms.technology("fastapi"))
    )

    assert found(TRIO[2]) == {entry.code}

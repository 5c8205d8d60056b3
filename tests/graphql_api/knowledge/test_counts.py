"""Counts of terms are those of the lists under the same terms, however they are had."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.publishing.scope import Scope, scoped
from graphql_api.knowledge.counts import PublishedCounts
from graphql_api.knowledge.reading import Reading
from knowledge.kinds import TermKind
from knowledge.models import PublishedEntry, PublishedEntryTerm
from tests.knowledge.test_counting import published_row

pytestmark = pytest.mark.django_db

ENGLISH = Reading("en")
PHP, GO = UUID(int=7), UUID(int=8)
BASICS = UUID(int=9)


@pytest.fixture
def archive() -> None:
    """Two questions and a snippet on PHP, one of the questions in a category, and one on Go."""
    published_row(1, technology=PHP, category=BASICS, level="MID", difficulty=5)
    published_row(2, technology=PHP, level="SENIOR", difficulty=7)
    published_row(3, technology=PHP, kind="CODE_SNIPPET")
    published_row(4, technology=GO)
    published_row(5, technology=PHP, locale="de")


def test_each_kind_is_counted_under_technology_and_category(archive):
    counts = PublishedCounts(ENGLISH)

    assert counts.of_term(TermKind.TECHNOLOGY, PHP.hex) == {
        "INTERVIEW_QUESTION": 2,
        "CODE_SNIPPET": 1,
    }
    assert counts.of_term(TermKind.CATEGORY, BASICS.hex) == {"INTERVIEW_QUESTION": 1}
    assert counts.by_kind == {"INTERVIEW_QUESTION": 3, "CODE_SNIPPET": 1}
    assert counts.of_kinds(["CODE_SNIPPET", "DEBUG_ENTRY"]) == 1


def test_what_has_expired_is_not_counted_while_it_is_still_stored(archive):
    past = timezone.now() - timedelta(seconds=1)
    PublishedEntry.objects.filter(pk__in=(2, 5)).update(expires_at=past)

    counts = PublishedCounts(ENGLISH)

    assert counts.of_term(TermKind.TECHNOLOGY, PHP.hex).total() == 2
    assert counts.by_kind.total() == 3


def test_what_expires_later_is_counted(archive):
    PublishedEntry.objects.update(expires_at=timezone.now() + timedelta(hours=1))

    assert PublishedCounts(ENGLISH).by_kind.total() == 4


def test_counts_are_inside_the_bounds_of_the_caller(archive):
    past = timezone.now() - timedelta(seconds=1)
    PublishedEntry.objects.filter(pk=4).update(expires_at=past)

    with scoped(Scope(technologies=frozenset([PHP]))):
        by_technology = PublishedCounts(ENGLISH).by_kind.copy()
    with scoped(Scope(kinds=frozenset(["CODE_SNIPPET"]))):
        by_kind = PublishedCounts(ENGLISH).by_kind.copy()

    assert by_technology == {"INTERVIEW_QUESTION": 2, "CODE_SNIPPET": 1}
    assert by_kind == {"CODE_SNIPPET": 1}


def test_a_translation_stands_for_its_original(archive):
    german = Reading("de")
    original = PublishedEntry.objects.get(pk=1)
    PublishedEntry.objects.filter(pk=5).update(translation_key=original.translation_key)

    assert PublishedCounts(german).of_term(TermKind.TECHNOLOGY, PHP.hex) == {
        "INTERVIEW_QUESTION": 2,
        "CODE_SNIPPET": 1,
    }
    alone = PublishedCounts(Reading("de", falls_back=False))
    assert alone.by_kind == {"INTERVIEW_QUESTION": 1}


def test_topics_and_roles_are_counted_by_kind(archive):
    for entry, facet, value in ((1, "topic", PHP), (3, "topic", PHP), (2, "role", GO)):
        PublishedEntryTerm.objects.create(entry_id=entry, facet=facet, value=value.hex)

    counts = PublishedCounts(ENGLISH)

    assert counts.of_term(TermKind.TOPIC, PHP.hex) == {"INTERVIEW_QUESTION": 1, "CODE_SNIPPET": 1}
    assert counts.of_term(TermKind.ROLE, GO.hex) == {"INTERVIEW_QUESTION": 1}
    assert counts.of_term(TermKind.TOPIC, GO.hex) == {}


def test_a_count_of_technologies_reads_no_terms_of_entries(archive):
    with CaptureQueriesContext(connection) as captured:
        counts = PublishedCounts(ENGLISH)
        counts.of_term(TermKind.TECHNOLOGY, PHP.hex)
        counts.of_term(TermKind.CATEGORY, BASICS.hex)
        counts.of_kinds(["CODE_SNIPPET"])

    assert [PublishedEntryTerm._meta.db_table in one["sql"] for one in captured] == [False]

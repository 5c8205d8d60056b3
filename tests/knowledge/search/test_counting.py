"""Counts are those of the documents that are found, whoever asks and whatever for."""

from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.publishing.scope import Scope, scoped
from knowledge.models import SearchDocument
from knowledge.search.requirements import SearchFilter
from knowledge.search.searching import search
from tests.factories import entries, terms

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive():
    """Two questions and an error about zebras, and one question about none."""
    entries.published(
        entries.question(title="Zebra one", topics=[terms.topic("http"), terms.topic("sql")])
    )
    entries.published(
        entries.question(
            title="Zebra two", level="SENIOR", difficulty=9, topics=[terms.topic("http")]
        )
    )
    entries.published(entries.debug_entry(title="Zebra error"))
    entries.published(entries.question(title="Unrelated"))


def counted(text="zebra", facet="kinds", **options):
    """(total, facet) of a search; the total without looking at the facets."""
    options = {"locale": "en", **options}
    values = getattr(search(text, **options).facets, facet)
    return search(text, **options).total, {one.value: one.count for one in values}


BOTH = {"INTERVIEW_QUESTION": 2, "DEBUG_ENTRY": 1}


def test_all_matches_are_counted(archive):
    assert counted() == (3, BOTH)


@pytest.mark.parametrize(
    ("wanted", "facet", "expected"),
    [
        ({"kinds": {"DEBUG_ENTRY"}}, "kinds", (1, BOTH)),
        ({"kinds": {"DEBUG_ENTRY"}}, "levels", (1, {})),
        ({"levels": {"SENIOR"}}, "kinds", (1, {"INTERVIEW_QUESTION": 1})),
        ({"levels": {"SENIOR"}, "kinds": {"DEBUG_ENTRY"}}, "levels", (0, {})),
        ({"levels": {"SENIOR"}, "kinds": {"DEBUG_ENTRY"}}, "kinds", (0, {"INTERVIEW_QUESTION": 1})),
        ({"difficulty_from": 9}, "difficulties", (1, {"MEDIUM": 1, "HARD": 1})),
        ({"difficulty_to": 8}, "levels", (1, {"MID": 1})),
        ({"topics": {"0" * 32}}, "kinds", (0, {})),
    ],
)
def test_a_facet_is_counted_under_the_filters_of_the_others(archive, wanted, facet, expected):
    wanted = SearchFilter(
        **{name: frozenset(v) if isinstance(v, set) else v for name, v in wanted.items()}
    )

    assert counted(facet=facet, wanted=wanted) == expected


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope(kinds=frozenset({"DEBUG_ENTRY"})), (1, {"DEBUG_ENTRY": 1})),
        (Scope(kinds=frozenset()), (0, {})),
        (Scope(technologies=frozenset({UUID(int=0)})), (0, {})),
        (Scope(technologies=frozenset()), (0, {})),
    ],
)
def test_what_is_out_of_bounds_is_not_counted(archive, scope, expected):
    with scoped(scope):
        assert counted() == expected


def test_bounds_by_technology_leave_its_entries(archive):
    key = SearchDocument.objects.filter(kind="DEBUG_ENTRY").get().technology

    with scoped(Scope(technologies=frozenset({key}))):
        assert counted() == (1, {"DEBUG_ENTRY": 1})


def test_what_expired_is_not_counted(archive):
    SearchDocument.objects.filter(kind="DEBUG_ENTRY").update(expires_at="2020-01-01T00:00Z")

    assert counted() == (2, {"INTERVIEW_QUESTION": 2})


def test_what_expires_later_is_counted(archive):
    SearchDocument.objects.filter(kind="DEBUG_ENTRY").update(expires_at="2199-01-01T00:00Z")

    assert counted() == (3, BOTH)


@pytest.mark.parametrize("text", ["zebra -two", '"zebra one" zebra error'])
def test_only_what_holds_the_words_is_counted(archive, text):
    found = [hit.entry_id for hit in search(text, locale="en").hits]

    total, kinds = counted(text)

    assert (total, sum(kinds.values())) == (len(found), len(found))


def test_an_unpublished_entry_is_not_counted_any_more(archive):
    entry = entries.published(entries.snippet(title="Zebra snippet"))
    before = counted()
    entry.unpublish()

    assert (before, counted()) == ((4, {**BOTH, "CODE_SNIPPET": 1}), (3, BOTH))


def test_a_changed_entry_is_counted_as_what_it_is_now(archive):
    entry = entries.published(entries.question(title="Zebra three", level="MID"))
    entry.level = "JUNIOR"
    entries.published(entry)

    assert counted(facet="levels")[1] == {"MID": 1, "SENIOR": 1, "JUNIOR": 1}


class TestOtherLanguages:
    """An entry is counted once, in the language in which it is shown."""

    @pytest.fixture(autouse=True)
    def translated(self, archive):
        original = SearchDocument.objects.filter(kind="DEBUG_ENTRY").get()
        entry = entries.published(entries.snippet(title="Zebra snippet"))
        # A translation as the index knows it.
        from knowledge.search.column_writing import store

        SearchDocument.objects.filter(pk=entry.pk).update(
            locale="de", translation_key=original.translation_key
        )
        store({entry.pk: [("locale", "de"), ("kind", "CODE_SNIPPET")]})
        self.translation = entry.pk

    def test_a_translation_stands_for_its_original(self):
        assert counted(locale="de") == (3, {"INTERVIEW_QUESTION": 2, "CODE_SNIPPET": 1})

    def test_without_falling_back_only_the_language_counts(self):
        assert counted(locale="de", fallback=False) == (1, {"CODE_SNIPPET": 1})

    def test_the_original_is_counted_where_its_translation_expired(self):
        SearchDocument.objects.filter(pk=self.translation).update(expires_at="2020-01-01T00:00Z")

        assert counted(locale="de") == (3, BOTH)

    def test_the_original_is_counted_where_its_translation_is_out_of_bounds(self):
        kinds = frozenset({"INTERVIEW_QUESTION", "DEBUG_ENTRY"})
        with scoped(Scope(kinds=kinds)):
            assert counted(locale="de") == (3, BOTH)

    def test_readers_of_the_default_language_see_no_translation(self):
        assert counted() == (3, BOTH)


def test_facets_take_four_statements_however_many_matches(archive):
    result = search("zebra", locale="en")

    with CaptureQueriesContext(connection) as queries:
        facets = result.facets

    assert facets.kinds
    assert len(queries) == 4

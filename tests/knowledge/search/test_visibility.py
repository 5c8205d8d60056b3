"""The condition on rows and the bounds of columns leave the same documents."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Locale

from cms.publishing.scope import Scope, scoped
from knowledge.models.search_index import SearchDocument
from knowledge.search import columns, visibility
from knowledge.search.statements import rows
from tests.factories import entries, terms

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> None:
    """An entry as it is, one that has expired, one that is translated, others of a kind and a
    technology of their own."""
    german, _ = Locale.objects.get_or_create(language_code="de")
    entries.published(entries.question(title="Plain"))
    expired = entries.published(entries.question(title="Expired"))
    moment = timezone.now() - timedelta(minutes=1)
    SearchDocument.objects.filter(pk=expired.pk).update(expires_at=moment)
    translated = entries.published(entries.question(title="Translated"))
    entries.published(
        entries.question(
            title="Übersetzt",
            locale=german,
            translation_key=translated.translation_key,
            code=translated.code,
        )
    )
    entries.published(entries.snippet(title="Snippet"))
    entries.published(entries.question(title="Go", technology=terms.technology("go")))


def by_rows(locale: str, fallback: bool) -> set[int]:
    condition = visibility.condition(locale, fallback)
    statement = f"SELECT d.entry_id FROM knowledge_searchdocument d WHERE {condition.sql}"
    return {pk for (pk,) in rows(statement, condition.values)}


def by_columns(locale: str, fallback: bool) -> set[int]:
    pks = set(SearchDocument.objects.values_list("pk", flat=True))
    pks -= visibility.hidden(locale, fallback)
    read = columns.read(pks)
    bounds = visibility.bounds(locale, fallback)
    return {
        pk
        for pk, place in zip(pks, read.places(pks), strict=True)
        if all(
            read.names.get(read.of(facet)[0][place], ("", ""))[1] in bound
            for facet, bound in bounds.items()
        )
    }


@pytest.mark.parametrize(
    ("locale", "fallback", "number"), [("en", True, 4), ("de", True, 4), ("de", False, 1)]
)
def test_both_leave_the_same(world, locale, fallback, number):
    found = by_rows(locale, fallback)

    assert len(found) == number
    assert found == by_columns(locale, fallback)


@pytest.mark.parametrize(
    ("scope", "number"),
    [
        ({"kinds": frozenset({"CODE_SNIPPET"})}, 1),
        ({"kinds": frozenset()}, 0),
        ({"technologies": frozenset()}, 0),
    ],
)
def test_both_keep_to_the_bounds_of_whoever_asks(world, scope, number):
    with scoped(Scope(**scope)):
        found = by_rows("en", True)

        assert len(found) == number
        assert found == by_columns("en", True)


def test_both_keep_to_technologies(world):
    (go,) = terms.Technology.objects.filter(slug="go")
    with scoped(Scope(technologies=frozenset({go.translation_key}))):
        found = by_rows("en", True)

        assert len(found) == 1
        assert found == by_columns("en", True)

"""Search with vectors: what means the same is found, and words still count."""

import pytest

from knowledge.search.query import Query
from knowledge.search.searching import search
from knowledge.search.semantic.nearby import nearby
from tests.factories import entries

pytestmark = [pytest.mark.semantic, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def vectors_on(settings):
    settings.SEMANTIC_SEARCH = True


def found(text: str, **options) -> list[int]:
    return [hit.entry_id for hit in search(text, locale="en", **options).hits]


def question(title: str, **fields):
    return entries.published(
        entries.question(title=title, short_answer=f"<p>{title}.</p>", **fields)
    )


def test_an_entry_without_any_of_the_words_is_found():
    near = question("Terminating workers gracefully")
    question("Baking bread at home")

    assert found("how can running jobs be stopped cleanly") == [near.pk]


def test_what_was_found_by_meaning_is_counted():
    question("Terminating workers gracefully")

    result = search("how can running jobs be stopped cleanly", locale="en")

    assert result.total == len(result.hits) == 1
    assert [(one.value, one.count) for one in result.facets.kinds] == [("INTERVIEW_QUESTION", 1)]


def test_an_excluded_word_leaves_out_what_means_the_same():
    question("Terminating workers gracefully")

    assert found("how can running jobs be stopped cleanly -gracefully") == []


def test_a_phrase_must_be_there():
    question("Terminating workers gracefully")

    assert found('"running jobs" be stopped cleanly') == []


def test_a_single_word_is_found_by_its_letters_alone():
    baking = question("Baking bread at home")

    assert found("bakery") == []
    assert found("a bakery of loaves") == [baking.pk]


def test_a_draft_is_not_found_by_its_meaning():
    entries.question(title="Terminating workers gracefully").save_revision()

    assert found("how can running jobs be stopped cleanly") == []


def test_an_expired_entry_is_not_found_by_its_meaning():
    from knowledge.models import SearchDocument

    question("Terminating workers gracefully")
    SearchDocument.objects.update(expires_at="2020-01-01T00:00Z")

    assert found("how can running jobs be stopped cleanly") == []


def test_nothing_is_nearby_without_vectors():
    assert nearby(Query("a b"), 0).nearest == ()

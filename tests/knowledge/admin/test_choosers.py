"""Choosing an entry of any kind, by code and title."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from knowledge.models import InterviewQuestion
from tests.factories import entries

pytestmark = pytest.mark.django_db

ANY_KIND = "entry_chooser:choose_results"
PATHS = "wagtailsnippetchoosers_knowledge_learningpath:choose_results"


def chosen(client, name, **query) -> list[str]:
    response = client.get(reverse(name), query)
    return [entry.title for entry in response.context["results"]]


def test_every_kind_is_offered(author):
    for make in entries.ALL_KINDS:
        make(title=make.__name__)

    assert sorted(chosen(author, ANY_KIND)) == sorted(make.__name__ for make in entries.ALL_KINDS)


@pytest.mark.parametrize("query", ["PHP-001", "null member"])
def test_search_by_code_and_by_words_of_the_title(author, query):
    entries.debug_entry()
    entries.snippet()

    assert chosen(author, ANY_KIND, q=query) == ["Call to a member function on null"]


def test_one_kind(author):
    entries.debug_entry()
    entries.snippet()

    assert chosen(author, ANY_KIND, kind="CODE_SNIPPET") == ["Debounce hook"]


def test_one_language(author, german):
    entries.question(title="Deutsch", locale=german)
    entries.question(title="English")

    assert chosen(author, ANY_KIND, locale="de") == ["Deutsch"]


def test_rows_show_code_kind_and_status(author):
    entries.published(entries.debug_entry())

    html = author.get(reverse(ANY_KIND)).content.decode()

    for text in ("PHP-001", "Debug entry", "live"):
        assert text in html


def test_the_number_of_statements_does_not_grow_with_the_rows(author):
    def statements() -> int:
        author.get(reverse(ANY_KIND))
        with CaptureQueriesContext(connection) as queries:
            author.get(reverse(ANY_KIND))
        return len(queries)

    for number in range(3):
        entries.question(title=f"Entry {number}")
    at_three = statements()
    for number in range(3, 18):
        entries.question(title=f"Entry {number}")

    assert statements() == at_three


def test_prerequisites_are_chosen_from_the_paths(author):
    entries.learning_path(title="First steps")
    entries.question()

    assert chosen(author, PATHS, q="steps") == ["First steps"]


def test_a_chosen_entry_leads_to_its_edit_view(editor):
    entry = entries.question()

    answer = editor.get(reverse("entry_chooser:chosen", args=[entry.pk])).json()

    assert answer["result"]["edit_url"] == reverse(
        InterviewQuestion.snippet_viewset.get_url_name("edit"), args=[entry.pk]
    )


def test_usage_lists_what_points_at_an_entry(editor):
    target = entries.debug_entry()
    sections = [("follow_up_questions", [{"question": "Why?", "answered_by": target}])]
    entries.question(title="Points at it", sections=sections)

    url = reverse(type(target).snippet_viewset.get_url_name("usage"), args=[target.pk])

    assert "Points at it" in editor.get(url).content.decode()

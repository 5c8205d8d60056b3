"""What the listings show, find and cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from knowledge.counters.models import DailyCount, EntryTotal
from knowledge.models import ENTRY_MODELS, TERM_MODELS, InterviewQuestion
from tests.factories import entries, terms
from tests.knowledge.admin.submission import address

pytestmark = pytest.mark.django_db

LIST = "list"


def titles(response) -> list[str]:
    return [entry.title for entry in response.context["object_list"]]


def statements(client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize("model", ENTRY_MODELS + TERM_MODELS)
def test_every_model_has_a_listing(editor, model):
    assert editor.get(address(model, LIST)).status_code == 200


@pytest.mark.parametrize("make", entries.ALL_KINDS)
def test_a_page_takes_the_same_number_of_statements_at_5_and_20_rows(editor, german, make):
    for number in range(5):
        entries.published(make(title=f"Entry {number}", slug=f"entry-{number}"))
    url = address(type(make()), LIST)
    at_five = statements(editor, url)
    for number in range(5, 19):
        make(title=f"Entry {number}", slug=f"entry-{number}").save_revision()

    assert statements(editor, url) == at_five
    assert at_five <= 30


def test_a_listing_shows_code_technology_level_and_status(editor):
    entries.published(entries.question())

    html = editor.get(address(InterviewQuestion, LIST)).content.decode()

    for text in ("FASTAPI-MID-001", "Fastapi", "Mid-Level", "Live"):
        assert text in html


@pytest.mark.parametrize("query", ["SR-001", "zebra"])
def test_search_finds_by_code_and_title(editor, query):
    entries.question(title="About zebras", level="SENIOR")
    entries.question(title="Something else", level="JUNIOR")

    response = editor.get(address(InterviewQuestion, LIST), {"q": query})

    assert titles(response) == ["About zebras"]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("live", ["Changed", "Live"]),
        ("changed", ["Changed"]),
        ("draft", ["Draft"]),
        ("expired", ["Expired"]),
    ],
)
def test_filter_by_status(editor, status, expected):
    entries.question(title="Draft")
    entries.published(entries.question(title="Live"))
    changed = entries.published(entries.question(title="Changed"))
    changed.save_revision()
    entries.published(entries.question(title="Expired")).unpublish(set_expired=True)

    response = editor.get(address(InterviewQuestion, LIST), {"status": status})

    assert sorted(titles(response)) == expected


def test_filter_for_questions_without_a_level(editor):
    entries.question(title="Graded")
    entries.question(title="Ungraded", level="")

    response = editor.get(address(InterviewQuestion, LIST), {"level": "NOT_SET"})

    assert titles(response) == ["Ungraded"]


def test_filter_by_technology_finds_entries_filed_under_its_translation(editor, german):
    english = terms.technology("rust")
    translation = english.copy_for_translation(german)
    translation.save()
    entries.question(title="Besitz", technology=translation)
    entries.question(title="Other")

    response = editor.get(address(InterviewQuestion, LIST), {"technology": "rust"})

    assert titles(response) == ["Besitz"]


def test_filter_by_no_category(editor):
    uncategorised = entries.question(title="Uncategorised")
    InterviewQuestion.objects.filter(pk=uncategorised.pk).update(category=None)
    entries.question(title="Other")

    response = editor.get(address(InterviewQuestion, LIST), {"category": "NOT_SET"})

    assert titles(response) == ["Uncategorised"]


def test_export_as_csv(editor):
    entries.published(entries.question())

    response = editor.get(address(InterviewQuestion, LIST), {"export": "csv"})

    heading, row = response.getvalue().decode().splitlines()
    assert heading.startswith("Code,Locale,Title,Slug,Technology,Category,Level,Difficulty,Status")
    assert row.startswith(
        "FASTAPI-MID-001,en,How does dependency injection work?,"
        "how-does-dependency-injection-work,Fastapi,Security,Mid-Level,5,live"
    )


def test_export_never_hands_a_formula_to_a_spreadsheet(editor):
    entries.question(title="=HYPERLINK(1)")

    response = editor.get(address(InterviewQuestion, LIST), {"export": "csv"})

    assert "'=HYPERLINK(1)" in response.getvalue().decode()


def test_export_as_xlsx(editor):
    entries.question()

    response = editor.get(address(InterviewQuestion, LIST), {"export": "xlsx"})

    assert response["Content-Disposition"] == 'attachment; filename="interview-questions.xlsx"'


@pytest.mark.parametrize("make", entries.ALL_KINDS)
@pytest.mark.parametrize("view", ["edit", "inspect", "history", "usage", "copy", "delete"])
def test_every_view_of_an_entry_opens(editor, make, view):
    entry = entries.published(make())

    assert editor.get(address(type(entry), view, entry.pk)).status_code == 200


def test_an_author_is_offered_to_edit_only_what_is_theirs(author):
    own = entries.question(title="Mine", owner=author.user)
    other = entries.question(title="Theirs")

    html = author.get(address(InterviewQuestion, LIST)).content.decode()

    assert address(InterviewQuestion, "edit", own.pk) in html
    assert address(InterviewQuestion, "edit", other.pk) not in html


def test_a_listing_shows_views_and_uses(editor):
    often = entries.published(entries.question(title="Often read", slug="often"))
    entries.published(entries.question(title="Rarely read", slug="rarely"))
    EntryTotal.objects.create(pk=often.translation_key, views=4217)
    DailyCount.objects.create(
        translation_key=often.translation_key, day=timezone.now().date(), views=0, uses=17
    )

    response = editor.get(address(InterviewQuestion, LIST), {"ordering": "-view_count"})

    assert titles(response) == ["Often read", "Rarely read"]
    assert "4217, 17" in response.text
    assert "0, 0" in response.text

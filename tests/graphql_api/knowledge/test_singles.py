"""One entry by code, slug or id, and only a published one."""

from datetime import timedelta

import pytest
from django.utils import timezone

from graphql_api.knowledge.global_ids import global_id
from knowledge.models import PublishedEntry
from tests.factories import entries
from tests.factories.translations import translated
from tests.support.execution import data, refusal

pytestmark = pytest.mark.django_db

QUERY = """
query ($code: String, $slug: String, $id: ID, $locale: String) {
  one: debugEntry(code: $code, slug: $slug, id: $id, locale: $locale) { id code slug locale title }
}"""

SINGLES = {
    "interviewQuestion": entries.question,
    "debugEntry": entries.debug_entry,
    "codeSnippet": entries.snippet,
    "systemDesignNote": entries.design_note,
    "learningPath": entries.learning_path,
    "securityTopic": entries.security_topic,
}


def one(**arguments):
    return data(QUERY, **arguments)["one"]


@pytest.mark.parametrize("field", SINGLES)
def test_each_kind_is_found_by_code_slug_and_id(field):
    entry = entries.published(SINGLES[field]())
    identifier = data(f'{{ one: {field}(code: "{entry.code}") {{ id }} }}')["one"]["id"]

    for argument in (f'code: "{entry.code}"', f'slug: "{entry.slug}"', f'id: "{identifier}"'):
        answer = data(f"{{ one: {field}({argument}) {{ code title }} }}")
        assert answer["one"] == {"code": entry.code, "title": entry.title}


@pytest.mark.parametrize("field", SINGLES)
def test_an_entry_of_another_kind_is_not_found(field):
    make = entries.snippet if field != "codeSnippet" else entries.debug_entry
    entry = entries.published(make())

    answer = data(
        f'{{ code: {field}(code: "{entry.code}") {{ id }}'
        f' slug: {field}(slug: "{entry.slug}") {{ id }} }}'
    )

    assert answer == {"code": None, "slug": None}


def test_the_case_of_a_code_does_not_matter():
    entry = entries.published(entries.debug_entry(area="DB"))

    assert one(code="db-001")["code"] == entry.code


def test_entry_finds_any_kind():
    entry = entries.published(entries.snippet())

    assert data(f'{{ entry(code: "{entry.code}") {{ __typename title }} }}') == {
        "entry": {"__typename": "CodeSnippet", "title": "Debounce hook"}
    }


def test_a_former_slug_leads_to_the_entry_under_its_present_one():
    entry = entries.published(entries.debug_entry(slug="old"))
    entry.slug = "new"
    entries.published(entry)

    assert one(slug="old")["slug"] == "new"
    assert one(slug="new")["slug"] == "new"


def test_a_present_slug_goes_before_a_former_one():
    first = entries.published(entries.debug_entry(slug="wanted", title="First"))
    first.slug = "moved"
    entries.published(first)
    entries.published(entries.debug_entry(slug="wanted", title="Second"))

    assert one(slug="wanted")["title"] == "Second"


def test_an_id_stands_for_one_language(german):
    entry = entries.published(entries.debug_entry(slug="english"))
    copy = translated(entry, german, slug="deutsch")

    assert one(id=global_id("DebugEntry", copy.pk))["slug"] == "deutsch"
    assert one(id=global_id("DebugEntry", entry.pk))["slug"] == "english"


def test_an_id_with_a_language_finds_the_translation(german):
    entry = entries.published(entries.debug_entry(slug="english"))
    copy = translated(entry, german, slug="deutsch")

    assert one(id=global_id("DebugEntry", entry.pk), locale="de")["slug"] == "deutsch"
    assert one(id=global_id("DebugEntry", copy.pk), locale="en")["slug"] == "english"


@pytest.mark.parametrize(
    "arguments",
    [{}, {"code": "DB-001", "slug": "x"}, {"code": "DB-001", "id": "x"}, {"code": None}],
)
def test_exactly_one_argument_is_needed(arguments):
    assert refusal(QUERY, **arguments) == (
        "BAD_USER_INPUT",
        "Give exactly one of code, slug and id.",
    )


@pytest.mark.parametrize(
    "arguments",
    [
        {"code": "DB-999"},
        {"slug": "unknown"},
        {"code": ""},
        {"slug": ""},
        {"code": "a\x00b"},
        {"slug": "a\x00b"},
        {"slug": "\ud800"},
        {"id": global_id("DebugEntry", 2**63 - 1)},
    ],
)
def test_what_does_not_exist_is_null(arguments):
    assert one(**arguments) is None


@pytest.mark.parametrize(
    "identifier",
    ["", "x", "1", "ä", "RGVidWdFbnRyeTo", "RGVidWdFbnRyeTotMQ", global_id("Technology", 1)],
)
def test_what_is_no_id_of_the_kind_is_refused(identifier):
    assert refusal(QUERY, id=identifier)[0] == "BAD_USER_INPUT"


def test_a_draft_is_null():
    draft = entries.debug_entry(slug="draft")
    draft.save_revision()

    assert one(code=draft.code) is None
    assert one(slug="draft") is None
    assert one(id=global_id("DebugEntry", draft.pk)) is None


def test_an_expired_entry_is_null_before_any_scheduler_ran():
    entry = entries.published(entries.debug_entry(slug="expired"))
    PublishedEntry.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert one(code=entry.code) is None
    assert one(slug="expired") is None
    assert one(id=global_id("DebugEntry", entry.pk)) is None
    assert data("{ debugEntries { nodes { code } totalCount } entries { totalCount } }") == {
        "debugEntries": {"nodes": [], "totalCount": 0},
        "entries": {"totalCount": 0},
    }

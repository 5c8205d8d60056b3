"""The language asked for, else the default one; lists, singles, terms and references alike."""

from datetime import timedelta

import pytest
from django.utils import timezone

from knowledge.models import PublishedEntry
from tests.factories import entries, terms
from tests.factories.translations import translated, translated_term
from tests.support.execution import data, refusal

pytestmark = pytest.mark.django_db

LIST = """
query ($locale: String, $fallback: LocaleFallback) {
  list: interviewQuestions(locale: $locale, fallback: $fallback, orderBy: CODE_ASC) {
    nodes { code locale title } totalCount
  }
}"""


@pytest.fixture
def both(german):
    """One question in English and German, one in English alone."""
    first = entries.published(entries.question(title="First", slug="first"))
    translated(first, german, title="Erste", slug="erste")
    second = entries.published(entries.question(title="Second", slug="second"))
    return first, second


def titles(**arguments):
    return [node["title"] for node in data(LIST, **arguments)["list"]["nodes"]]


def test_the_default_language_is_read_when_none_is_named(both):
    assert titles() == ["First", "Second"]


def test_untranslated_entries_are_delivered_in_the_default_language(both):
    answer = data(LIST, locale="de")["list"]

    assert [(one["title"], one["locale"]) for one in answer["nodes"]] == [
        ("Erste", "de"),
        ("Second", "en"),
    ]
    assert answer["totalCount"] == 2


def test_without_fallback_untranslated_entries_are_left_out(both):
    answer = data(LIST, locale="de", fallback="NONE")["list"]

    assert [one["title"] for one in answer["nodes"]] == ["Erste"]
    assert answer["totalCount"] == 1


def test_an_entry_only_in_another_language_is_not_in_the_default_one(both, german):
    PublishedEntry.objects.filter(locale="en", slug="first").delete()

    assert titles() == ["Second"]
    assert titles(locale="de") == ["Erste", "Second"]


def test_an_expired_translation_gives_way_to_the_default_language(both):
    PublishedEntry.objects.filter(locale="de").update(
        expires_at=timezone.now() - timedelta(seconds=1)
    )

    assert titles(locale="de") == ["First", "Second"]


@pytest.mark.parametrize("field", ["interviewQuestions", "entries"])
@pytest.mark.parametrize("locale", ["fr", "DE", "", "de'"])
def test_an_unknown_language_is_refused(field, locale):
    code, message = refusal(
        f"query ($locale: String) {{ {field}(locale: $locale) {{ totalCount }} }}", locale=locale
    )

    assert code == "UNKNOWN_LOCALE"
    assert message == "There is no content in that language; the known ones are: en, de."


@pytest.mark.parametrize(
    "query",
    [
        'interviewQuestion(code: "X-1", locale: "fr") { id }',
        'entry(code: "X-1", locale: "fr") { id }',
        'technologies(locale: "fr") { id }',
        'domain(slug: "x", locale: "fr") { id }',
    ],
)
def test_every_field_with_content_knows_the_languages(query):
    assert refusal(f"{{ found: {query} }}")[0] == "UNKNOWN_LOCALE"


SINGLE = """
query ($code: String, $slug: String, $locale: String, $fallback: LocaleFallback) {
  one: interviewQuestion(code: $code, slug: $slug, locale: $locale, fallback: $fallback) {
    locale slug title translations { locale slug path }
  }
}"""


@pytest.mark.parametrize(
    ("arguments", "delivered"),
    [
        ({}, ("en", "first")),
        ({"locale": "de"}, ("de", "erste")),
        ({"locale": "de", "fallback": "NONE"}, ("de", "erste")),
    ],
)
def test_a_single_is_read_in_the_language_asked_for(both, arguments, delivered):
    answer = data(SINGLE, code=both[0].code, **arguments)["one"]

    assert (answer["locale"], answer["slug"]) == delivered


def test_a_single_falls_back(both):
    assert data(SINGLE, code=both[1].code, locale="de")["one"]["locale"] == "en"


def test_a_single_without_fallback_is_null(both):
    assert data(SINGLE, code=both[1].code, locale="de", fallback="NONE")["one"] is None


def test_translations_are_the_other_languages(both):
    answer = data(SINGLE, code=both[0].code)["one"]

    assert answer["translations"] == [{"locale": "de", "slug": "erste", "path": "/questions/erste"}]


def test_translations_in_a_list(both):
    answer = data(
        '{ list: interviewQuestions(locale: "de", orderBy: CODE_ASC)'
        " { nodes { translations { locale slug } } } }"
    )

    assert [node["translations"] for node in answer["list"]["nodes"]] == [
        [{"locale": "en", "slug": "first"}],
        [],
    ]


def test_the_slug_of_the_default_language_leads_to_the_translation(both):
    assert data(SINGLE, slug="first", locale="de")["one"]["title"] == "Erste"


def test_the_slug_of_another_language_is_unknown(both):
    assert data(SINGLE, slug="erste")["one"] is None


def test_the_slug_of_the_default_language_is_unknown_without_fallback(both):
    assert data(SINGLE, slug="first", locale="de", fallback="NONE")["one"] is None


def test_references_are_in_the_language_asked_for(both):
    first, second = both
    sections = [
        ("deep_dive", entries.prose("x")),
        (
            "follow_up_questions",
            [
                {"question": "One?", "answered_by": first},
                {"question": "Two?", "answered_by": second},
            ],
        ),
    ]
    entries.published(entries.question(title="Third", sections=sections))
    query = """
    {
      list: interviewQuestions(locale: "de", orderBy: TITLE_DESC, first: 1) {
        nodes { followUpQuestions { questions { answeredBy { title translations { slug } } } } }
      }
    }"""

    questions = data(query)["list"]["nodes"][0]["followUpQuestions"]["questions"]

    assert questions == [
        {"answeredBy": {"title": "Erste", "translations": [{"slug": "first"}]}},
        {"answeredBy": {"title": "Second", "translations": []}},
    ]


def test_terms_are_in_the_language_asked_for(german):
    technology = terms.technology("php", name="PHP")
    translated_term(technology, german, name="PHP auf Deutsch")
    topic = terms.topic("http", name="HTTP")
    entries.published(entries.question(technology=technology, topics=[topic]))
    query = (
        '{ list: interviewQuestions(locale: "de")'
        " { nodes { technology { name locale } topics { name locale } } } }"
    )

    assert data(query)["list"]["nodes"] == [
        {
            "technology": {"name": "PHP auf Deutsch", "locale": "de"},
            "topics": [{"name": "HTTP", "locale": "en"}],
        }
    ]

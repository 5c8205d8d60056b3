"""Vocabularies, and how much is published under each term."""

import pytest

from knowledge.models import Domain
from tests.factories import entries, terms
from tests.factories.translations import translated, translated_term
from tests.support.execution import data

pytestmark = pytest.mark.django_db


def test_a_vocabulary_is_in_the_editors_order():
    terms.topic("second", order=2, name="Second")
    terms.topic("beta", order=1, name="beta")
    terms.topic("alpha", order=1, name="Alpha")

    assert data("{ topics { slug } }")["topics"] == [
        {"slug": "alpha"},
        {"slug": "beta"},
        {"slug": "second"},
    ]


def test_a_technology_has_all_its_fields():
    language = terms.technology("python", name="Python")
    terms.technology(
        "fastapi",
        name="FastAPI",
        display_label="Python (FastAPI)",
        language=language,
        code_prefix="FAPI",
        aliases="Fast API\nFA",
        description="A web framework.",
        order=7,
    )

    answer = data(
        '{ technology(slug: "fastapi") { slug name label description order locale codePrefix'
        " aliases language { name language { name } } publishedCount counts { kind count } } }"
    )

    assert answer["technology"] == {
        "slug": "fastapi",
        "name": "FastAPI",
        "label": "Python (FastAPI)",
        "description": "A web framework.",
        "order": 7,
        "locale": "en",
        "codePrefix": "FAPI",
        "aliases": ["Fast API", "FA"],
        "language": {"name": "Python", "language": None},
        "publishedCount": 0,
        "counts": [],
    }


def test_published_entries_are_counted_under_their_terms():
    technology, topic, role = terms.technology("php"), terms.topic(), terms.role()
    category = terms.category("basics")
    filed = {"technology": technology, "topics": [topic]}
    for _ in range(2):
        entries.published(entries.question(category=category, roles=[role], **filed))
    entries.published(entries.snippet(**filed))
    entries.published(entries.design_note())
    entries.question(category=category, roles=[role], **filed).save_revision()

    answer = data(
        '{ technology(slug: "php") { publishedCount counts { kind count } }'
        ' topic(slug: "http") { publishedCount } category(slug: "basics") { publishedCount }'
        ' role(slug: "backend-engineer") { publishedCount } }'
    )

    assert answer == {
        "technology": {
            "publishedCount": 3,
            "counts": [
                {"kind": "INTERVIEW_QUESTION", "count": 2},
                {"kind": "CODE_SNIPPET", "count": 1},
            ],
        },
        "topic": {"publishedCount": 3},
        "category": {"publishedCount": 2},
        "role": {"publishedCount": 2},
    }


def test_counts_are_those_of_the_language_read(german):
    technology = terms.technology("php")
    translated_term(technology, german, slug="php-de")
    first = entries.published(entries.debug_entry(technology=technology))
    translated(first, german)
    entries.published(entries.debug_entry(technology=technology))
    query = (
        "query ($locale: String, $fallback: LocaleFallback) {"
        " technologies(locale: $locale, fallback: $fallback) { slug publishedCount } }"
    )

    def counted(**arguments):
        return [tuple(one.values()) for one in data(query, **arguments)["technologies"]]

    assert counted() == [("php", 2)]
    assert counted(locale="de") == [("php-de", 2)]
    assert counted(locale="de", fallback="NONE") == [("php-de", 1)]


def test_a_domain_tells_its_claim_and_what_is_published():
    Domain.objects.create(
        name="Debugging",
        slug="debugging",
        number="02",
        kind="DEBUG_ENTRY",
        claimed_figure="3,500+",
        claimed_number=3500,
        unit="errors",
        call_to_action="Browse",
    )
    entries.published(entries.debug_entry())
    entries.published(entries.snippet())

    answer = data(
        "{ domains { name slug number kind claimedFigure claimedNumber unit callToAction"
        " publishedCount } }"
    )

    assert answer["domains"] == [
        {
            "name": "Debugging",
            "slug": "debugging",
            "number": "02",
            "kind": "DEBUG_ENTRY",
            "claimedFigure": "3,500+",
            "claimedNumber": 3500,
            "unit": "errors",
            "callToAction": "Browse",
            "publishedCount": 1,
        }
    ]


def test_an_unknown_slug_is_null():
    assert data('{ topic(slug: "unknown") { id } }')["topic"] is None


def test_a_deleted_term_is_gone():
    terms.topic("http").delete()

    assert data('{ topics { id } topic(slug: "http") { id } }') == {"topics": [], "topic": None}


def test_untranslated_terms_are_left_out_without_fallback(german):
    translated_term(terms.topic("http"), german, slug="http-de")
    terms.topic("sql")

    assert data('{ topics(locale: "de", fallback: NONE) { slug } }')["topics"] == [
        {"slug": "http-de"}
    ]


def test_the_slug_of_the_default_language_leads_to_the_translation(german):
    translated_term(terms.topic("http"), german, slug="http-de", name="Auf Deutsch")

    assert data('{ topic(slug: "http", locale: "de") { name } }')["topic"] == {
        "name": "Auf Deutsch"
    }

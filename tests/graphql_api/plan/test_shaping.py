"""Entries shown field by field come out as entry by entry."""

import orjson
import pytest

from knowledge.models import PublishedEntry
from tests.factories import entries, terms
from tests.graphql_api.plan.running import answered, prepared

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_remembered")]


def alike(text):
    """The answer of the plan, which is that of graphql-core."""
    operation = prepared(text)
    planned = answered(operation, {}, plans=True)

    assert planned.given_up == ()
    assert planned.body == answered(operation, {}, plans=False).body
    return orjson.loads(planned.body)["data"]


def test_fields_come_in_the_order_of_the_selection():
    entries.published(entries.question())

    data = alike(
        "{ interviewQuestions { nodes { level again: level deepDive { text } code category { name }"
        " difficulty title __typename } } }"
    )

    assert list(data["interviewQuestions"]["nodes"][0]) == [
        "level", "again", "deepDive", "code", "category", "difficulty", "title", "__typename",
    ]  # fmt: skip


def test_entries_of_one_list_have_what_is_their_own():
    deep, bad = ("deep_dive", entries.prose("Deep.")), ("common_mistakes", entries.prose("Bad."))
    go = terms.technology("go")
    entries.published(entries.question(code="DI-MID-001", sections=[bad, deep]))
    entries.published(entries.question(code="DI-MID-002", sections=[deep], technology=go))

    data = alike(
        "{ interviewQuestions(orderBy: CODE_ASC) { nodes { code technology { slug }"
        " deepDive { text } commonMistakes { text heading } } } }"
    )

    assert [
        (one["code"], one["technology"]["slug"], one["deepDive"], one["commonMistakes"])
        for one in data["interviewQuestions"]["nodes"]
    ] == [
        (
            "DI-MID-001",
            "fastapi",
            {"text": "Deep."},
            {"text": "Bad.", "heading": "Common mistakes"},
        ),
        ("DI-MID-002", "go", {"text": "Deep."}, None),
    ]


def test_follow_up_questions_come_without_their_forms():
    asked = [{"question": "Why?"}, {"question": "And then?"}]
    sections = [("deep_dive", entries.prose("Deep.")), ("follow_up_questions", asked)]
    entries.published(entries.question(sections=sections))

    data = alike(
        "{ interviewQuestions { nodes { followUpQuestions { questions { question } } } } }"
    )

    (node,) = data["interviewQuestions"]["nodes"]
    assert node["followUpQuestions"]["questions"] == asked


def test_a_rich_text_is_shown_in_the_forms_that_are_asked_for():
    entries.published(entries.snippet(description="<p>Does <b>it</b>.</p>"))

    data = alike("{ codeSnippets { nodes { plain: description { text } description { html } } } }")

    (node,) = data["codeSnippets"]["nodes"]
    assert node["plain"] == {"text": "Does it."}
    assert node["description"] == {"html": "<p>Does <b>it</b>.</p>"}


def test_a_name_that_no_enum_has_is_left_to_graphql_core():
    entry = entries.published(entries.question())
    row = PublishedEntry.objects.get(pk=entry.pk)
    PublishedEntry.objects.filter(pk=entry.pk).update(card={**row.card, "level": "WIZARD"})
    operation = prepared("{ interviewQuestions { nodes { code level } } }")

    found = answered(operation, {}, plans=True)

    assert found.given_up == ("interviewQuestions",)
    assert found.body == answered(operation, {}, plans=False).body


def test_an_empty_list_reads_no_terms(django_assert_num_queries):
    terms.technology()
    operation = prepared("{ interviewQuestions { nodes { technology { name } } } }")
    answered(operation, {}, plans=True)

    # A savepoint, the list, the content version, and the savepoint's release.
    with django_assert_num_queries(4):
        assert answered(operation, {}, plans=True).body.count(b'"nodes":[]') == 1

"""Filters select exactly what they say, and cannot be made to cost without bound."""

from datetime import UTC, datetime

import pytest

from knowledge.models import PublishedEntry
from tests.factories import entries, terms
from tests.factories.translations import translated_term
from tests.support.execution import data, execute, refusal

pytestmark = pytest.mark.usefixtures("kept_db")


def found(field, condition):
    query = f"{{ list: {field}(filter: {condition}, orderBy: TITLE_ASC) {{ nodes {{ title }} }} }}"
    return [node["title"] for node in data(query)["list"]["nodes"]]


@pytest.fixture(scope="module")
def questions(module_db):
    """Four questions that differ in everything they can be filtered by."""
    common = {"category": terms.category("security")}
    entries.published(
        entries.question(
            title="A",
            slug="a",
            level="JUNIOR",
            difficulty=2,
            technology=terms.technology("php"),
            topics=[terms.topic("http"), terms.topic("sql")],
            roles=[terms.role("backend-engineer")],
            category=terms.category("basics"),
        )
    )
    entries.published(
        entries.question(title="B", slug="b", level="MID", difficulty=5, roles=[], **common)
    )
    entries.published(
        entries.question(
            title="C",
            slug="c",
            level="SENIOR",
            difficulty=9,
            topics=[terms.topic("sql")],
            roles=[terms.role("architect"), terms.role("backend-engineer")],
            **common,
        )
    )
    imported = entries.question(
        title="D", slug="d", level="", difficulty=None, source_id="7", **common
    )
    entries.published(imported)
    for number, title in enumerate("abcd", start=1):
        PublishedEntry.objects.filter(title_key=title).update(
            published_at=datetime(2026, 1, number, tzinfo=UTC),
            updated_at=datetime(2026, 2, number, tzinfo=UTC),
        )


@pytest.mark.parametrize(
    ("condition", "titles"),
    [
        ("{}", "ABCD"),
        ("{technology: {}}", "ABCD"),
        ("{technology: null}", "ABCD"),
        ("{technology: {eq: null}}", "ABCD"),
        ('{technology: {eq: "php"}}', "A"),
        ('{technology: {in: ["php", "fastapi"]}}', "ABCD"),
        ('{technology: {eq: "php", in: ["fastapi"]}}', ""),
        ('{technology: {eq: "unknown"}}', ""),
        ("{technology: {in: []}}", ""),
        ('{category: {eq: "basics"}}', "A"),
        ('{topic: {eq: "sql"}}', "AC"),
        ('{topic: {in: ["http", "sql"]}}', "AC"),
        ('{and: [{topic: {eq: "http"}}, {topic: {eq: "sql"}}]}', "A"),
        ('{role: {eq: "architect"}}', "C"),
        ("{level: {eq: MID}}", "B"),
        ("{level: {in: [MID, JUNIOR]}}", "AB"),
        ("{difficulty: {gte: 5}}", "BC"),
        ("{difficulty: {lte: 5}}", "AB"),
        ("{difficulty: {gte: 3, lte: 8}}", "B"),
        ("{difficulty: {lte: 2147483647}}", "ABC"),
        ("{difficulty: {gte: -2147483648}}", "ABC"),
        ("{difficulty: {gte: 2147483647}}", ""),
        ('{slug: {in: ["a", "d"]}}', "AD"),
        ('{code: {eq: "php-jr-001"}}', "A"),
        ('{publishedAt: {gte: "2026-01-02T00:00:00Z"}}', "BCD"),
        ('{publishedAt: {gt: "2026-01-02T00:00:00Z"}}', "CD"),
        ('{updatedAt: {lt: "2026-02-02T01:00:00+01:00"}}', "A"),
        ('{updatedAt: {lte: "2026-02-02T01:00:00+01:00"}}', "AB"),
        ("{level: {eq: MID}, difficulty: {gte: 6}}", ""),
        ("{or: [{level: {eq: MID}}, {difficulty: {gte: 6}}]}", "BC"),
        ("{or: []}", ""),
        ("{and: []}", "ABCD"),
        ("{or: [{}, {level: {eq: MID}}]}", "ABCD"),
        ("{not: {}}", ""),
        ("{not: {level: {eq: MID}}}", "ACD"),
        ("{not: {not: {level: {eq: MID}}}}", "B"),
        ('{not: {topic: {eq: "sql"}}}', "BD"),
        ('{not: {technology: {eq: "unknown"}}}', "ABCD"),
        ("{not: {or: [{level: {eq: MID}}, {difficulty: {gte: 6}}]}}", "AD"),
        ("{not: {difficulty: {gte: 5}}}", "AD"),
    ],
)
def test_questions(questions, condition, titles):
    assert found("interviewQuestions", condition) == list(titles)


def test_a_term_is_filtered_by_its_slug_in_the_language_read(questions, module_german):
    translated_term(terms.topic("sql"), module_german, slug="abfragen")
    query = (
        "query ($slug: String) { list: interviewQuestions("
        'locale: "de", filter: {topic: {eq: $slug}}) { totalCount } }'
    )

    assert data(query, slug="abfragen")["list"]["totalCount"] == 2
    assert data(query, slug="sql")["list"]["totalCount"] == 2
    assert found("interviewQuestions", '{topic: {eq: "abfragen"}}') == []


@pytest.mark.parametrize("field", ["code", "slug", "technology", "topic"])
@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "'; DROP TABLE x; --", "%", ""])
def test_hostile_text_finds_nothing(questions, field, text):
    query = (
        "query ($text: String) { list: interviewQuestions("
        f"filter: {{{field}: {{eq: $text}}}}) {{ totalCount }} }}"
    )

    assert data(query, text=text)["list"]["totalCount"] == 0


@pytest.mark.parametrize(
    "condition",
    [
        "{password: {eq: 1}}",
        "{technology: {startsWith: 1}}",
        "{level: {eq: EXPERT}}",
        '{level: {eq: "MID"}}',
        "{level: {eq: BEGINNER}}",
        '{difficulty: {gte: "1"}}',
        "{difficulty: {gte: 9999999999}}",
        '{publishedAt: {gte: "yesterday"}}',
    ],
)
def test_an_unknown_condition_does_not_validate(condition):
    result = execute(f"{{ interviewQuestions(filter: {condition}) {{ totalCount }} }}")

    assert result.data is None
    assert result.errors[0].path is None


COUNT = (
    "query ($filter: InterviewQuestionFilter) { interviewQuestions(filter: $filter) {totalCount} }"
)


def nested(levels):
    condition = {"level": {"eq": "MID"}}
    for _ in range(levels):
        condition = {"not": condition}
    return condition


@pytest.mark.parametrize(
    ("allowed", "refused"),
    [
        ({"slug": {"in": ["x"] * 100}}, {"slug": {"in": ["x"] * 101}}),
        (nested(7), nested(8)),
        (
            {"or": [{"slug": {"eq": "x"}}] * 99},
            {"or": [{"slug": {"eq": "x"}}] * 100},
        ),
    ],
)
def test_a_filter_has_a_size(questions, allowed, refused):
    assert execute(COUNT, filter=allowed).errors is None
    assert refusal(COUNT, filter=refused)[0] == "FILTER_TOO_COMPLEX"


def test_a_filter_from_variables_means_the_same(questions):
    assert data(COUNT, filter={"not": {"level": {"in": ["MID"]}}}) == {
        "interviewQuestions": {"totalCount": 3}
    }

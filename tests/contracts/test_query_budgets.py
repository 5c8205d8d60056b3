"""A list costs the same number of statements however long it is, with every field selected."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from graphql_api.schema import schema
from knowledge.models import EntryRelation, LearningModule, PathPrerequisite, PublishedEntry
from tests.factories import entries, terms
from tests.factories.translations import translated
from tests.support.execution import data
from tests.support.full_selection import full_query
from tests.support.read_model import clone

pytestmark = pytest.mark.usefixtures("kept_db")

LISTS = [
    "interviewQuestions",
    "debugEntries",
    "codeSnippets",
    "systemDesignNotes",
    "learningPaths",
    "securityTopics",
    "entries",
]
SINGLES = {
    "interviewQuestion": "InterviewQuestion",
    "debugEntry": "DebugEntry",
    "codeSnippet": "CodeSnippet",
    "systemDesignNote": "SystemDesignNote",
    "learningPath": "LearningPath",
    "securityTopic": "SecurityTopic",
}
LIST_BUDGET = 6
SINGLE_BUDGET = 4


@pytest.fixture(scope="module")
def archive(module_german):
    """Three entries of each kind, translated, filed, related and pointing at one another."""
    made = {}
    filed = {"topics": [terms.topic("http"), terms.topic("sql")]}
    target = entries.published(entries.debug_entry(area="DB", **filed))
    for make in entries.ALL_KINDS:
        fields = dict(filed)
        if make is entries.question:
            fields["roles"] = [terms.role()]
            fields["sections"] = [
                ("deep_dive", entries.prose("x")),
                ("follow_up_questions", [{"question": "And then?", "answered_by": target}]),
            ]
        entry = make(**fields)
        entry.relations = [EntryRelation(target=target)]
        if make is entries.learning_path:
            resources = [("entry", {"title": "", "entry": target})]
            entry.modules = [LearningModule(title="One", resources=resources)]
            before = entries.published(entries.learning_path(title="Before", **filed))
            entry.prerequisites = [PathPrerequisite(required_path=before)]
        entry.save()
        entry = entries.published(entry)
        translated(entry, module_german)
        made[entry.KIND] = entry
    for entry in made.values():
        missing = 3 - PublishedEntry.objects.filter(kind=entry.KIND, locale="en").count()
        clone(entry, missing)
    return made


def statements(query, **variables):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        answer = data(query, **variables)
    return len(captured), answer


def list_query(field, locale):
    return full_query(schema.graphql_schema, f'{field}(first: 50, locale: "{locale}")')


@pytest.mark.parametrize("locale", ["en", "de"])
def test_lists(archive, locale):
    few = {field: statements(list_query(field, locale)) for field in LISTS}
    for entry in archive.values():
        clone(entry, 47)
    many = {field: statements(list_query(field, locale)) for field in LISTS}

    assert {field: answer["found"]["totalCount"] for field, (_, answer) in few.items()} == {
        **dict.fromkeys(LISTS, 3),
        "entries": 18,
    }
    assert {field: answer["found"]["totalCount"] for field, (_, answer) in many.items()} == {
        **dict.fromkeys(LISTS, 50),
        "entries": 300,
    }
    taken = {field: number for field, (number, _) in few.items()}
    assert {field: number for field, (number, _) in many.items()} == taken
    assert max(taken.values()) <= LIST_BUDGET, taken


@pytest.mark.parametrize("argument", ["code", "slug"])
def test_singles(archive, argument):
    by_type = {type(entry).__name__: entry for entry in archive.values()}
    taken = {}
    for field, type_name in SINGLES.items():
        value = getattr(by_type[type_name], argument)
        number, answer = statements(
            full_query(schema.graphql_schema, f'{field}({argument}: "{value}")')
        )
        assert answer["found"]["title"] == by_type[type_name].title
        taken[field] = number

    assert max(taken.values()) <= SINGLE_BUDGET, taken


@pytest.mark.parametrize("field", ["technologies", "categories", "topics", "roles", "domains"])
def test_vocabularies(archive, field):
    query = full_query(schema.graphql_schema, field)
    few, _ = statements(query)
    for number in range(20):
        for make in (terms.technology, terms.category, terms.topic, terms.role):
            make(f"more-{number}")
    many, _ = statements(query)

    assert few == many
    assert few <= 2


def test_a_card_list_takes_one_statement(archive):
    number, _ = statements("{ entries { nodes { code title summary publishedAt } } }")

    assert number == 1


def test_a_single_with_its_sections_takes_one_statement(archive):
    code = archive["DEBUG_ENTRY"].code
    number, _ = statements(f'{{ debugEntry(code: "{code}") {{ title sections {{ html }} }} }}')

    assert number == 1


def test_terms_of_one_request_are_read_once(archive):
    number, _ = statements(
        "{ a: debugEntries { nodes { technology { name } } }"
        " b: codeSnippets { nodes { topics { name } } } technologies { name } }"
    )

    assert number == 3

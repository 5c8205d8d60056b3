"""The operations of the examples need no executor, and few statements however much there is."""

import sys
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from knowledge.models import EntryRelation, PublishedEntry
from tests.factories import entries, pages, terms
from tests.frontend_examples.test_operations import FILES, VARIABLES
from tests.graphql_api.plan.conftest import forget
from tests.graphql_api.plan.running import answered, prepared
from tests.support.read_model import clone

pytestmark = pytest.mark.usefixtures("kept_db")

# Root fields that graphql-core answers, and why.
LEFT = {
    # It notes what was not found, which must not be noted twice.
    "error_lookup": ("lookupError",),
}
LISTS = {
    "error_list",
    "learning_paths",
    "question_list",
}
SINGLES = {"error", "learning_path", "question"}
LIST_BUDGET = 6
SINGLE_BUDGET = 4
# Each answer is made inside a savepoint, which is then released.
SAVEPOINT = 2
ALL_VARIABLES = {**VARIABLES, "question_list": {}}


@pytest.fixture(scope="module")
def archive(module_german):
    """Three entries of each kind, two of them copies, that point at one another."""
    topics = [terms.topic("http"), terms.topic("sql")]
    target = entries.published(entries.debug_entry(slug="broken", topics=topics))
    made = [
        target,
        entries.published(
            entries.question(
                slug="asked",
                topics=topics,
                roles=[terms.role()],
                sections=[
                    ("deep_dive", entries.prose("x")),
                    ("follow_up_questions", [{"question": "And then?", "answered_by": target}]),
                ],
            )
        ),
        entries.published(entries.learning_path(slug="way")),
        entries.published(entries.snippet()),
        entries.published(entries.design_note()),
        entries.published(entries.security_topic()),
    ]
    for entry in made:
        entry.relations = [EntryRelation(target=target if entry != target else made[1])]
        entry.save()
        entries.published(entry)
        clone(entry, 2)
    pages.standard(pages.home(), "About")
    return made


@pytest.fixture(autouse=True)
def nothing_kept(archive):
    forget()
    yield
    forget()


def by_plan(file):
    """The answer by plans, and how many statements it took."""
    parsed = prepared(file.read_text())
    with CaptureQueriesContext(connection) as captured:
        found = answered(parsed, ALL_VARIABLES.get(file.stem, {}), plans=True)
    assert not found.has_errors, found.body
    return found, len(captured) - SAVEPOINT


def named(function):
    return pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)(function)


def test_the_files_are_those_of_the_examples():
    folder = Path(django_settings.GRAPHQL_TRUSTED_DOCUMENTS)

    assert {file.stem for file in FILES} == {file.stem for file in folder.glob("*.graphql")}
    assert {*LEFT, *LISTS, *SINGLES} <= {file.stem for file in FILES}


@named
def test_no_root_field_falls_back(file):
    found, _ = by_plan(file)

    assert found.given_up == ()
    assert found.left == LEFT.get(file.stem, ())


@named
def test_plans_and_graphql_core_say_the_same(file):
    found, _ = by_plan(file)
    expected = answered(prepared(file.read_text()), ALL_VARIABLES.get(file.stem, {}), plans=False)

    assert found.body == expected.body


@named
def test_the_number_of_statements_does_not_grow(file, archive):
    # What search knows of words is read once a process.
    by_plan(file)
    forget()
    _, few = by_plan(file)
    for entry in archive:
        clone(entry, 27)
    forget()
    _, many = by_plan(file)

    assert PublishedEntry.objects.filter(kind="DEBUG_ENTRY").count() == 30
    sys.stdout.write(f"{file.stem}: {many} statements\n")
    assert many == few


def test_lists_and_singles_stay_within_their_budgets():
    taken = {}
    for file in FILES:
        forget()
        taken[file.stem] = by_plan(file)[1]

    # The page, the stamps of the content version, the vocabulary, the total.
    assert {name: taken[name] for name in LISTS} == dict.fromkeys(LISTS, 4)
    assert max(taken[name] for name in LISTS) <= LIST_BUDGET
    assert max(taken[name] for name in SINGLES) <= SINGLE_BUDGET, taken


def test_what_is_remembered_is_not_read_again():
    file = next(one for one in FILES if one.stem == "question_list")
    _, first = by_plan(file)
    _, second = by_plan(file)

    # The page alone.
    assert (first, second) == (4, 1)

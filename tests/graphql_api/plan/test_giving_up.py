"""What a plan cannot answer, graphql-core answers from the beginning, errors and all."""

import json

import pytest

from knowledge.models import PublishedEntry
from tests.factories import entries, terms
from tests.graphql_api.plan.running import answered, prepared

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_remembered")]

LIST = "{ entries { nodes { code title sections { __typename } topics { name } } } }"
SINGLE = """query ($code: String!) {
  broken: entry(code: $code) { code title sections { __typename } topics { name } }
  whole: technologies { slug }
}"""


@pytest.fixture
def broken(request):
    """An entry whose stored document is not what rendering makes."""
    column, change = request.param
    entry = entries.published(entries.question())
    row = PublishedEntry.objects.get(pk=entry.pk)
    document = getattr(row, column)
    document.update(change)
    PublishedEntry.objects.filter(pk=entry.pk).update(**{column: document})
    return entry


DAMAGE = {
    "null where none may be": ("card", {"title": None}),
    "no list": ("outline", {"sections": 7}),
    "a section of no type": ("outline", {"sections": [{"name": "NOTHING", "part": 0}]}),
    "an object where a text is": ("card", {"code": {"not": "a text"}}),
}


def both(text, variables):
    parsed = prepared(text)
    expected = answered(parsed, variables, plans=False)
    return expected, answered(parsed, variables, plans=True)


@pytest.mark.parametrize("broken", DAMAGE.values(), ids=DAMAGE, indirect=True)
def test_a_broken_document_fails_in_a_list_as_it_does_without_plans(broken):
    expected, found = both(LIST, {})

    assert found.body == expected.body
    assert (found.given_up, found.planned) == (("entries",), ())
    assert json.loads(found.body)["errors"][0]["extensions"]["code"] == "INTERNAL_SERVER_ERROR"


@pytest.mark.parametrize("broken", DAMAGE.values(), ids=DAMAGE, indirect=True)
def test_the_other_root_fields_are_answered_by_their_plans(broken):
    expected, found = both(SINGLE, {"code": broken.code})

    assert found.body == expected.body
    assert (found.given_up, found.planned) == (("entry",), ("technologies",))
    answer = json.loads(found.body)["data"]
    assert answer == {"broken": None, "whole": [{"slug": "fastapi"}]}


def test_a_value_that_no_directive_takes_is_graphql_cores_to_refuse():
    text = "query ($with: Boolean = true) { technologies { slug @include(if: $with) } }"
    terms.technology()

    expected, found = both(text, {"with": None})

    assert expected.has_errors
    assert (found.body, found.left) == (expected.body, ("technologies",))


def test_the_same_on_a_root_field_leaves_no_plan():
    text = "query ($with: Boolean = true) { technologies @include(if: $with) { slug } }"

    expected, found = both(text, {"with": None})

    assert expected.has_errors
    assert (found.body, found.planned, found.given_up) == (expected.body, (), ())

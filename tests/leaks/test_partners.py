"""A partner's key shows what it is bound to, and nothing beside it, in any field or count."""

import json

import pytest

from cms.access.models import ApiKey
from graphql_api.schema import schema as composed
from knowledge.kinds import Kind
from tests.factories import entries, terms
from tests.leaks.arguments import Guesses
from tests.leaks.crawling import ask, questions
from tests.leaks.test_crawl import node_ids
from tests.leaks.worlds import CANARY, PUBLIC, marked

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SCHEMA = composed.graphql_schema


@pytest.fixture(autouse=True)
def quiet(caplog):
    caplog.set_level("ERROR", logger="lamplight.graphql")


def partner(**bounds):
    """The headers of a partner with a key of these bounds."""
    key = ApiKey(name="Partner", per_minute=10**9, per_day=10**9, **bounds)
    token = key.issue()
    key.save()
    return {"authorization": f"Bearer {token}"}


def neighbours():
    """One question inside the bounds; every kind, and another technology, beside them.

    All of it is public, and all of it points at each other. Returns what is outside.
    """
    fastapi, php = terms.technology("fastapi"), terms.technology("php")
    inside = entries.published(marked(entries.question, PUBLIC, technology=fastapi))
    outside = [entries.published(marked(make, CANARY)) for make in entries.ALL_KINDS[1:]]
    other = marked(entries.question, CANARY, slug=f"{CANARY}-php", technology=php)
    outside.append(entries.published(other))
    for entry in outside:
        inside.relations.create(target=entry)
    inside.save()
    entries.published(inside)
    gone = entries.published(
        marked(entries.question, CANARY, slug=f"{CANARY}-gone", technology=php)
    )
    gone.unpublish()
    return [*outside, gone]


def guesses(outside):
    known = [text for entry in outside for text in (entry.code, entry.slug, str(entry.pk))]
    return Guesses(
        texts=(CANARY, "fastapi", "php"),
        ids=node_ids([str(entry.pk) for entry in outside]),
        by_name={"code": tuple(known[::3]), "slug": tuple(known[1::3]), "path": ("/",)},
    )


def test_nothing_outside_the_bounds_is_in_any_answer(client):
    outside = neighbours()
    headers = partner(kinds=[Kind.INTERVIEW_QUESTION.value], technologies=["fastapi"])
    hidden = [CANARY, *(entry.code.casefold() for entry in outside)]

    found = []
    inside = 0
    for question in questions(SCHEMA, guesses(outside)):
        answer = ask(client, question, **headers).casefold()
        inside += f"{PUBLIC} title" in answer
        if any(text in answer for text in hidden):
            found.append(str(question))

    assert found == []
    assert inside > 10


COUNTS = """{
  entries { totalCount } debugEntries { totalCount } interviewQuestions { totalCount }
  technologies { slug publishedCount counts { kind count } }
  search(query: "title") { totalCount facets { kinds { count } technologies { count } } }
  changes(first: 100) { nodes { kind action } }
}"""


def test_counts_are_those_of_the_bounds(client):
    neighbours()
    headers = partner(technologies=["fastapi"], kinds=[Kind.INTERVIEW_QUESTION.value])

    response = client.post(
        "/graphql", json.dumps({"query": COUNTS}), "application/json", headers=headers
    ).json()

    assert "errors" not in response
    answer = response["data"]
    assert [answer[name]["totalCount"] for name in ("entries", "debugEntries")] == [1, 0]
    assert answer["interviewQuestions"]["totalCount"] == 1
    assert {one["slug"]: one["publishedCount"] for one in answer["technologies"]} == {
        "fastapi": 1,
        "php": 0,
        "javascript": 0,
    }
    assert answer["search"]["totalCount"] == 1
    assert answer["search"]["facets"] == {"kinds": [{"count": 1}], "technologies": [{"count": 1}]}
    assert {one["kind"] for one in answer["changes"]["nodes"]} == {"INTERVIEW_QUESTION"}
    assert len(answer["changes"]["nodes"]) == 2


def test_an_unknown_technology_shows_no_entry(client):
    neighbours()
    headers = partner(technologies=["cobol"])

    response = client.post(
        "/graphql", json.dumps({"query": COUNTS}), "application/json", headers=headers
    ).json()

    assert response["data"]["entries"]["totalCount"] == 0
    assert response["data"]["search"]["totalCount"] == 0
    assert response["data"]["changes"]["nodes"] == []

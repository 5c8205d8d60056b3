"""``node`` and ``nodes`` find again what an id was given for."""

import pytest

from graphql_api.knowledge.global_ids import GlobalId, global_id, read_global_id
from tests.factories import entries, terms
from tests.factories.translations import translated
from tests.support.execution import data, refusal

pytestmark = pytest.mark.django_db

NODE = "query ($id: ID!) { node(id: $id) { __typename id ... on Entry { title } } }"
NODES = "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }"


def test_an_id_comes_back_as_it_went_out():
    assert read_global_id(global_id("DebugEntry", 12)) == GlobalId("DebugEntry", 12)


@pytest.mark.parametrize("make", entries.ALL_KINDS)
def test_every_entry_is_a_node(make):
    entry = entries.published(make())
    answer = data("{ entries { nodes { __typename id title } } }")["entries"]["nodes"][0]

    assert data(NODE, id=answer["id"])["node"] == answer
    assert answer["title"] == entry.title


@pytest.mark.parametrize("field", ["technologies", "categories", "topics", "roles"])
def test_every_term_is_a_node(field):
    for make in (terms.technology, terms.category, terms.topic, terms.role):
        make()
    listed = data(f"{{ list: {field} {{ __typename id }} }}")["list"][0]

    assert data(NODE, id=listed["id"])["node"] == listed


def test_a_node_is_in_the_language_of_its_id(german):
    entry = entries.published(entries.debug_entry(title="English"))
    copy = translated(entry, german, title="Deutsch")

    assert data(NODE, id=global_id("DebugEntry", copy.pk))["node"]["title"] == "Deutsch"


def test_the_id_of_a_draft_is_null():
    draft = entries.debug_entry()

    assert data(NODE, id=global_id("DebugEntry", draft.pk))["node"] is None


def test_an_id_with_the_type_of_another_kind_is_null():
    entry = entries.published(entries.debug_entry())

    assert data(NODE, id=global_id("CodeSnippet", entry.pk))["node"] is None


@pytest.mark.parametrize("identifier", ["", "nonsense", global_id("Password", 1)])
def test_what_is_no_id_is_refused(identifier):
    assert refusal(NODE, id=identifier) == ("BAD_USER_INPUT", "This is not an id of this API.")


def test_nodes_keep_the_order_of_their_ids():
    snippet = global_id("CodeSnippet", entries.published(entries.snippet()).pk)
    error = global_id("DebugEntry", entries.published(entries.debug_entry()).pk)
    missing = global_id("DebugEntry", 999_999)
    topic = global_id("Topic", terms.topic().pk)

    answer = data(NODES, ids=[error, missing, topic, snippet, error])["nodes"]

    assert [one and one["id"] for one in answer] == [error, None, topic, snippet, error]


def test_nodes_of_one_request_take_one_statement(django_assert_num_queries):
    ids = [global_id("DebugEntry", entries.published(entries.debug_entry()).pk) for _ in range(3)]

    with django_assert_num_queries(1):
        data(NODES, ids=ids)


def test_the_number_of_ids_is_limited():
    ids = [global_id("DebugEntry", 1)]

    assert refusal(NODES, ids=ids * 101)[0] == "PAGE_SIZE_TOO_LARGE"
    assert data(NODES, ids=ids * 100)["nodes"] == [None] * 100

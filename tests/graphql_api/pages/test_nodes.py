"""Pages, files and other people's words are found by their ids, and only while they are public."""

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from graphql import GraphQLObjectType
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from graphql_api.knowledge.global_ids import global_id
from graphql_api.knowledge.node import NODE_FINDERS
from graphql_api.schema import schema
from tests.factories import entries, pages
from tests.support.execution import data

pytestmark = pytest.mark.django_db

NODE = """query ($id: ID!) { node(id: $id) { __typename id
  ... on Page { title path parent { title } }
  ... on Image { title renditions { name } }
  ... on Document { title filename }
  ... on Quote { text locale }
  ... on Testimonial { text about { title } } } }"""

# An id there is another object's: an event names the entry it is about.
NAMES_ANOTHER = {"Change"}


def node(type_name: str, pk: int):
    return data(NODE, id=global_id(type_name, pk))["node"]


@pytest.fixture
def home():
    return pages.home(title="Front")


def image(**fields):
    file = get_test_image_file("picture.png")
    return get_image_model().objects.create(title="Picture", file=file, **fields)


def document(**fields):
    file = ContentFile(b"text", name="notes.txt")
    return get_document_model().objects.create(title="Notes", file=file, **fields)


def test_every_type_with_an_id_of_its_own_is_a_node():
    types = schema.graphql_schema.type_map.values()
    with_id = {
        one.name
        for one in types
        if isinstance(one, GraphQLObjectType) and "id" in one.fields and one.name[0] != "_"
    }
    nodes = {
        one.name
        for one in types
        if any(interface.name == "Node" for interface in getattr(one, "interfaces", ()))
    }

    assert with_id - nodes == NAMES_ANOTHER


def test_a_page_is_a_node(home):
    page = pages.standard(home, "About")

    assert node("StandardPage", page.pk) == {
        "__typename": "StandardPage",
        "id": global_id("StandardPage", page.pk),
        "title": "About",
        "path": "/about/",
        "parent": {"title": "Front"},
    }


def test_a_hidden_page_is_null(home):
    draft = pages.standard(home, "Draft", live=False)
    below = pages.standard(pages.private(pages.standard(home, "Private")), "Below")

    assert node("StandardPage", draft.pk) is None
    assert node("StandardPage", below.pk) is None


def test_a_page_under_the_id_of_another_type_is_null(home):
    assert node("StandardPage", home.pk) is None


def test_an_image_is_a_node():
    found = node("Image", image().pk)

    assert (found["__typename"], found["title"]) == ("Image", "Picture")
    assert [one["name"] for one in found["renditions"]] == ["thumbnail", "small", "medium", "large"]


def test_a_document_is_a_node():
    found = node("Document", document().pk)

    assert (found["__typename"], found["filename"]) == ("Document", "notes.txt")


def test_files_of_a_private_collection_are_null():
    collection = pages.private_collection()

    assert node("Image", image(collection=collection).pk) is None
    assert node("Document", document(collection=collection).pk) is None


def test_a_quote_is_a_node_in_its_own_language(german):
    quote = pages.quote(text="Schreib es auf.", locale=german)

    assert node("Quote", quote.pk) == {
        "__typename": "Quote",
        "id": global_id("Quote", quote.pk),
        "text": "Schreib es auf.",
        "locale": "de",
    }


def test_a_testimonial_is_a_node_with_what_it_is_about():
    entry = entries.published(entries.question(title="Why?"))
    found = node("Testimonial", pages.testimonial(text="Good.", about=entry.entry_ptr).pk)

    assert (found["text"], found["about"]) == ("Good.", {"title": "Why?"})


def test_words_that_are_not_out_are_null():
    assert node("Quote", pages.quote(live=False).pk) is None
    assert node("Testimonial", pages.testimonial(**pages.expired()).pk) is None


def test_nodes_of_all_sorts_come_in_the_order_of_their_ids(home):
    ids = [
        global_id("Quote", pages.quote().pk),
        global_id("DebugEntry", entries.published(entries.debug_entry()).pk),
        global_id("HomePage", home.pk),
        global_id("Document", 999_999),
        global_id("Image", image().pk),
    ]
    found = data("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=ids)["nodes"]

    assert [one and one["id"] for one in found] == [*ids[:3], None, ids[4]]


MAKERS = {
    "StandardPage": lambda home, number: pages.standard(home, f"Page {number}"),
    "Image": lambda home, number: image(),
    "Document": lambda home, number: document(),
    "Quote": lambda home, number: pages.quote(),
    "Testimonial": lambda home, number: pages.testimonial(),
}


def test_a_maker_stands_for_every_finder():
    assert NODE_FINDERS.keys() - {"HomePage", "LandingPage"} == MAKERS.keys()


@pytest.mark.parametrize("type_name", MAKERS)
def test_ten_ids_take_as_many_statements_as_one(home, type_name):
    ids = [global_id(type_name, MAKERS[type_name](home, number).pk) for number in range(10)]

    assert statements(ids) == statements(ids[:1])


def statements(ids: list[str]) -> int:
    with CaptureQueriesContext(connection) as captured:
        found = data("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=ids)["nodes"]
    assert [one["id"] for one in found] == ids
    return len(captured)

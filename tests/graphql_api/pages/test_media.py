"""Images and documents of public collections, in the sizes that there are."""

import pytest
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from graphql_api.knowledge.global_ids import global_id
from tests.factories import pages
from tests.support.execution import data, refusal

pytestmark = pytest.mark.django_db


def image(title="Chart", size=(40, 20), **fields):
    """An image; a large one takes long to scale."""
    return get_image_model().objects.create(
        title=title, file=get_test_image_file(size=size), **fields
    )


def document(title="Paper", **fields):
    return get_document_model().objects.create(
        title=title, file="documents/paper.pdf", file_size=12, **fields
    )


def test_an_image_has_its_named_sizes():
    row = image(size=(2000, 1000), description="A chart", credit="Ada", licence="CC0-1.0")

    answer = data(
        """query ($id: ID!) { image(id: $id) {
             title alt credit licence width height
             renditions { name width height }
             rendition(name: small) { name width }
           } }""",
        id=global_id("Image", row.pk),
    )
    assert answer["image"] == {
        "title": "Chart",
        "alt": "A chart",
        "credit": "Ada",
        "licence": "CC0-1.0",
        "width": 2000,
        "height": 1000,
        "renditions": [
            {"name": "thumbnail", "width": 320, "height": 180},
            {"name": "small", "width": 640, "height": 320},
            {"name": "medium", "width": 1024, "height": 512},
            {"name": "large", "width": 1600, "height": 800},
        ],
        "rendition": {"name": "small", "width": 640},
    }


def test_reading_makes_no_sizes():
    row = image()
    row.renditions.all().delete()

    answer = data("{ images { nodes { renditions { url } rendition(name: large) { url } } } }")

    assert answer["images"]["nodes"] == [{"renditions": [], "rendition": None}]
    assert row.renditions.count() == 0


def test_a_document_is_delivered():
    row = document(licence="MIT")

    answer = data(
        "query ($id: ID!) { document(id: $id) { title filename extension fileSize licence url } }",
        id=global_id("Document", row.pk),
    )
    assert answer["document"] == {
        "title": "Paper",
        "filename": "paper.pdf",
        "extension": "pdf",
        "fileSize": 12,
        "licence": "MIT",
        "url": f"/documents/{row.pk}/paper.pdf",
    }


@pytest.mark.parametrize(
    ("make", "one", "many"), [(image, "image", "images"), (document, "document", "documents")]
)
def test_files_of_private_collections_do_not_exist(make, one, many):
    private = pages.private_collection()
    hidden = [
        make("CANARY", collection=private),
        make("CANARY", collection=private.add_child(name="Deeper")),
    ]
    make("Shown")

    assert data(f"{{ {many} {{ totalCount nodes {{ title }} }} }}") == {
        many: {"totalCount": 1, "nodes": [{"title": "Shown"}]}
    }
    for row in hidden:
        answer = data(
            f"query ($id: ID!) {{ {one}(id: $id) {{ title }} }}",
            id=global_id(one.title(), row.pk),
        )
        assert answer == {one: None}


@pytest.mark.parametrize(("make", "many"), [(image, "images"), (document, "documents")])
def test_the_newest_come_first_and_cursors_reach_the_rest(make, many):
    for number in range(3):
        make(f"File {number}")

    page = data(f"{{ {many}(first: 2) {{ nodes {{ title }} pageInfo {{ endCursor }} }} }}")[many]
    assert [node["title"] for node in page["nodes"]] == ["File 2", "File 1"]
    rest = data(
        f"query ($after: String) {{ {many}(after: $after) {{ nodes {{ title }} }} }}",
        after=page["pageInfo"]["endCursor"],
    )
    assert rest == {many: {"nodes": [{"title": "File 0"}]}}


def test_statements_do_not_grow_with_the_images(django_assert_num_queries):
    query = "{ images { nodes { title renditions { url } } } }"
    image()
    with django_assert_num_queries(5):
        data(query)
    for _ in range(6):
        image()
    with django_assert_num_queries(5):
        assert len(data(query)["images"]["nodes"]) == 7


def test_the_id_of_something_else_is_refused():
    query = "query ($id: ID!) { image(id: $id) { title } }"

    assert refusal(query, id=global_id("Document", 1)) == (
        "BAD_USER_INPUT",
        "This is not the id of an image.",
    )

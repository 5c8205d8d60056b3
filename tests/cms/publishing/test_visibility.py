"""What may be seen: a page needs everything above it, a file every collection above it."""

import pytest
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from cms.publishing.visibility import (
    hidden_branches,
    visible_documents,
    visible_images,
    visible_pages,
    visible_records,
)
from pages.models import Quote
from tests.factories import pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return pages.home()


def is_visible(page: Page) -> bool:
    return visible_pages().filter(pk=page.pk).exists()


def test_a_live_page_is_visible(home):
    assert is_visible(pages.standard(home))


def test_the_root_of_the_tree_is_not_visible(home):
    assert not is_visible(Page.get_first_root_node())


def test_a_draft_is_not_visible(home):
    assert not is_visible(pages.standard(home, live=False))


def test_an_expired_page_is_not_visible_before_any_command_took_it_down(home):
    assert not is_visible(pages.standard(home, **pages.expired()))


def test_an_unpublished_page_is_not_visible(home):
    page = pages.standard(home)
    page.unpublish()

    assert not is_visible(page)


@pytest.mark.parametrize("fields", [{"live": False}, pages.expired()], ids=["draft", "expired"])
def test_a_page_below_a_hidden_page_is_not_visible(home, fields):
    parent = pages.standard(home, "Handbook", **fields)
    child = pages.standard(parent, "Guide")

    assert not is_visible(child)
    assert not is_visible(pages.standard(child, "Chapter"))


def test_a_restricted_page_and_what_is_below_it_are_not_visible(home):
    parent = pages.private(pages.standard(home, "Handbook"))
    child = pages.standard(parent, "Guide")

    assert not is_visible(parent)
    assert not is_visible(child)


def test_the_neighbour_of_a_restricted_page_is_visible(home):
    pages.private(pages.standard(home, "Handbook"))

    assert is_visible(pages.standard(home, "About"))


def test_hidden_branches_are_the_outermost_ones(home):
    outer = pages.private(pages.standard(home, "Handbook"))
    inner = pages.standard(outer, "Guide", live=False)
    pages.standard(inner, "Chapter")
    pages.standard(home, "Leaf", live=False)

    assert hidden_branches() == [outer.path]


def test_many_hidden_branches_take_one_more_statement(home, django_assert_num_queries):
    for number in range(30):
        pages.standard(pages.standard(home, f"Draft {number}", live=False), "Child")

    with django_assert_num_queries(2):
        assert [page.pk for page in visible_pages().filter(path__startswith=home.path)] == [home.pk]


def test_a_record_is_visible_while_it_is_out():
    shown = pages.quote()
    pages.quote(live=False)
    pages.quote(**pages.expired())

    assert list(visible_records(Quote.objects.all())) == [shown]


def test_a_file_below_a_private_collection_is_not_visible():
    private = pages.private_collection()
    below = private.add_child(name="Deeper")
    images, documents = get_image_model().objects, get_document_model().objects
    shown = images.create(title="Shown", file=get_test_image_file())
    for collection in (private, below):
        images.create(title="Hidden", file=get_test_image_file(), collection=collection)
        documents.create(title="Hidden", file="hidden.pdf", collection=collection)
    open_document = documents.create(title="Shown", file="shown.pdf")

    assert list(visible_images()) == [shown]
    assert list(visible_documents()) == [open_document]

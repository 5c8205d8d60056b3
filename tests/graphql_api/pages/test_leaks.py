"""What is not public appears nowhere: every field of the site is asked for, and no canary sings."""

import json

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from graphql_api.knowledge.global_ids import global_id
from graphql_api.schema import printed_schema, schema
from pages.models import NavigationItem, NavigationMenu
from tests.factories import entries, pages
from tests.support.execution import data
from tests.support.full_selection import full_query

pytestmark = pytest.mark.django_db

CANARY = "CANARY"


@pytest.fixture
def hidden_pages():
    """A site whose every page, block, menu and redirect points at something hidden."""
    home = pages.home()
    parent = pages.standard(home, "Open", show_in_menus=True)
    draft = pages.standard(home, f"{CANARY} draft", live=False, show_in_menus=True)
    private = pages.private(pages.standard(home, f"{CANARY} private", show_in_menus=True))
    found = [
        draft,
        private,
        pages.standard(draft, f"{CANARY} below a draft"),
        pages.standard(private, f"{CANARY} below a private page"),
        pages.standard(parent, f"{CANARY} expired", **pages.expired()),
    ]
    collection = pages.private_collection(CANARY)
    below = collection.add_child(name=f"{CANARY} below")
    image = get_image_model().objects.create(
        title=CANARY, file=get_test_image_file(f"{CANARY}.png"), collection=below
    )
    document = get_document_model().objects.create(
        title=CANARY, file=f"{CANARY}.pdf", collection=below
    )
    entry = entries.question(title=f"{CANARY} question")
    links = "".join(f'<a linktype="page" id="{page.pk}">a</a>' for page in found)
    parent.body = [
        ("paragraph", f'<p>{links}<a linktype="document" id="{document.pk}">d</a></p>'),
        ("image", {"image": image, "alt": CANARY, "caption": CANARY}),
        ("entry", entry),
        ("markdown", f"[e](entry:{entry.code})"),
    ]
    parent.save_revision().publish()
    # A draft of a live page, and its title in the column that Wagtail keeps for it.
    parent.title = f"{CANARY} next title"
    parent.introduction = CANARY
    parent.save_revision()
    pages.quote(text=CANARY, live=False)
    pages.testimonial(text="Good.", about=entry.entry_ptr)
    menu = NavigationMenu.objects.create(handle="main", name="Main")
    for page in found:
        NavigationItem.objects.create(menu=menu, page=page)
        Redirect.add_redirect(f"/former-{page.pk}", page)
    return found


@pytest.mark.parametrize(
    "field",
    ["pages(first: 100)", 'page(path: "/open/")', "navigation", "hub", "images", "documents"],
)
def test_no_canary_in_any_field(hidden_pages, field):
    assert CANARY not in json.dumps(data(full_query(schema.graphql_schema, field)))


def test_no_canary_around_any_page(hidden_pages):
    _, *fragments = full_query(schema.graphql_schema, "pages").splitlines()
    operation = """{ pages(first: 100) { ...PageConnection1 totalCount nodes {
        children { ...Page1 } ancestors { ...Page1 } parent { ...Page1 }
    } } }"""

    answer = data("\n".join([operation, *fragments]))

    assert CANARY not in json.dumps(answer)
    assert answer["pages"]["totalCount"] == 2


def test_no_hidden_page_by_path_id_redirect_or_parent(hidden_pages):
    for page in hidden_pages:
        path = page.url_path.removeprefix("/front")
        answer = data(
            """query ($path: String!, $id: ID!, $former: String!) {
              byPath: page(path: $path) { title }
              byId: page(id: $id) { title }
              redirect(path: $former) { url }
              pages(parentPath: $path) { totalCount }
            }""",
            path=path,
            id=global_id("StandardPage", page.pk),
            former=f"/former-{page.pk}",
        )
        assert answer == {
            "byPath": None,
            "byId": None,
            "redirect": None,
            "pages": {"totalCount": 0},
        }


@pytest.fixture(scope="module")
def printed():
    return printed_schema()


@pytest.mark.parametrize(
    "name",
    [
        "draftTitle",
        "owner",
        "goLiveAt",
        "expireAt",
        "locked",
        "lockedAt",
        "hasUnpublishedChanges",
        "latestRevision",
        "contentType",
        "aliases_",
        "rawValue",
        "fileHash",
        "uploadedByUser",
        "searchQuery",
        "urlPath",
        "numchild",
        "srcSet",
    ],
)
def test_nothing_of_the_libraries_is_in_the_schema(printed, name):
    assert f" {name}:" not in printed
    assert f" {name}(" not in printed

"""The list of pages: filters, orders, paging and languages."""

from datetime import UTC, datetime

import pytest

from pages.models import LandingPage
from tests.factories import pages
from tests.support.execution import data, refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    """A home page, four pages below it and one below the first of them."""
    home = pages.home()
    first = pages.standard(home, "Delta", show_in_menus=True)
    pages.standard(home, "Alpha")
    pages.standard(home, "Charlie", show_in_menus=True)
    pages.below(home, LandingPage(title="Bravo", slug="bravo"))
    pages.standard(first, "Echo")
    return home


def listed(arguments="", selection="nodes { title }"):
    return data(f"{{ pages{arguments} {{ {selection} }} }}")["pages"]


def titles(arguments=""):
    return [node["title"] for node in listed(arguments)["nodes"]]


def test_the_default_order_is_that_of_the_tree(site):
    assert titles() == ["Home", "Delta", "Echo", "Alpha", "Charlie", "Bravo"]


def test_pages_can_be_ordered_by_title(site):
    assert titles("(orderBy: TITLE_ASC)") == ["Alpha", "Bravo", "Charlie", "Delta", "Echo", "Home"]


def test_pages_can_be_ordered_by_publication(site):
    home = site
    pages.standard(home, "Old", first_published_at=datetime(2020, 1, 1, tzinfo=UTC))
    pages.standard(home, "New", first_published_at=datetime(2099, 1, 1, tzinfo=UTC))

    ordered = titles("(orderBy: PUBLISHED_AT_DESC)")
    assert ordered.index("New") < ordered.index("Old")
    assert ordered[0] == "New"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("(type: [LANDING_PAGE])", ["Bravo"]),
        ("(type: [HOME_PAGE, LANDING_PAGE])", ["Home", "Bravo"]),
        ("(type: [])", []),
        ('(parentPath: "/")', ["Delta", "Alpha", "Charlie", "Bravo"]),
        ('(parentPath: "/delta/")', ["Echo"]),
        ('(parentPath: "/nothing/")', []),
        ("(inMenu: true)", ["Delta", "Charlie"]),
        ('(parentPath: "/", inMenu: false)', ["Alpha", "Bravo"]),
    ],
)
def test_filters_narrow_the_list(site, arguments, expected):
    assert titles(arguments) == expected


@pytest.mark.parametrize("order", ["TREE", "TITLE_ASC", "PUBLISHED_AT_DESC"])
def test_cursors_reach_every_page_once(site, order):
    found, after = [], ""
    while True:
        answer = listed(
            f"(first: 2, orderBy: {order}{after})",
            "nodes { title } pageInfo { hasNextPage endCursor } totalCount",
        )
        found += [node["title"] for node in answer["nodes"]]
        assert answer["totalCount"] == 6
        if not answer["pageInfo"]["hasNextPage"]:
            break
        after = f', after: "{answer["pageInfo"]["endCursor"]}"'

    assert sorted(found) == ["Alpha", "Bravo", "Charlie", "Delta", "Echo", "Home"]


def test_a_page_beyond_the_end_is_empty(site):
    assert titles("(page: 9, perPage: 2)") == []


def test_too_large_a_page_is_refused(site):
    assert refusal("{ pages(first: 101) { totalCount } }")[0] == "PAGE_SIZE_TOO_LARGE"


def test_each_page_is_listed_once_whatever_the_language(site, german):
    translation = site.copy_for_translation(german)
    translation.title, translation.slug = "Start", "front-de"
    translation.save_revision().publish()

    assert "Start" not in titles()
    assert titles('(locale: "de")') == ["Delta", "Echo", "Alpha", "Charlie", "Bravo", "Start"]
    assert titles('(locale: "de", fallback: NONE)') == ["Start"]


def test_a_translation_that_is_no_longer_out_does_not_hide_the_original(site, german):
    translation = site.copy_for_translation(german)
    translation.title, translation.slug = "CANARY", "front-de"
    translation.save_revision().publish()
    type(translation).objects.filter(pk=translation.pk).update(**pages.expired())

    assert "Home" in titles('(locale: "de")')


def test_adding_a_draft_moves_no_count(site):
    before = listed("", "totalCount")
    pages.standard(site, "Canary", live=False)

    assert listed("", "totalCount") == before == {"totalCount": 6}

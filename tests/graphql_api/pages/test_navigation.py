"""Menus and redirects lead only where the public may go."""

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from pages.models import NavigationItem, NavigationMenu
from tests.factories import pages
from tests.support.execution import data

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return pages.home()


def menu(arguments=""):
    return data(
        f"{{ navigation{arguments} {{ label url page {{ path }} children {{ label }} }} }}"
    )["navigation"]


def test_the_menu_of_the_tree_has_two_levels_of_what_is_wanted_in_menus(home):
    handbook = pages.standard(home, "Handbook", show_in_menus=True)
    pages.standard(handbook, "Guide", show_in_menus=True)
    pages.standard(handbook, "Appendix")
    pages.standard(home, "Licensing")
    pages.standard(home, "Canary", show_in_menus=True, live=False)
    pages.private(pages.standard(home, "Canary too", show_in_menus=True))

    assert menu() == [
        {
            "label": "Handbook",
            "url": "/handbook/",
            "page": {"path": "/handbook/"},
            "children": [{"label": "Guide"}],
        }
    ]


def test_a_site_without_a_home_page_has_no_menu():
    assert menu() == []


def test_another_menu_that_nobody_made_is_empty(home):
    pages.standard(home, "Handbook", show_in_menus=True)

    assert menu('(menu: "footer")') == []


def test_a_menu_of_the_editors_goes_before_the_tree(home):
    about = pages.standard(home)
    hidden = pages.standard(home, "Canary", live=False)
    made = NavigationMenu.objects.create(handle="main", name="Main")
    for position, values in enumerate(
        [
            {"url": "https://example.org/", "label": "Elsewhere"},
            {"page": hidden},
            {"page": about},
            {"page": about, "label": "Who we are"},
        ]
    ):
        NavigationItem.objects.create(menu=made, sort_order=position, **values)

    assert [(one["label"], one["url"]) for one in menu()] == [
        ("Elsewhere", "https://example.org/"),
        ("About", "/about/"),
        ("Who we are", "/about/"),
    ]


def test_a_menu_is_read_in_the_language_asked_for(home, german):
    made = NavigationMenu.objects.create(handle="footer", name="Footer")
    NavigationItem.objects.create(menu=made, url="/x/", label="English")
    translated = made.copy_for_translation(german)
    translated.save()
    translated.items.update(label="Deutsch")

    assert [one["label"] for one in menu('(menu: "footer", locale: "de")')] == ["Deutsch"]
    assert [one["label"] for one in menu('(menu: "footer")')] == ["English"]


def redirect(path):
    return data("query ($path: String!) { redirect(path: $path) { url isPermanent } }", path=path)[
        "redirect"
    ]


def test_a_redirect_leads_to_the_present_path_of_a_page(home):
    Redirect.add_redirect("/former", pages.standard(home))

    assert redirect("/former/") == {"url": "/about/", "isPermanent": True}


def test_a_redirect_may_lead_elsewhere(home):
    Redirect.add_redirect("/former", "https://example.org/", is_permanent=False)

    assert redirect("/former") == {"url": "https://example.org/", "isPermanent": False}


@pytest.mark.parametrize("state", ["draft", "expired", "private"])
def test_a_redirect_to_a_hidden_page_does_not_exist(home, state):
    fields = {"draft": {"live": False}, "expired": pages.expired(), "private": {}}[state]
    page = pages.standard(home, "Canary", **fields)
    if state == "private":
        pages.private(page)
    Redirect.add_redirect("/former", page)

    assert redirect("/former") is None


def test_a_redirect_of_the_site_goes_before_one_for_all(home):
    Redirect.add_redirect("/former", "https://example.org/all/")
    Redirect.add_redirect("/former", "https://example.org/site/", site=Site.objects.get())

    assert redirect("/former")["url"] == "https://example.org/site/"


@pytest.mark.parametrize(
    "path", ["", "former", "/" + "x" * 300, "/\u0000", "//[", "/\ud800"], ids=range(6)
)
def test_what_is_no_path_leads_nowhere(home, path):
    assert redirect(path) is None

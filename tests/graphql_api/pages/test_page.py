"""One page: found by path or id, in a language, with what surrounds it."""

import pytest
from django.utils import timezone

from graphql_api.knowledge.global_ids import global_id
from pages.models import LandingPage
from tests.factories import entries, pages
from tests.support.execution import data, refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return pages.home()


def by_path(path, selection="path", **arguments):
    given = "".join(f', {name}: "{value}"' for name, value in arguments.items())
    return data(f'{{ page(path: "{path}"{given}) {{ {selection} }} }}')["page"]


def test_the_home_page_is_at_the_root(home):
    assert by_path("/", "__typename title path url locale slug") == {
        "__typename": "HomePage",
        "title": "Home",
        "path": "/",
        "url": "/",
        "locale": "en",
        "slug": "front",
    }


def test_a_page_below_is_at_its_path(home):
    guide = pages.standard(pages.standard(home, "Handbook"), "Guide")

    assert by_path("/handbook/guide/", "id path") == {
        "id": global_id("StandardPage", guide.pk),
        "path": "/handbook/guide/",
    }


@pytest.mark.parametrize("path", ["/about", "/about/"])
def test_the_last_slash_does_not_matter(home, path):
    pages.standard(home)

    assert by_path(path) == {"path": "/about/"}


@pytest.mark.parametrize(
    "path", ["", "about/", "/nothing/", "/ABOUT/", "//about/", "/about/../", "/about\\u0000/"]
)
def test_another_path_is_null(home, path):
    pages.standard(home)

    assert by_path(path) is None


def test_a_page_is_found_by_its_id(home):
    page = pages.standard(home)

    found = data(
        "query ($id: ID!) { page(id: $id) { path } }", id=global_id("StandardPage", page.pk)
    )
    assert found == {"page": {"path": "/about/"}}


def test_the_id_of_another_kind_of_page_is_null(home):
    page = pages.standard(home)

    assert data(
        "query ($id: ID!) { page(id: $id) { path } }", id=global_id("LandingPage", page.pk)
    ) == {"page": None}


def test_the_id_of_something_else_is_refused(home):
    assert refusal("query ($id: ID!) { page(id: $id) { path } }", id=global_id("Image", 1)) == (
        "BAD_USER_INPUT",
        "This is not the id of a page.",
    )


@pytest.mark.parametrize("arguments", ['locale: "en"', 'path: "/", id: "x"'])
def test_exactly_one_of_path_and_id_is_needed(home, arguments):
    assert refusal(f"{{ page({arguments}) {{ path }} }}") == (
        "BAD_USER_INPUT",
        "Give exactly one of path and id.",
    )


def test_the_url_begins_with_the_front_end(home, settings):
    settings.LAMPLIGHT_FRONTEND_BASE_URL = "https://hub.example"

    assert by_path("/", "path url") == {"path": "/", "url": "https://hub.example/"}


def test_seo_falls_back_on_the_title(home):
    pages.standard(home, "Plain")
    pages.standard(home, "Told", seo_title="For engines", search_description="Described.")

    assert by_path("/plain/", "seo { title description }") == {
        "seo": {"title": "Plain", "description": ""}
    }
    assert by_path("/told/", "seo { title description }") == {
        "seo": {"title": "For engines", "description": "Described."}
    }


def test_dates_are_those_of_publication(home):
    moment = timezone.now().replace(year=2025, month=1, day=2, microsecond=0)
    pages.standard(home, first_published_at=moment, last_published_at=moment)

    answer = by_path("/about/", "publishedAt updatedAt")
    assert answer["publishedAt"] == moment.strftime("%Y-%m-%dT%H:%M:%S.000000Z")
    assert answer["updatedAt"] == answer["publishedAt"]


def test_parent_ancestors_and_children_are_pages(home):
    handbook = pages.standard(home, "Handbook")
    for title in ("Second", "First"):
        pages.standard(handbook, title)

    assert by_path(
        "/handbook/", "parent { path } ancestors { path } children { path parent { path } }"
    ) == {
        "parent": {"path": "/"},
        "ancestors": [{"path": "/"}],
        "children": [
            {"path": "/handbook/second/", "parent": {"path": "/handbook/"}},
            {"path": "/handbook/first/", "parent": {"path": "/handbook/"}},
        ],
    }
    assert by_path("/", "parent { path } ancestors { path }") == {"parent": None, "ancestors": []}


def test_children_can_be_limited_and_chosen_by_menu(home):
    pages.standard(home, "One")
    pages.standard(home, "Two", show_in_menus=True)
    pages.standard(home, "Three", show_in_menus=True)

    def titles(arguments):
        children = by_path("/", f"children({arguments}) {{ title }}")["children"]
        return [child["title"] for child in children]

    assert titles("first: 2") == ["One", "Two"]
    assert titles("inMenu: true") == ["Two", "Three"]
    assert titles("inMenu: false") == ["One"]


@pytest.mark.parametrize(("first", "code"), [(-1, "BAD_USER_INPUT"), (101, "PAGE_SIZE_TOO_LARGE")])
def test_an_impossible_number_of_children_is_refused(home, first, code):
    query = 'query ($first: Int!) { page(path: "/") { children(first: $first) { path } } }'

    assert refusal(query, first=first)[0] == code


def test_a_body_is_delivered_in_blocks_html_and_text(home):
    entry = entries.published(entries.debug_entry())
    pages.standard(
        home,
        introduction="In short.",
        body=[
            ("heading", {"level": "2", "text": "Why"}),
            ("paragraph", "<p>Because.</p>"),
            ("quote", {"text": "So.", "attribution_name": "Ada", "attribution_role": ""}),
            ("entry", entry),
        ],
    )

    answer = by_path(
        "/about/",
        """... on StandardPage { introduction bodyHtml bodyText body {
             __typename html
             ... on HeadingBlock { level text }
             ... on QuoteBlock { quote attributionName attributionRole }
             ... on EntryBlock { entry { code title } }
           } }""",
    )
    assert answer["introduction"] == "In short."
    assert answer["bodyText"] == f"Why\n\nBecause.\n\nSo.\nAda\n\n{entry.title}"
    assert answer["bodyHtml"].startswith("<h2>Why</h2>\n<p>Because.</p>\n<figure>")
    heading, prose, quote, shown = answer["body"]
    assert (heading["__typename"], heading["level"], heading["text"]) == ("HeadingBlock", 2, "Why")
    assert prose == {"__typename": "ProseBlock", "html": "<p>Because.</p>"}
    assert (quote["quote"], quote["attributionName"]) == ("So.", "Ada")
    assert shown["entry"] == {"code": entry.code, "title": entry.title}


def test_a_landing_page_has_a_call_to_action(home):
    pages.below(
        home,
        LandingPage(
            title="Start", slug="start", call_to_action_label="Go", call_to_action_url="/about/"
        ),
    )

    assert by_path("/start/", "... on LandingPage { callToAction { label url } }") == {
        "callToAction": {"label": "Go", "url": "/about/"}
    }


@pytest.fixture
def both_languages(home, german):
    """A home page and an "about" page in English and German, and one page in English only."""
    about = pages.standard(home)
    pages.standard(home, "Licensing")
    for page, title, slug in ((home, "Start", "front-de"), (about, "Über uns", "ueber-uns")):
        translation = page.copy_for_translation(german)
        translation.title, translation.slug = title, slug
        translation.save_revision().publish()


def test_another_language_begins_its_paths(both_languages):
    assert by_path("/de/ueber-uns/", "title path locale translations { locale slug path }") == {
        "title": "Über uns",
        "path": "/de/ueber-uns/",
        "locale": "de",
        "translations": [{"locale": "en", "slug": "about", "path": "/about/"}],
    }


def test_a_locale_leads_to_the_translation(both_languages):
    assert by_path("/about/", "path", locale="de") == {"path": "/de/ueber-uns/"}
    assert by_path("/de/ueber-uns/", "path", locale="en") == {"path": "/about/"}


def test_a_page_without_translation_stands_in(both_languages):
    assert by_path("/licensing/", "path locale", locale="de") == {
        "path": "/licensing/",
        "locale": "en",
    }


def test_nothing_stands_in_when_that_is_asked(both_languages):
    answer = data('{ page(path: "/licensing/", locale: "de", fallback: NONE) { path } }')

    assert answer == {"page": None}


def test_an_unknown_language_is_refused(home):
    assert refusal('{ page(path: "/", locale: "xx") { path } }')[0] == "UNKNOWN_LOCALE"

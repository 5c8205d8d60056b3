"""A token shows one page as its draft; what is above, below and beside it is public."""

import pytest

from graphql_api.knowledge.global_ids import global_id
from pages.models import HomePage, LandingPage, StandardPage
from tests.factories import entries, pages

pytestmark = pytest.mark.django_db

QUERY = """query ($path: String!) { page(path: $path) {
  title path parent { title } ancestors { title } children { title }
  ... on StandardPage { introduction bodyHtml } ... on LandingPage { bodyText } } }"""


@pytest.fixture
def home():
    return pages.home(title="Home")


def revised(page, **fields):
    for name, value in {"title": "The draft title", **fields}.items():
        setattr(page, name, value)
    page.save_revision()
    return type(page).objects.get(pk=page.pk)


@pytest.mark.parametrize("model", [StandardPage, LandingPage])
def test_a_draft_is_shown_by_path_and_by_id(model, home, token_for, data):
    never_out = pages.below(home, model(title="Never out", slug="never-out", live=False))
    live = revised(pages.below(home, model(title="As published", slug="live")))
    by_id = "query ($id: ID!) { page(id: $id) { title } }"

    for page, draft, public in (
        (never_out, "Never out", None),
        (live, "The draft title", {"title": "As published"}),
    ):
        token = token_for(page)
        path = f"/{page.slug}/"
        own_id = global_id(model.__name__, page.pk)
        assert data(QUERY, token, path=path)["page"]["title"] == draft
        assert data(by_id, token, id=own_id) == {"page": {"title": draft}}
        assert data(by_id, id=own_id) == {"page": public}


def test_the_home_page_can_be_seen_as_its_draft(home, token_for, data):
    token = token_for(revised(HomePage.objects.get(pk=home.pk)))

    assert data(QUERY, token, path="/")["page"]["title"] == "The draft title"


def test_its_body_is_the_draft_and_points_at_public_things_only(home, token_for, data):
    hidden = entries.question(title="Hidden", slug="hidden")
    page = pages.standard(home, "About", introduction="As published")
    secret = pages.standard(home, "Secret", live=False)
    text = f'<p>New <a linktype="page" id="{secret.pk}">x</a> [[entry:{hidden.code}]]</p>'
    page = revised(page, introduction="Draft", body=[("paragraph", text)])

    found = data(QUERY, token_for(page), path="/about/")["page"]

    assert found["introduction"] == "Draft"
    assert "New" in found["bodyHtml"]
    assert "secret" not in found["bodyHtml"]
    assert "hidden" not in found["bodyHtml"].casefold()


def test_a_changed_slug_is_found_as_the_draft_and_as_published(home, token_for, data):
    page = revised(pages.standard(home, "About"), slug="about-us")
    token = token_for(page)

    for path in ("/about/", "/about-us/"):
        assert data(QUERY, token, path=path)["page"]["title"] == "The draft title"


def test_what_is_around_it_is_what_the_public_sees(home, token_for, data):
    above = pages.standard(home, "Above", live=False)
    page = pages.standard(above, "Draft", live=False)
    pages.standard(page, "Below")
    pages.standard(page, "Hidden below", live=False)
    beside = pages.standard(above, "Beside", live=False)
    token = token_for(page)

    found = data(QUERY, token, path="/above/draft/")["page"]

    assert found["title"] == "Draft"
    assert [one["title"] for one in found["ancestors"]] == ["Home"]
    # What lies below a page that is not out is not out either.
    assert found["children"] == []
    for path in ("/above/", f"/above/{beside.slug}/", "/above/draft/hidden-below/"):
        assert data(QUERY, token, path=path) == {"page": None}


def test_lists_and_menus_show_what_is_published(home, token_for, data):
    page = pages.standard(home, "About", show_in_menus=True)
    hidden = pages.standard(home, "Hidden", live=False, show_in_menus=True)

    for one in (revised(page), hidden):
        answer = data("{ pages { nodes { title } } navigation { label } }", token_for(one))
        assert answer == {
            "pages": {"nodes": [{"title": "Home"}, {"title": "About"}]},
            "navigation": [{"label": "About"}],
        }


def test_the_panel_leads_to_the_front_end(home, settings, rf, admin_user):
    settings.LAMPLIGHT_PREVIEW_URL = "https://www.example.org/preview?token={token}&path={path}"
    page = pages.standard(home, "About")
    request = rf.get("/")
    request.user = admin_user

    assert "frontend" in dict(page.preview_modes)
    assert "frontend" not in dict(StandardPage(title="New").preview_modes)
    response = page.serve_preview(request, "frontend")
    assert response["Location"].endswith("&path=/about/")
    assert response["Cache-Control"] == "no-store"

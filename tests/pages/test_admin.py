"""The site in the admin: menus, listings, forms, and previews that the admin can frame."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pages import models
from pages.models import NavigationMenu
from tests.factories import entries, pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    client.force_login(get_user_model().objects.create_superuser("root", "r@hub.example", "x"))
    return client


@pytest.fixture
def home():
    return pages.home()


def test_the_site_menu_leads_to_its_records(admin):
    html = admin.get(reverse("wagtailadmin_home")).content.decode()

    for name in ("quote", "testimonial", "navigationmenu"):
        assert f"/admin/snippets/pages/{name}/" in html
    assert "/admin/settings/pages/hubsettings/" in html


@pytest.mark.parametrize("number", [1, 12])
@pytest.mark.parametrize(
    ("model", "make"), [(models.Quote, pages.quote), (models.Testimonial, pages.testimonial)]
)
def test_a_listing_shows_every_row(admin, model, make, number):
    for position in range(number):
        make(text=f"Words {position}.")

    response = admin.get(reverse(model.snippet_viewset.get_url_name("list")))
    assert response.status_code == 200
    assert response.content.decode().count("Words ") >= number


def test_a_listing_asks_nothing_of_its_own_about_a_row(admin):
    url = reverse(models.Testimonial.snippet_viewset.get_url_name("list"))
    entry = entries.published(entries.debug_entry(area="DB")).entry_ptr
    pages.testimonial(about=entry)
    admin.get(url)
    with CaptureQueriesContext(connection) as few:
        admin.get(url)
    for _ in range(15):
        pages.testimonial(about=entry)
    with CaptureQueriesContext(connection) as many:
        admin.get(url)

    # Wagtail asks about each row whether it can be translated further; nothing else does.
    assert len(many) - len(few) <= 15


def test_a_quote_is_written_and_published_in_the_admin(admin):
    viewset = models.Quote.snippet_viewset
    response = admin.post(
        reverse(viewset.get_url_name("add")),
        {
            "text": "Write it down.",
            "attribution_name": "Maren",
            "attribution_role": "",
            "context": "",
            "order": "0",
            "action-publish": "1",
        },
    )

    assert response.status_code == 302
    quote = models.Quote.objects.get()
    assert quote.live
    assert quote.text == "Write it down."


def test_a_menu_without_target_is_refused_in_the_admin(admin):
    response = admin.post(
        reverse(NavigationMenu.snippet_viewset.get_url_name("add")),
        {
            "name": "Main",
            "handle": "main",
            "items-TOTAL_FORMS": "1",
            "items-INITIAL_FORMS": "0",
            "items-MIN_NUM_FORMS": "0",
            "items-MAX_NUM_FORMS": "1000",
            "items-0-page": "",
            "items-0-url": "",
            "items-0-label": "Nowhere",
            "items-0-ORDER": "1",
        },
    )

    assert response.status_code == 200
    assert "Choose a page or write an address" in response.content.decode()
    assert not NavigationMenu.objects.exists()


def preview(admin, page):
    return admin.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))


def test_a_draft_page_is_previewed_with_its_body(admin, home):
    page = pages.standard(
        home,
        live=False,
        introduction="In <short>.",
        body=[("heading", {"level": "2", "text": "Why <T>"}), ("paragraph", "<p>Because.</p>")],
    )
    page.save_revision()

    html = preview(admin, page).content.decode()
    assert "In &lt;short&gt;." in html
    assert "<h2>Why &lt;T&gt;</h2>\n<p>Because.</p>" in html


def test_a_home_page_is_previewed_with_its_sections(admin, home):
    home.sections = [("hero", {"heading": "Hello <all>"}), ("quotes", {"heading": "Words"})]
    home.save_revision()

    html = preview(admin, home).content.decode()
    assert "<h1>Hello &lt;all&gt;</h1>" in html
    assert "<h2>Words</h2>" in html


def test_an_empty_page_can_be_previewed(admin, home):
    home.save_revision()

    assert preview(admin, home).status_code == 200


def test_the_admin_may_show_a_preview_in_a_frame(admin, home):
    home.save_revision()

    policy = preview(admin, home).headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "style-src 'self' 'unsafe-inline'" in policy


def test_a_quote_is_previewed(admin):
    quote = pages.quote(text="Words <b>.")
    quote.save_revision()
    response = admin.get(
        reverse(models.Quote.snippet_viewset.get_url_name("preview_on_edit"), args=[quote.pk])
    )

    assert response.status_code == 200

"""What the site's models refuse, keep and make known."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from cms.publishing.models import ContentVersion
from pages import models
from tests.factories import pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    page = pages.home()
    Site.clear_site_root_paths_cache()
    yield page
    Site.clear_site_root_paths_cache()


def test_a_home_page_stands_below_the_root_only(home):
    assert models.HomePage.can_create_at(Page.get_first_root_node())
    assert not models.HomePage.can_create_at(home)


def test_a_standard_page_stands_below_the_home_page_and_below_others(home):
    assert models.StandardPage.can_create_at(home)
    assert models.StandardPage.can_create_at(pages.standard(home))
    assert not models.StandardPage.can_create_at(Page.get_first_root_node())


def test_a_page_has_no_address_while_no_front_end_is_configured(home):
    assert pages.standard(home).url is None


def test_a_page_has_the_address_of_the_front_end(home, settings):
    settings.LAMPLIGHT_FRONTEND_BASE_URL = "https://hub.example"

    assert pages.standard(home).full_url == "https://hub.example/about/"


def test_a_new_slug_leaves_a_redirect(home, django_capture_on_commit_callbacks):
    page = pages.standard(home)
    page.slug = "about-us"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()

    redirect = Redirect.objects.get()
    assert redirect.old_path == "/about"
    assert redirect.redirect_page_id == page.pk


@pytest.mark.parametrize("make", [pages.quote, pages.testimonial])
def test_a_voice_made_by_code_is_a_draft_unless_told_otherwise(make):
    model = type(make())

    assert model._meta.get_field("live").default is False


@pytest.mark.parametrize("make", [pages.quote, pages.testimonial])
def test_a_draft_of_a_live_voice_changes_nothing_public(make):
    voice = make()
    before = ContentVersion.current()

    voice.text = "CANARY"
    voice.save_revision()

    assert type(voice).objects.get().text != "CANARY"
    assert ContentVersion.current() == before


def test_publishing_a_draft_advances_the_content_version():
    quote = pages.quote()
    before = ContentVersion.current()

    quote.text = "Newer."
    quote.save_revision().publish()

    assert models.Quote.objects.get().text == "Newer."
    assert ContentVersion.current() > before


def test_a_figure_advances_the_content_version():
    settings = models.HubSettings.for_site(Site.objects.get())
    before = ContentVersion.current()

    models.HubFigure.objects.create(settings=settings, label="Paths", claimed_text="24")

    assert ContentVersion.current() > before


@pytest.mark.parametrize("rating", [0, 6])
def test_a_rating_has_one_to_five_stars(rating):
    with pytest.raises(ValidationError) as caught:
        models.Testimonial(text="x", author_name="y", rating=rating).full_clean(exclude=["locale"])

    assert list(caught.value.message_dict) == ["rating"]


def test_a_menu_link_leads_to_one_place(home):
    menu = models.NavigationMenu.objects.create(handle="main", name="Main")

    with pytest.raises(ValidationError) as caught:
        models.NavigationItem(menu=menu, page=home, url="/x/", label="x").full_clean()
    assert list(caught.value.message_dict) == ["url"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "/a b", "about"])
def test_a_menu_link_has_a_safe_address(url):
    menu = models.NavigationMenu.objects.create(handle="main", name="Main")

    with pytest.raises(ValidationError) as caught:
        models.NavigationItem(menu=menu, url=url, label="x").full_clean()
    assert list(caught.value.message_dict) == ["url"]


def test_a_page_can_be_translated(home, german):
    translated_home = home.copy_for_translation(german)
    about = pages.standard(home).copy_for_translation(german)

    assert translated_home.locale == german
    assert about.get_parent().pk == translated_home.pk
    assert not about.live

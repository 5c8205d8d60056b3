"""The admin shows the product's own name and mark."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db

FAVICON = '<link rel="icon" type="image/svg+xml" href="/static/branding/favicon.svg">'


@pytest.fixture
def dashboard(client) -> str:
    client.force_login(get_user_model().objects.create_superuser("root", "r@hub.example", "x"))
    return client.get(reverse("wagtailadmin_home")).content.decode()


@pytest.fixture
def login(db) -> str:
    return Client().get(reverse("wagtailadmin_login")).content.decode()


def title_of(html: str) -> str:
    return re.search("<title>(.*?)</title>", html, re.DOTALL)[1]


def test_the_login_page_greets_with_the_products_name(login):
    assert title_of(login) == "Sign in - Lamplight"
    assert "Sign in to Lamplight</h1>" in login
    assert "Engineering knowledge: write, review, publish." in login
    assert "Sign in to Wagtail" not in login


def test_the_login_page_shows_the_mark_once_and_no_other(login):
    assert login.count("lamplight-login__mark") == 1
    assert "icon-wagtail" not in login


def test_the_sidebar_shows_mark_and_name(dashboard):
    brand = re.search(
        "<template data-wagtail-sidebar-branding-logo>(.*?)</template>", dashboard, re.DOTALL
    )[1]

    assert "lamplight-logo__mark" in brand
    assert '<span class="lamplight-logo__name">Lamplight</span>' in brand


def test_the_dashboard_is_the_products(dashboard):
    assert title_of(dashboard).endswith("- Lamplight")


def test_every_admin_page_has_the_favicon(dashboard, login):
    assert FAVICON in dashboard
    assert FAVICON in login
    assert "wagtailadmin/images/favicon.ico" not in dashboard + login


@pytest.mark.parametrize("path", ["branding/favicon.svg", "branding/admin.css"])
def test_what_the_pages_name_is_there(path):
    assert finders.find(path)


def test_a_missing_page_of_the_admin_shows_the_mark(client, dashboard):
    html = client.get("/admin/no-such-page/").content.decode()

    assert title_of(html) == "Error 404: Page not found - Lamplight"
    assert "lamplight-missing__mark" in html

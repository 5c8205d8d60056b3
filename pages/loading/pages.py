"""Pages from plain data, published through revisions, under the default site's home page."""

from typing import Any

from django.db import transaction
from wagtail.models import Locale, Page, Site

from pages.loading.blocks import body_blocks, home_blocks
from pages.models import HomePage, LandingPage, StandardPage

PAGE_WORDS = ("title", "seo_title", "search_description")


@transaction.atomic
def load_home(home: dict[str, Any], user: Any = None) -> HomePage:
    """The home page of the default site with the sections of ``home``."""
    page = home_of_default_site()
    values: dict[str, Any] = {name: (home.get(name) or "").strip() for name in PAGE_WORDS}
    values["sections"] = home_blocks("home", home)
    return keep_published(page, values, user)


@transaction.atomic
def load_page(
    model: type[StandardPage] | type[LandingPage], data: dict[str, Any], user: Any = None
) -> Page:
    """The page with the slug of ``data`` below the home page, with its words and body."""
    home = home_of_default_site()
    slug = data["slug"]
    page = model.objects.child_of(home).filter(slug=slug).first()
    values: dict[str, Any] = {name: (data.get(name) or "").strip() for name in PAGE_WORDS}
    values["introduction"] = (data.get("intro") or "").strip()
    values["show_in_menus"] = bool(data.get("show_in_menus"))
    values["body"] = body_blocks(slug, data.get("body", []))
    if page is None:
        page = home.add_child(instance=model(title=values["title"], slug=slug, live=False))
    return keep_published(page, values, user)


def home_of_default_site() -> HomePage:
    """The default site's home page, made in place of Wagtail's welcome page if there is none."""
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    root = site.root_page.specific if site else None
    if isinstance(root, HomePage):
        return root
    if root is not None and root.slug == "home":
        root.slug = "home-replaced"
        root.save(update_fields=["slug"])
    home = HomePage(title="Home", slug="home", live=False, locale=Locale.get_default())
    Page.get_first_root_node().add_child(instance=home)
    if site is None:
        Site.objects.create(
            hostname="localhost", root_page=home, is_default_site=True, site_name="Lamplight"
        )
        return home
    site.root_page = home
    site.save()
    # Only the page that Wagtail's own migration made is taken away, and only while it is bare.
    if type(root) is Page and root.depth > 1 and not root.numchild:
        root.delete()
    return HomePage.objects.get(pk=home.pk)


def keep_published(page: Any, values: dict[str, Any], user: Any) -> Any:
    """The live page with ``values``; a new revision only where it differs."""
    if page.live and not page.has_unpublished_changes and not _changed(page, values):
        return page
    for name, value in values.items():
        setattr(page, name, value)
    page.full_clean()
    page.save_revision(user=user).publish(user=user)
    return type(page).objects.get(pk=page.pk)


def _changed(page: Any, values: dict[str, Any]) -> bool:
    for name, value in values.items():
        current = getattr(page, name)
        if isinstance(value, list):
            current = [dict(block) for block in current.raw_data]
        if current != value:
            return True
    return False

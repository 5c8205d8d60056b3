"""Where a page is on the site that shows it.

Invariant: an address depends on the tree and the site alone, never on a route of this
server, which serves no pages. Languages other than the default begin with their code.
"""

from dataclasses import dataclass

from django.conf import settings
from wagtail.models import Page, Site


@dataclass(frozen=True, slots=True)
class SiteRoot:
    """A home page: its place in the tree, its address there, its language."""

    path: str
    url_path: str
    locale: str


def site_roots() -> list[SiteRoot]:
    """The default site's home page and its translations. One statement."""
    keys = Site.objects.filter(is_default_site=True).values("root_page__translation_key")
    rows = Page.objects.filter(translation_key__in=keys, depth__gt=1)
    return [
        SiteRoot(*row)
        for row in rows.order_by("path").values_list("path", "url_path", "locale__language_code")
    ]


def language_prefix(locale: str) -> str:
    """``""`` for the default language, ``/de`` for German."""
    return "" if locale == settings.LANGUAGE_CODE else f"/{locale}"


def path_below(roots: list[SiteRoot], url_path: str) -> str | None:
    """The path on the site of the page at ``url_path``, for example ``/de/about/``.

    None when the page lies below none of ``roots``.
    """
    for root in roots:
        if url_path.startswith(root.url_path):
            return f"{language_prefix(root.locale)}/{url_path[len(root.url_path) :]}"
    return None


def absolute(path: str) -> str:
    """``path`` on the front end of the setting FRONTEND_BASE_URL; ``path`` itself without one."""
    return settings.LAMPLIGHT_FRONTEND_BASE_URL.rstrip("/") + path


def page_path(page: Page) -> str | None:
    """What a link to ``page`` holds, as ``entry_path`` does for an entry; None off the site."""
    path = path_below(site_roots(), page.url_path)
    return None if path is None else absolute(path)

"""What every page of the site has in common."""

from typing import Any

from wagtail.models import Page, Site

from cms.publishing.addresses import SiteRoot, absolute, path_below
from cms.publishing.preview import FrontendPreviewMixin


class SitePage(FrontendPreviewMixin, Page):
    """A page that front ends show: this server has its content and no route to it."""

    show_in_menus_default = False

    class Meta:
        abstract = True

    def get_url_parts(self, request: Any = None) -> tuple[int, str, str] | None:
        """Site id, front-end root and path; None outside every site.

        Wagtail makes redirects from this when a page is moved or its slug changed.
        """
        parts = super().get_url_parts(request)
        if parts is None:
            return None
        for root in Site.get_site_root_paths():
            if root.site_id == parts[0] and self.url_path.startswith(root.root_path):
                place = SiteRoot(self.path, root.root_path, root.language_code)
                return root.site_id, absolute(""), path_below([place], self.url_path)
        return None

    @property
    def path_on_site(self) -> str | None:
        """Its path on the front end, for example ``/about/``; None outside every site."""
        parts = self.get_url_parts()
        return parts[2] if parts else None

    def get_url(self, request: Any = None, current_site: Any = None) -> str | None:
        """The front-end address, or None while no front end is configured."""
        parts = self.get_url_parts(request)
        return f"{parts[1]}{parts[2]}" if parts and parts[1] else None

    def get_full_url(self, request: Any = None) -> str | None:
        """The front-end address; the same as ``get_url``, for front ends are elsewhere."""
        return self.get_url(request)

    url = property(get_url)
    full_url = property(get_full_url)

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "pages/preview/page.html"

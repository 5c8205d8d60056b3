"""The home page: a composition of sections, one for each site and language."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from pages.blocks.sections import HomeSections
from pages.models.site_page import SitePage


class HomePage(SitePage):
    """The front of the site."""

    sections = StreamField(
        HomeSections(),
        blank=True,
        help_text=_("What a visitor meets from top to bottom. Drag to reorder."),
    )

    content_panels = [*SitePage.content_panels, FieldPanel("sections")]

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["pages.StandardPage", "pages.LandingPage"]
    page_description = _("The front of a site, composed of sections. One for each site.")

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        # Imported here: rendering needs the models.
        from pages.rendering.sections import render_home_sections

        return {
            **super().get_preview_context(request, mode_name),
            "sections": render_home_sections(self.sections),
        }

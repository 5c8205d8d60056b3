"""Pages that are read: a title, an introduction and a body of blocks."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from pages.blocks.body import PageBodyBlock
from pages.blocks.sections import link_validator
from pages.models.site_page import SitePage


class BodyPage(SitePage):
    """A page with an introduction and a body."""

    introduction = models.TextField(
        blank=True, help_text=_("Shown larger, before the body. Plain text.")
    )
    body = StreamField(
        PageBodyBlock(), blank=True, help_text=_("The text of the page, block by block.")
    )

    content_panels = [*SitePage.content_panels, FieldPanel("introduction"), FieldPanel("body")]

    class Meta:
        abstract = True

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        # Imported here: rendering needs the models.
        from pages.rendering.bodies import render_body_of

        return {**super().get_preview_context(request, mode_name), "body": render_body_of(self)}


class StandardPage(BodyPage):
    """A page of text: about, licensing, a policy."""

    parent_page_types = ["pages.HomePage", "pages.StandardPage", "pages.LandingPage"]
    subpage_types = ["pages.StandardPage"]
    page_description = _("A page of text, such as “About” or a policy.")

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")


class LandingPage(BodyPage):
    """The entrance to a subject, with one thing to do next."""

    call_to_action_label = models.CharField(
        max_length=120, blank=True, help_text=_("The words on the button. Empty: no button.")
    )
    call_to_action_url = models.CharField(
        max_length=500,
        blank=True,
        validators=[link_validator],
        help_text=_("A path on the site such as /about/, or a full address."),
    )

    content_panels = [
        *BodyPage.content_panels,
        MultiFieldPanel(
            [FieldPanel("call_to_action_label"), FieldPanel("call_to_action_url")],
            heading=_("Call to action"),
        ),
    ]

    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.StandardPage"]
    page_description = _("The entrance to a subject, with a call to action.")

    class Meta:
        verbose_name = _("landing page")
        verbose_name_plural = _("landing pages")

"""Menus that editors compose; a site without one gets its menu from the page tree."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.models import Locale, Orderable, TranslatableMixin

from cms.publishing.record import DeliveredModel
from pages.blocks.sections import link_validator


class NavigationMenu(DeliveredModel, TranslatableMixin, ClusterableModel):
    """A named list of links, in one language."""

    handle = models.SlugField(
        max_length=64, help_text=_("What front ends ask for: main, footer, legal.")
    )
    name = models.CharField(max_length=120)

    panels = [
        FieldPanel("name"),
        FieldPanel("handle"),
        InlinePanel("items", label=_("Link"), heading=_("Links")),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("navigation menu")
        verbose_name_plural = _("navigation menus")
        ordering = ["handle"]
        constraints = [models.UniqueConstraint(fields=["handle", "locale"], name="one_menu")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.locale_id:
            self.locale = Locale.get_default()
        super().save(*args, **kwargs)


class NavigationItem(DeliveredModel, Orderable):
    """One link of a menu: to a page, shown only while that page is visible, or anywhere else."""

    menu = ParentalKey(NavigationMenu, on_delete=models.CASCADE, related_name="items")
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    url = models.CharField(
        max_length=500,
        blank=True,
        validators=[link_validator],
        help_text=_("A path on the site or a full address. Leave empty when a page is chosen."),
    )
    label = models.CharField(
        max_length=120, blank=True, help_text=_("Empty: the title of the page.")
    )

    panels = [PageChooserPanel("page"), FieldPanel("url"), FieldPanel("label")]

    class Meta(Orderable.Meta):
        verbose_name = _("link")
        verbose_name_plural = _("links")

    def __str__(self) -> str:
        return self.label or self.url or str(self.page_id)

    def clean(self) -> None:
        super().clean()
        if bool(self.page_id) == bool(self.url):
            raise ValidationError({"url": _("Choose a page or write an address, one of the two.")})
        if self.url and not self.label:
            raise ValidationError({"label": _("Give the link its words.")})

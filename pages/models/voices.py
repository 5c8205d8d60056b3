"""Other people's words: quotes and testimonials, drafted and published like entries.

Invariant: the row of a live one holds what was published; drafts are in revisions only.
"""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel
from wagtail.models import (
    DraftStateMixin,
    Locale,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)

from cms.publishing.record import DeliveredModel
from knowledge.contributions.publication import note_result_published
from knowledge.rendering.prose import summary_of


class Voice(
    DeliveredModel,
    PreviewableMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    TranslatableMixin,
):
    """Something somebody said, in one language."""

    # Wagtail's default is True: a row made by code would be public without anyone publishing it.
    live = models.BooleanField(default=False, editable=False)
    text = models.TextField(max_length=2000)
    order = models.PositiveIntegerField(
        default=0, help_text=_("Position in lists; equal numbers show the older first.")
    )

    class Meta(TranslatableMixin.Meta):
        abstract = True
        ordering = ["order", "pk"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Code and imports make rows without saying a language.
        if not self.locale_id:
            self.locale = Locale.get_default()
        super().save(*args, **kwargs)

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "pages/preview/voice.html"


class Quote(Voice):
    """A sentence or two worth repeating."""

    attribution_name = models.CharField(_("who said it"), max_length=120)
    attribution_role = models.CharField(
        _("their role"), max_length=160, blank=True, help_text=_("For example “Backend engineer”.")
    )
    context = models.CharField(
        max_length=160, blank=True, help_text=_("What it was about, or the occasion.")
    )

    panels = [
        FieldPanel("text"),
        MultiFieldPanel(
            [
                FieldPanel("attribution_name"),
                FieldPanel("attribution_role"),
                FieldPanel("context"),
            ],
            heading=_("Attribution"),
        ),
        FieldPanel("order"),
        PublishingPanel(),
    ]

    class Meta(Voice.Meta):
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")

    def __str__(self) -> str:
        return f"{self.attribution_name}: {summary_of(self.text, 60)}"


class Testimonial(Voice):
    """What a reader said of the hub or of one entry, published with their consent."""

    author_name = models.CharField(_("who said it"), max_length=120)
    author_role = models.CharField(_("their role"), max_length=160, blank=True)
    about = models.ForeignKey(
        "knowledge.Entry",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The entry it is about. Shown only while that entry is published."),
    )
    rating = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
        help_text=_("One to five stars. Empty: none given."),
    )

    panels = [
        FieldPanel("text"),
        MultiFieldPanel(
            [FieldPanel("author_name"), FieldPanel("author_role")], heading=_("Author")
        ),
        FieldPanel("about"),
        FieldPanel("rating"),
        FieldPanel("order"),
        PublishingPanel(),
    ]

    class Meta(Voice.Meta):
        verbose_name = _("testimonial")
        verbose_name_plural = _("testimonials")

    def __str__(self) -> str:
        return f"{self.author_name}: {summary_of(self.text, 60)}"

    def after_delivered_change(self) -> None:
        if self.live:
            note_result_published(f"{self._meta.label_lower}:{self.pk}")

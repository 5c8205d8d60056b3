"""The hub's own words: its name, its status, how to reach it, the figures it claims."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.panels import TabbedInterface as Tabs
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable

from cms.publishing.record import DeliveredModel
from knowledge.kinds import Kind


class HubStatus(models.TextChoices):
    """How the hub is doing."""

    OPERATIONAL = "OPERATIONAL", _("Operational")
    DEGRADED = "DEGRADED", _("Degraded")
    MAINTENANCE = "MAINTENANCE", _("Maintenance")


class FigureSource(models.TextChoices):
    """What the counted side of a figure counts."""

    INTERVIEW_QUESTION = Kind.INTERVIEW_QUESTION.value, _("Published interview questions")
    DEBUG_ENTRY = Kind.DEBUG_ENTRY.value, _("Published debug entries")
    CODE_SNIPPET = Kind.CODE_SNIPPET.value, _("Published code snippets")
    SYSTEM_DESIGN_NOTE = Kind.SYSTEM_DESIGN_NOTE.value, _("Published system design notes")
    LEARNING_PATH = Kind.LEARNING_PATH.value, _("Published learning paths")
    SECURITY_TOPIC = Kind.SECURITY_TOPIC.value, _("Published security topics")
    ALL_ENTRIES = "ALL_ENTRIES", _("Published entries of every kind")
    TECHNOLOGIES = "TECHNOLOGIES", _("Technologies with published entries")
    TOPICS = "TOPICS", _("Topics with published entries")


@register_setting(icon="site", order=100)
class HubSettings(DeliveredModel, ClusterableModel, BaseSiteSetting):
    """What the hub says about itself, one set for each site."""

    site_name = models.CharField(max_length=120, blank=True)
    tagline = models.CharField(max_length=255, blank=True)
    status_key = models.CharField(
        max_length=64, blank=True, help_text=_("The word before the status, e.g. HUB_STATUS.")
    )
    status_value = models.CharField(
        max_length=16, choices=HubStatus.choices, default=HubStatus.OPERATIONAL
    )
    status_notes = models.TextField(
        blank=True, help_text=_("Short remarks after the status, one a line.")
    )
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    contact_hours = models.CharField(
        max_length=120, blank=True, help_text=_("For example “Monday to Friday, 9 AM to 6 PM”.")
    )
    contact_timezone = models.CharField(
        max_length=64, blank=True, help_text=_("For example UTC or Europe/Berlin.")
    )
    default_licence = models.CharField(
        max_length=64,
        blank=True,
        help_text=_("SPDX identifier that holds for entries without one, for example CC-BY-4.0."),
    )
    default_licence_url = models.URLField(max_length=500, blank=True)

    edit_handler = Tabs(
        [
            ObjectList(
                [
                    FieldPanel("site_name"),
                    FieldPanel("tagline"),
                    MultiFieldPanel(
                        [
                            FieldPanel("status_key"),
                            FieldPanel("status_value"),
                            FieldPanel("status_notes"),
                        ],
                        heading=_("Status"),
                    ),
                ],
                heading=_("Identity"),
            ),
            ObjectList(
                [InlinePanel("figures", label=_("Figure"), heading=_("Figures"))],
                heading=_("Figures"),
            ),
            ObjectList(
                [
                    FieldPanel("contact_email"),
                    FieldPanel("contact_phone"),
                    FieldPanel("contact_hours"),
                    FieldPanel("contact_timezone"),
                    InlinePanel("social_links", label=_("Channel"), heading=_("Social channels")),
                ],
                heading=_("Contact"),
            ),
            ObjectList(
                [FieldPanel("default_licence"), FieldPanel("default_licence_url")],
                heading=_("Licence"),
            ),
        ]
    )

    class Meta:
        verbose_name = _("hub settings")
        verbose_name_plural = _("hub settings")

    def __str__(self) -> str:
        return self.site_name or str(self._meta.verbose_name)

    @property
    def status_note_list(self) -> list[str]:
        return [line.strip() for line in self.status_notes.splitlines() if line.strip()]


class HubFigure(DeliveredModel, Orderable):
    """A figure the hub shows: what editors claim, and what can be counted beside it."""

    settings = ParentalKey(HubSettings, on_delete=models.CASCADE, related_name="figures")
    label = models.CharField(max_length=120)
    claimed_text = models.CharField(
        max_length=32, help_text=_("What the site says, for example “3,500+”.")
    )
    claimed_number = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("The same as a number, for sorting and charts.")
    )
    note = models.CharField(max_length=255, blank=True)
    live_source = models.CharField(
        max_length=32,
        choices=FigureSource.choices,
        blank=True,
        help_text=_("What is counted beside the claim. Empty: nothing."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("figure")
        verbose_name_plural = _("figures")

    def __str__(self) -> str:
        return f"{self.claimed_text} {self.label}"


class HubSocialLink(DeliveredModel, Orderable):
    """Where else the hub can be followed."""

    settings = ParentalKey(HubSettings, on_delete=models.CASCADE, related_name="social_links")
    platform = models.SlugField(
        max_length=32, help_text=_("Lower-case name of the platform, for example mastodon.")
    )
    url = models.URLField(max_length=500)
    label = models.CharField(max_length=120, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("social channel")
        verbose_name_plural = _("social channels")

    def __str__(self) -> str:
        return self.label or self.platform

    def clean(self) -> None:
        super().clean()
        if self.url and not self.url.startswith(("https://", "http://")):
            raise ValidationError({"url": _("Write a full address beginning with https://.")})

"""Security topics: how it is attacked, noticed and closed."""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.fields import RichTextField, StreamField

from knowledge.blocks.body import INLINE_FEATURES
from knowledge.blocks.details import CodeComparisonsBlock, WeaknessIdentifiersBlock
from knowledge.blocks.sections import SecuritySections
from knowledge.kinds import Kind, SecurityKind, Severity
from knowledge.models.entry import Entry


class SecurityTopic(Entry):
    """A weakness or a defence."""

    KIND = Kind.SECURITY_TOPIC.value

    security_kind = models.CharField(
        max_length=32, choices=SecurityKind.choices, default=SecurityKind.VULNERABILITY_PATTERN
    )
    severity = models.CharField(max_length=16, choices=Severity.choices, blank=True)
    description = RichTextField(
        blank=True,
        features=INLINE_FEATURES,
        help_text=gettext_lazy("The topic in one to three sentences."),
    )
    identifiers = StreamField(WeaknessIdentifiersBlock(required=False), blank=True)
    safety_notice = models.CharField(
        max_length=500,
        blank=True,
        help_text=gettext_lazy("Where trying this is allowed. Required before publication."),
    )
    code_comparisons = StreamField(CodeComparisonsBlock(required=False), blank=True)
    sections = StreamField(SecuritySections(required=False), blank=True)

    class Meta:
        verbose_name = gettext_lazy("security topic")
        verbose_name_plural = gettext_lazy("security topics")

    def code_prefix(self) -> str:
        return "SEC"

    def required_fields(self) -> dict[str, str]:
        if self.is_imported:
            return {}
        return {
            "severity": _("Choose the severity."),
            "description": _("Describe the topic."),
            "safety_notice": _("Say where trying this is allowed."),
        }

    def required_sections(self) -> tuple[str, ...]:
        return () if self.is_imported else ("overview", "mitigation")

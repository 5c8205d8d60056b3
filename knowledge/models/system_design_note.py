"""System design notes: from a problem in numbers to what was learned."""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.fields import RichTextField, StreamField

from knowledge.blocks.body import INLINE_FEATURES
from knowledge.blocks.details import DiagramsBlock
from knowledge.blocks.sections import DesignSections
from knowledge.kinds import DesignKind, Kind
from knowledge.models.entry import Entry


class SystemDesignNote(Entry):
    """A design, its reasons and its limits."""

    KIND = Kind.SYSTEM_DESIGN_NOTE.value

    design_kind = models.CharField(
        max_length=32, choices=DesignKind.choices, default=DesignKind.SYSTEM_BREAKDOWN
    )
    description = RichTextField(
        blank=True,
        features=INLINE_FEATURES,
        help_text=gettext_lazy("The note in one to three sentences."),
    )
    diagrams = StreamField(DiagramsBlock(required=False), blank=True)
    sections = StreamField(DesignSections(required=False), blank=True)

    class Meta:
        verbose_name = gettext_lazy("system design note")
        verbose_name_plural = gettext_lazy("system design notes")

    def code_prefix(self) -> str:
        return "SDN"

    def required_fields(self) -> dict[str, str]:
        if self.is_imported:
            return {} if self.sections else {"description": _("Describe the design.")}
        return {"description": _("Describe the design.")}

    def required_sections(self) -> tuple[str, ...]:
        return () if self.is_imported else ("problem", "design", "trade_offs")

"""Code snippets: files to copy, and how to use them."""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.fields import RichTextField, StreamField

from knowledge.blocks.body import INLINE_FEATURES
from knowledge.blocks.details import SourceFilesBlock, TextListBlock
from knowledge.blocks.languages import LANGUAGES
from knowledge.blocks.sections import SnippetSections
from knowledge.kinds import Kind, SnippetKind
from knowledge.models.entry import Entry


class CodeSnippet(Entry):
    """Code that is ready to copy."""

    KIND = Kind.CODE_SNIPPET.value

    language = models.CharField(max_length=32, choices=LANGUAGES, default="text")
    snippet_kind = models.CharField(
        max_length=32, choices=SnippetKind.choices, default=SnippetKind.UTILITY
    )
    description = RichTextField(
        blank=True,
        features=INLINE_FEATURES,
        help_text=gettext_lazy("What it does, in one to three sentences."),
    )
    preview_line = models.CharField(
        max_length=255,
        blank=True,
        help_text=gettext_lazy("The line shown in lists. Empty: the first line of the first file."),
    )
    files = StreamField(SourceFilesBlock(required=False), blank=True)
    compatible_with = StreamField(TextListBlock(required=False), blank=True)
    is_production_tested = models.BooleanField(default=False)
    sections = StreamField(SnippetSections(required=False), blank=True)

    class Meta:
        verbose_name = gettext_lazy("code snippet")
        verbose_name_plural = gettext_lazy("code snippets")

    def code_prefix(self) -> str:
        return f"SNIP-{self.technology_prefix()}"

    def required_fields(self) -> dict[str, str]:
        return {
            "technology": _("Choose the technology."),
            "description": _("Say what the snippet does."),
            "files": _("Add the code: at least one file."),
        }

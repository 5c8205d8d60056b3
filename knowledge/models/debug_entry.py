"""Debug entries: an error as it is met, why it happens, and what ends it."""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.fields import RichTextField, StreamField

from knowledge.blocks.body import INLINE_FEATURES
from knowledge.blocks.details import ErrorMessagesBlock, FixStepsBlock, StackTracesBlock
from knowledge.blocks.sections import DebugSections
from knowledge.kinds import ErrorKind, Kind
from knowledge.models.entry import Entry
from knowledge.models.taxonomy import code_prefix_validator


class DebugEntry(Entry):
    """An error message, its root cause and the steps that fix it."""

    KIND = Kind.DEBUG_ENTRY.value

    area = models.CharField(
        max_length=10,
        blank=True,
        validators=[code_prefix_validator],
        help_text=gettext_lazy(
            "Begins the code, for example DB in DB-001. Empty: the technology's prefix."
        ),
    )
    error_kind = models.CharField(max_length=32, choices=ErrorKind.choices, default=ErrorKind.OTHER)
    error_name = models.CharField(
        max_length=120,
        blank=True,
        help_text=gettext_lazy("As the tool says it, for example TypeError."),
    )
    error_code = models.CharField(
        max_length=120,
        blank=True,
        help_text=gettext_lazy("For example 1452, E0382, ERR_MODULE_NOT_FOUND."),
    )
    badge_label = models.CharField(
        max_length=64,
        blank=True,
        help_text=gettext_lazy("For example PHP ERROR. Empty: the technology."),
    )
    error_messages = StreamField(
        ErrorMessagesBlock(required=False),
        blank=True,
        help_text=gettext_lazy("Every wording readers may paste, exactly as printed."),
    )
    stack_traces = StreamField(StackTracesBlock(required=False), blank=True)
    symptom = RichTextField(
        blank=True, features=INLINE_FEATURES, help_text=gettext_lazy("What a developer sees.")
    )
    fix_summary = RichTextField(
        blank=True,
        features=INLINE_FEATURES,
        help_text=gettext_lazy("The fix in one or two sentences."),
    )
    fix_steps = StreamField(FixStepsBlock(required=False), blank=True)
    is_tested = models.BooleanField(
        default=False, help_text=gettext_lazy("The fix was tried on the error itself.")
    )
    sections = StreamField(DebugSections(required=False), blank=True)

    class Meta:
        verbose_name = gettext_lazy("debug entry")
        verbose_name_plural = gettext_lazy("debug entries")

    def code_prefix(self) -> str:
        return self.area or self.technology_prefix()

    def required_fields(self) -> dict[str, str]:
        needed = {
            "technology": _("Choose the technology."),
            "error_messages": _("Add the message as the tool prints it."),
        }
        if not self.is_imported and not self.fix_steps:
            needed["fix_summary"] = _("Say what fixes it, or add fix steps.")
        return needed

    def required_sections(self) -> tuple[str, ...]:
        return ("root_cause",)

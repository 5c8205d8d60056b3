"""Interview questions: graded, answered in sections, followed up."""

from collections.abc import Mapping
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import RichTextField, StreamField

from knowledge.blocks.body import INLINE_FEATURES
from knowledge.blocks.sections import InterviewSections
from knowledge.kinds import Kind, Level
from knowledge.models.entry import Entry

LEVEL_CODES = {
    Level.JUNIOR: "JR",
    Level.MID: "MID",
    Level.SENIOR: "SR",
    Level.ARCHITECT: "AR",
}
UNGRADED_CODE = "GEN"
MAX_DIFFICULTY = 10


class InterviewQuestion(Entry):
    """A question, its model answer and everything an interviewer does with it."""

    KIND = Kind.INTERVIEW_QUESTION.value
    RELATIONS_SHOWN: ClassVar[Mapping[str, tuple[str, ...]]] = {
        **Entry.RELATIONS_SHOWN,
        "category": ("translation_key",),
    }

    category = models.ForeignKey(
        "knowledge.Category",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="questions",
    )
    roles = ParentalManyToManyField("knowledge.Role", blank=True, related_name="questions")
    level = models.CharField(max_length=16, choices=Level.choices, blank=True)
    difficulty = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_DIFFICULTY)],
        help_text=gettext_lazy("From 1, anyone knows, to 10, few have met it."),
    )
    short_answer = RichTextField(
        blank=True,
        features=INLINE_FEATURES,
        help_text=gettext_lazy("The model answer in two to four sentences."),
    )
    sections = StreamField(InterviewSections(required=False), blank=True)

    class Meta:
        verbose_name = gettext_lazy("interview question")
        verbose_name_plural = gettext_lazy("interview questions")

    def code_prefix(self) -> str:
        level = LEVEL_CODES.get(Level(self.level)) if self.level else UNGRADED_CODE
        return f"{self.technology_prefix()}-{level}"

    def required_fields(self) -> dict[str, str]:
        technology = {"technology": _("Choose the technology.")}
        if self.is_imported:
            # Other collections do not grade as we do; ungraded questions are
            # published as such, and the listing finds them for an editor to grade.
            return (
                technology
                if self.sections
                else {**technology, "short_answer": _("Write the model answer.")}
            )
        return {
            **technology,
            "category": _("Choose the category."),
            "level": _("Choose the level."),
            "difficulty": _("Give the difficulty, 1 to 10."),
            "short_answer": _("Write the model answer."),
        }

    def required_sections(self) -> tuple[str, ...]:
        return () if self.is_imported else ("deep_dive",)

"""Learning paths: ordered modules, and the paths to take before.

Invariant: prerequisites form no cycle.
"""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable

from knowledge.blocks.body import INLINE_FEATURES
from knowledge.blocks.details import ResourcesBlock, TextListBlock
from knowledge.blocks.sections import PathSections
from knowledge.kinds import Kind, PathLevel
from knowledge.models.entry import Entry


class LearningPath(Entry):
    """A way through a subject, module by module."""

    KIND = Kind.LEARNING_PATH.value

    level = models.CharField(max_length=16, choices=PathLevel.choices, blank=True)
    estimated_hours = models.PositiveIntegerField(null=True, blank=True)
    hours_are_estimate = models.BooleanField(
        default=True, help_text=gettext_lazy("Shown as “about 40 hours”.")
    )
    claimed_module_count = models.PositiveIntegerField(
        null=True,
        blank=True,
        help_text=gettext_lazy("What the site says, when not all modules are written yet."),
    )
    description = RichTextField(
        blank=True,
        features=INLINE_FEATURES,
        help_text=gettext_lazy("The path in one to three sentences."),
    )
    audience = RichTextField(
        blank=True,
        features=INLINE_FEATURES,
        help_text=gettext_lazy("For whom, and what they need to know."),
    )
    outcomes = StreamField(
        TextListBlock(required=False),
        blank=True,
        help_text=gettext_lazy("What one can do at the end."),
    )
    is_mentor_guided = models.BooleanField(default=False)
    sections = StreamField(PathSections(required=False), blank=True)

    class Meta:
        verbose_name = gettext_lazy("learning path")
        verbose_name_plural = gettext_lazy("learning paths")

    def code_prefix(self) -> str:
        return "PATH"

    def clean(self) -> None:
        super().clean()
        self.check_no_cycle()

    def check_no_cycle(self, required_path_ids: Iterable[int] | None = None) -> None:
        """Raise ``ValidationError`` when this path would come before itself.

        ``required_path_ids`` are checked in place of the prerequisites it has, for a form
        that has not stored its own yet.
        """
        if self.pk is None:
            return
        if required_path_ids is None:
            required_path_ids = [row.required_path_id for row in self.prerequisites.all()]
        edges: dict[int, set[int]] = {}
        for path_id, required_id in PathPrerequisite.objects.exclude(path_id=self.pk).values_list(
            "path_id", "required_path_id"
        ):
            edges.setdefault(path_id, set()).add(required_id)
        waiting = list(required_path_ids)
        seen: set[int] = set()
        while waiting:
            path_id = waiting.pop()
            if path_id == self.pk:
                raise ValidationError(
                    _("The prerequisites form a circle: this path would come before itself.")
                )
            if path_id not in seen:
                seen.add(path_id)
                waiting += edges.get(path_id, ())

    def required_fields(self) -> dict[str, str]:
        if self.is_imported:
            return {}
        return {
            "level": _("Choose the level."),
            "description": _("Describe the path."),
        }

    def missing_for_publication(self) -> dict[str, str]:
        missing = super().missing_for_publication()
        if not self.modules.all():
            missing["modules"] = _("Add at least one module.")
        return missing


class PathPrerequisite(Orderable):
    """A path to take before another."""

    path = ParentalKey(LearningPath, on_delete=models.CASCADE, related_name="prerequisites")
    required_path = models.ForeignKey(
        LearningPath, on_delete=models.CASCADE, related_name="unlocks"
    )

    class Meta(Orderable.Meta):
        verbose_name = gettext_lazy("prerequisite")
        verbose_name_plural = gettext_lazy("prerequisites")
        constraints = [
            models.UniqueConstraint(fields=["path", "required_path"], name="one_prerequisite")
        ]


class LearningModule(Orderable):
    """A step of a path."""

    path = ParentalKey(LearningPath, on_delete=models.CASCADE, related_name="modules")
    title = models.CharField(max_length=500)
    summary = RichTextField(blank=True, features=INLINE_FEATURES)
    is_highlight = models.BooleanField(
        default=False, help_text=gettext_lazy("Shown on the path's card.")
    )
    hours = models.PositiveIntegerField(null=True, blank=True)
    topics = StreamField(TextListBlock(required=False), blank=True)
    resources = StreamField(ResourcesBlock(required=False), blank=True)
    milestone = models.CharField(
        max_length=500, blank=True, help_text=gettext_lazy("What shows that the module is done.")
    )

    class Meta(Orderable.Meta):
        verbose_name = gettext_lazy("module")
        verbose_name_plural = gettext_lazy("modules")

    def __str__(self) -> str:
        return self.title

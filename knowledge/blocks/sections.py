"""The sections of each kind. A section appears at most once, except "additional"."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from knowledge.blocks import samples
from knowledge.blocks.body import BodyBlock
from knowledge.blocks.choosers import EntryChooserBlock
from knowledge.blocks.previewing import BODY_TEMPLATE, previewed


def section(label, icon: str, description) -> BodyBlock:
    """A named section: a body under a fixed heading."""
    return BodyBlock(icon=icon, label=label, description=description)


class SectionsBlock(blocks.StreamBlock):
    """The sections of a kind, each with a preview of its own in the block chooser."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, block in self.child_blocks.items():
            if isinstance(block, BodyBlock):
                previewed(block, samples.SECTIONS[name], BODY_TEMPLATE)


class FollowUpQuestionBlock(blocks.StructBlock):
    """A question an interviewer asks next, and the entry that answers it."""

    question = blocks.CharBlock(max_length=500)
    answered_by = EntryChooserBlock(
        required=False,
        help_text=_("Shown as a link only while that entry is published."),
    )

    class Meta:
        icon = "help"
        label = _("Follow-up question")
        description = _("A question, and the entry that answers it")
        preview_value = samples.FOLLOW_UP_QUESTIONS[0]
        preview_template = "knowledge/block_previews/questions.html"


class AdditionalSectionBlock(blocks.StructBlock):
    """A section under a heading of the editor's choice."""

    heading = blocks.CharBlock(max_length=255)
    body = BodyBlock()

    class Meta:
        icon = "plus-inverse"
        label = _("Additional section")
        description = _("A section under a heading of your own")
        preview_value = {
            "heading": "Further reading",
            "body": [samples.paragraph("<p>Whatever has no section of its own.</p>")],
        }
        preview_template = "knowledge/block_previews/additional.html"


def once(*names: str) -> dict[str, dict[str, int]]:
    """``block_counts`` that allow each of ``names`` at most once."""
    return {name: {"max_num": 1} for name in names}


class InterviewSections(SectionsBlock):
    """Answer sections of an interview question."""

    deep_dive = section(_("Deep dive"), "search", _("How it works, in detail"))
    real_world_example = section(
        _("Real-world example"), "globe", _("Where it mattered, and what was done")
    )
    common_mistakes = section(
        _("Common mistakes"), "warning", _("What candidates and colleagues get wrong")
    )
    production_scenario = section(
        _("Production scenario"), "cogs", _("The situation in which it is needed")
    )
    follow_up_questions = previewed(
        blocks.ListBlock(
            FollowUpQuestionBlock(),
            icon="help",
            label=_("Follow-up questions"),
            description=_("What an interviewer asks next"),
        ),
        samples.FOLLOW_UP_QUESTIONS,
        "knowledge/block_previews/questions.html",
    )
    additional = AdditionalSectionBlock()

    class Meta:
        block_counts = once(
            "deep_dive",
            "real_world_example",
            "common_mistakes",
            "production_scenario",
            "follow_up_questions",
        )


class DebugSections(SectionsBlock):
    """Sections of a debug entry."""

    root_cause = section(_("Root cause"), "search", _("Why it happens"))
    examples = section(_("Examples"), "code", _("Code that fails and code that works"))
    prevention = section(_("Prevention"), "lock", _("How it never happens again"))
    additional = AdditionalSectionBlock()

    class Meta:
        block_counts = once("root_cause", "examples", "prevention")


class SnippetSections(SectionsBlock):
    """Sections of a code snippet."""

    usage = section(_("Usage"), "code", _("How to call it, with the result"))
    notes = section(_("Notes"), "info-circle", _("Limits and alternatives"))
    additional = AdditionalSectionBlock()

    class Meta:
        block_counts = once("usage", "notes")


class DesignSections(SectionsBlock):
    """Sections of a system design note."""

    problem = section(_("Problem"), "help", _("What has to be solved, for whom"))
    requirements = section(
        _("Requirements"), "list-ul", _("What it must do, and how well, in numbers")
    )
    design = section(_("Design"), "cogs", _("The parts and how they work together"))
    trade_offs = section(_("Trade-offs"), "tasks", _("What was given up, and why"))
    scaling = section(_("Scaling"), "resubmit", _("What changes at ten times the load"))
    failure_modes = section(
        _("Failure modes"), "warning", _("What breaks first, and what happens then")
    )
    lessons = section(_("Lessons"), "tick-inverse", _("What to take away"))
    additional = AdditionalSectionBlock()

    class Meta:
        block_counts = once(
            "problem",
            "requirements",
            "design",
            "trade_offs",
            "scaling",
            "failure_modes",
            "lessons",
        )


class PathSections(SectionsBlock):
    """Sections of a learning path."""

    overview = section(_("Overview"), "doc-full", _("What the path is about"))
    additional = AdditionalSectionBlock()

    class Meta:
        block_counts = once("overview")


class SecuritySections(SectionsBlock):
    """Sections of a security topic."""

    overview = section(_("Overview"), "doc-full", _("What it is and whom it hits"))
    attack = section(_("Attack"), "warning", _("How it is exploited"))
    detection = section(_("Detection"), "search", _("How to notice it"))
    mitigation = section(_("Mitigation"), "lock", _("How to close it"))
    additional = AdditionalSectionBlock()

    class Meta:
        block_counts = once("overview", "attack", "detection", "mitigation")

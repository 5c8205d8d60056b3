"""The sections of each kind. A section appears at most once, except "additional"."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from knowledge.blocks.body import BodyBlock
from knowledge.blocks.choosers import EntryChooserBlock


def section(label, icon: str, description) -> BodyBlock:
    """A named section: a body under a fixed heading."""
    return BodyBlock(icon=icon, label=label, description=description)


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


class AdditionalSectionBlock(blocks.StructBlock):
    """A section under a heading of the editor's choice."""

    heading = blocks.CharBlock(max_length=255)
    body = BodyBlock()

    class Meta:
        icon = "plus-inverse"
        label = _("Additional section")
        description = _("A section under a heading of your own")


def once(*names: str) -> dict[str, dict[str, int]]:
    """``block_counts`` that allow each of ``names`` at most once."""
    return {name: {"max_num": 1} for name in names}


class InterviewSections(blocks.StreamBlock):
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
    follow_up_questions = blocks.ListBlock(
        FollowUpQuestionBlock(),
        icon="help",
        label=_("Follow-up questions"),
        description=_("What an interviewer asks next"),
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


class DebugSections(blocks.StreamBlock):
    """Sections of a debug entry."""

    root_cause = section(_("Root cause"), "search", _("Why it happens"))
    examples = section(_("Examples"), "code", _("Code that fails and code that works"))
    prevention = section(_("Prevention"), "lock", _("How it never happens again"))
    additional = AdditionalSectionBlock()

    class Meta:
        block_counts = once("root_cause", "examples", "prevention")


class SnippetSections(blocks.StreamBlock):
    """Sections of a code snippet."""

    usage = section(_("Usage"), "code", _("How to call it, with the result"))
    notes = section(_("Notes"), "info-circle", _("Limits and alternatives"))
    additional = AdditionalSectionBlock()

    class Meta:
        block_counts = once("usage", "notes")


class DesignSections(blocks.StreamBlock):
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


class PathSections(blocks.StreamBlock):
    """Sections of a learning path."""

    overview = section(_("Overview"), "doc-full", _("What the path is about"))
    additional = AdditionalSectionBlock()

    class Meta:
        block_counts = once("overview")


class SecuritySections(blocks.StreamBlock):
    """Sections of a security topic."""

    overview = section(_("Overview"), "doc-full", _("What it is and whom it hits"))
    attack = section(_("Attack"), "warning", _("How it is exploited"))
    detection = section(_("Detection"), "search", _("How to notice it"))
    mitigation = section(_("Mitigation"), "lock", _("How to close it"))
    additional = AdditionalSectionBlock()

    class Meta:
        block_counts = once("overview", "attack", "detection", "mitigation")

"""The sections a home page is composed of, in the order the editor gives them.

Invariant: a section holds words and choices only. Figures, quotes and entries are read
from where they are kept when the page is delivered, so no section can show a stale one.
"""

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from knowledge.kinds import Kind

link_validator = RegexValidator(
    r"^(/|#|https?://|mailto:)[^\s]*$",
    _("Write a path such as /about/, an anchor, or an address beginning with https://."),
)


def link_label() -> blocks.CharBlock:
    """The words of a section's link."""
    return blocks.CharBlock(required=False, max_length=120, help_text=_("Empty: no link."))


def link_url() -> blocks.CharBlock:
    """Where a section's link leads."""
    return blocks.CharBlock(
        required=False,
        max_length=500,
        validators=[link_validator],
        help_text=_("A path on the site such as /about/, or a full address."),
    )


SECTION_TEMPLATE = "pages/block_previews/section.html"


class SectionBlock(blocks.StructBlock):
    """What every section may carry around its content."""

    ordinal = blocks.CharBlock(
        required=False, max_length=16, help_text=_("The label it is numbered by, for example IV.")
    )
    eyebrow = blocks.CharBlock(
        required=False, max_length=160, help_text=_("The small line above the heading.")
    )
    heading = blocks.CharBlock(max_length=255)
    status_line = blocks.CharBlock(
        required=False,
        max_length=255,
        help_text=_("Set in a monospaced face, for example DOMAINS: 06 // QUESTIONS · ERRORS."),
    )
    text = blocks.TextBlock(required=False, rows=4)
    link_label = link_label()
    link_url = link_url()


class HeroBlock(blocks.StructBlock):
    """The opening of the page."""

    eyebrow = blocks.CharBlock(required=False, max_length=160)
    heading = blocks.CharBlock(max_length=255)
    lead = blocks.TextBlock(required=False, rows=3, help_text=_("One or two sentences."))
    body = blocks.TextBlock(required=False, rows=6)
    link_label = link_label()
    link_url = link_url()

    class Meta:
        icon = "home"
        label = _("Opening")
        description = _("The first thing a visitor reads")
        preview_value = {
            "eyebrow": "ENGINEERING KNOWLEDGE",
            "heading": "Answers that survived production",
            "lead": "Questions, errors and designs, reviewed by people who run them.",
            "link_label": "Start reading",
            "link_url": "/questions/",
        }
        preview_template = SECTION_TEMPLATE


class StatusLineBlock(blocks.StructBlock):
    """A line of status, as a terminal would print it."""

    text = blocks.CharBlock(max_length=255)

    class Meta:
        icon = "info-circle"
        label = _("Status line")
        description = _("One line of status")
        preview_value = {"text": "HUB_STATUS: OPERATIONAL // REVIEWED DAILY"}
        preview_template = SECTION_TEMPLATE


class FiguresBlock(SectionBlock):
    """The figures of the hub settings."""

    class Meta:
        icon = "order"
        label = _("Figures")
        description = _("The figures of the hub settings, claimed and counted")
        preview_value = {
            "ordinal": "I",
            "heading": "In numbers",
            "status_line": "FIGURES: CLAIMED // COUNTED",
        }
        preview_template = SECTION_TEMPLATE


class DomainsBlock(SectionBlock):
    """The knowledge domains."""

    class Meta:
        icon = "globe"
        label = _("Domains")
        description = _("The domains of the archive")
        preview_value = {
            "ordinal": "II",
            "heading": "Six domains",
            "text": "From the browser to the disk.",
        }
        preview_template = SECTION_TEMPLATE


class QuotesBlock(SectionBlock):
    """The published quotes."""

    class Meta:
        icon = "openquote"
        label = _("Quotes")
        description = _("The published quotes")
        preview_value = {"ordinal": "III", "heading": "Worth repeating"}
        preview_template = SECTION_TEMPLATE


class TestimonialsBlock(SectionBlock):
    """The published testimonials."""

    class Meta:
        icon = "group"
        label = _("Testimonials")
        description = _("The published testimonials")
        preview_value = {"ordinal": "IV", "heading": "What readers say"}
        preview_template = SECTION_TEMPLATE


class LatestEntriesBlock(SectionBlock):
    """The newest published entries of one kind, or of all."""

    kind = blocks.ChoiceBlock(
        choices=Kind.choices, required=False, help_text=_("Empty: entries of every kind.")
    )
    count = blocks.IntegerBlock(default=6, min_value=1, max_value=24)

    class Meta:
        icon = "list-ul"
        label = _("Latest entries")
        description = _("The newest published entries")
        preview_value = {"heading": "New this week", "kind": "DEBUG_ENTRY", "count": 6}
        preview_template = SECTION_TEMPLATE


class ContributionsBlock(SectionBlock):
    """The invitation to contribute."""

    class Meta:
        icon = "edit"
        label = _("Contributions")
        description = _("The invitation to contribute")
        preview_value = {
            "heading": "Fixed something?",
            "text": "Send it in. A reviewer answers within a week.",
            "link_label": "Contribute",
            "link_url": "/contribute/",
        }
        preview_template = SECTION_TEMPLATE


class ContactBlock(SectionBlock):
    """How to reach the editors; the details are in the hub settings."""

    class Meta:
        icon = "mail"
        label = _("Contact")
        description = _("How to reach the editors")
        preview_value = {"heading": "Talk to us", "text": "Corrections first, praise second."}
        preview_template = SECTION_TEMPLATE


class HomeSections(blocks.StreamBlock):
    """The sections of a home page."""

    hero = HeroBlock()
    status_line = StatusLineBlock()
    figures = FiguresBlock()
    domains = DomainsBlock()
    quotes = QuotesBlock()
    testimonials = TestimonialsBlock()
    latest_entries = LatestEntriesBlock()
    contributions = ContributionsBlock()
    contact = ContactBlock()

    class Meta:
        block_counts = {"hero": {"max_num": 1}, "contact": {"max_num": 1}}

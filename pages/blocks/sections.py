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


class StatusLineBlock(blocks.StructBlock):
    """A line of status, as a terminal would print it."""

    text = blocks.CharBlock(max_length=255)

    class Meta:
        icon = "info-circle"
        label = _("Status line")
        description = _("One line of status")


class FiguresBlock(SectionBlock):
    """The figures of the hub settings."""

    class Meta:
        icon = "order"
        label = _("Figures")
        description = _("The figures of the hub settings, claimed and counted")


class DomainsBlock(SectionBlock):
    """The knowledge domains."""

    class Meta:
        icon = "globe"
        label = _("Domains")
        description = _("The domains of the archive")


class QuotesBlock(SectionBlock):
    """The published quotes."""

    class Meta:
        icon = "openquote"
        label = _("Quotes")
        description = _("The published quotes")


class TestimonialsBlock(SectionBlock):
    """The published testimonials."""

    class Meta:
        icon = "group"
        label = _("Testimonials")
        description = _("The published testimonials")


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


class ContributionsBlock(SectionBlock):
    """The invitation to contribute."""

    class Meta:
        icon = "edit"
        label = _("Contributions")
        description = _("The invitation to contribute")


class ContactBlock(SectionBlock):
    """How to reach the editors; the details are in the hub settings."""

    class Meta:
        icon = "mail"
        label = _("Contact")
        description = _("How to reach the editors")


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

"""The body of a page: everything a section of an entry takes, and headings, quotes, entries."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from knowledge.blocks.body import BodyBlock
from knowledge.blocks.choosers import EntryChooserBlock


class HeadingBlock(blocks.StructBlock):
    """A heading below the page's own title."""

    level = blocks.ChoiceBlock(
        choices=[("2", _("Section")), ("3", _("Subsection")), ("4", _("Part of a subsection"))],
        default="2",
    )
    text = blocks.CharBlock(max_length=255)

    class Meta:
        icon = "title"
        label = _("Heading")
        description = _("Begins a section or subsection")


class QuoteBlock(blocks.StructBlock):
    """Somebody's words, and whose they are."""

    text = blocks.TextBlock(rows=3)
    attribution_name = blocks.CharBlock(required=False, max_length=120, label=_("Who said it"))
    attribution_role = blocks.CharBlock(required=False, max_length=160, label=_("Their role"))

    class Meta:
        icon = "openquote"
        label = _("Quote")
        description = _("Somebody's words, with their name")


class PageBodyBlock(BodyBlock):
    """The blocks of a page's body."""

    heading = HeadingBlock()
    quote = QuoteBlock()
    entry = EntryChooserBlock(
        icon="snippet",
        label=_("Entry"),
        description=_("A knowledge entry; shown only while it is published"),
    )

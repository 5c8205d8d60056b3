"""The body of a page: everything a section of an entry takes, and headings, quotes, entries."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from knowledge.blocks.body import BodyBlock
from knowledge.blocks.choosers import EntryChooserBlock
from knowledge.blocks.previewing import previewed


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
        preview_value = {"level": "2", "text": "How entries are reviewed"}
        preview_template = "pages/block_previews/heading.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words, and whose they are."""

    text = blocks.TextBlock(rows=3)
    attribution_name = blocks.CharBlock(required=False, max_length=120, label=_("Who said it"))
    attribution_role = blocks.CharBlock(required=False, max_length=160, label=_("Their role"))

    class Meta:
        icon = "openquote"
        label = _("Quote")
        description = _("Somebody's words, with their name")
        preview_value = {
            "text": "A good error message names the cause, the place and the way out.",
            "attribution_name": "Maya Lindqvist",
            "attribution_role": "Site reliability engineer",
        }
        preview_template = "pages/block_previews/quote.html"


class PageBodyBlock(BodyBlock):
    """The blocks of a page's body."""

    heading = HeadingBlock()
    quote = QuoteBlock()
    entry = previewed(
        EntryChooserBlock(
            icon="snippet",
            label=_("Entry"),
            description=_("A knowledge entry; shown only while it is published"),
        ),
        None,
        "pages/block_previews/entry.html",
    )

"""What a section's body is made of: prose, code, pictures, tables, callouts."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.images.blocks import ImageChooserBlock

from knowledge.blocks import samples
from knowledge.blocks.languages import LANGUAGES
from knowledge.blocks.previewing import BLOCK_TEMPLATE, previewed

PROSE_FEATURES = [
    "h3",
    "h4",
    "bold",
    "italic",
    "code",
    "link",
    "document-link",
    "ol",
    "ul",
    "hr",
    "blockquote",
]
INLINE_FEATURES = ["bold", "italic", "code", "link"]


class CodeTextBlock(blocks.TextBlock):
    """Code exactly as typed: no stripping, no typographic help."""

    def __init__(self, **kwargs):
        super().__init__(rows=kwargs.pop("rows", 10), **kwargs)
        self.field.strip = False
        self.field.widget.attrs.update(
            {
                "class": "lamplight-code",
                "spellcheck": "false",
                "autocapitalize": "off",
                "autocomplete": "off",
            }
        )

    def value_from_form(self, value):
        # Browsers submit every line end as CR LF, whatever was typed or pasted.
        value = super().value_from_form(value)
        return value.replace("\r\n", "\n").replace("\r", "\n") if value else value


class CodeBlock(blocks.StructBlock):
    """Code with its language."""

    language = blocks.ChoiceBlock(choices=LANGUAGES, default="text")
    code = CodeTextBlock()
    caption = blocks.CharBlock(required=False, max_length=255)

    class Meta:
        icon = "code"
        label = _("Code")
        description = _("A listing with its language, kept byte for byte")
        preview_value = {"language": "python", "code": samples.LISTING, "caption": ""}
        preview_template = BLOCK_TEMPLATE


class ImageBlock(blocks.StructBlock):
    """A picture whose alternative text belongs to the place it is shown in."""

    image = ImageChooserBlock()
    alt = blocks.CharBlock(
        required=False,
        max_length=255,
        label=_("Alternative text"),
        help_text=_("What the picture tells someone who cannot see it. Empty: decorative."),
    )
    caption = blocks.CharBlock(required=False, max_length=255)

    class Meta:
        icon = "image"
        label = _("Image")
        description = _("A picture with alternative text and caption")
        preview_value = samples.IMAGE
        preview_template = "knowledge/block_previews/image.html"


class CalloutBlock(blocks.StructBlock):
    """A remark set apart from the text."""

    tone = blocks.ChoiceBlock(
        choices=[
            ("note", _("Note")),
            ("tip", _("Tip")),
            ("warning", _("Warning")),
            ("danger", _("Danger")),
        ],
        default="note",
    )
    text = blocks.RichTextBlock(features=INLINE_FEATURES)

    class Meta:
        icon = "warning"
        label = _("Callout")
        description = _("A note, tip, warning or danger")
        preview_value = samples.CALLOUT
        preview_template = BLOCK_TEMPLATE


class BodyBlock(blocks.StreamBlock):
    """The body of a section."""

    paragraph = previewed(
        blocks.RichTextBlock(
            features=PROSE_FEATURES,
            icon="pilcrow",
            label=_("Text"),
            description=_("Paragraphs, lists, links and inline code"),
        ),
        samples.PARAGRAPH,
    )
    markdown = previewed(
        blocks.TextBlock(
            rows=12,
            icon="doc-full",
            label=_("Markdown"),
            description=_("Text in Markdown, for those who think in it"),
        ),
        samples.MARKDOWN,
    )
    code = CodeBlock()
    image = ImageBlock()
    table = previewed(
        TableBlock(icon="table", label=_("Table"), description=_("Rows and columns")),
        samples.TABLE,
    )
    callout = CalloutBlock()

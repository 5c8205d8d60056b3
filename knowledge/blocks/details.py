"""Structured parts of single kinds: messages, traces, fix steps, files, diagrams, comparisons."""

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from knowledge.blocks import samples
from knowledge.blocks.body import INLINE_FEATURES, CodeTextBlock
from knowledge.blocks.choosers import EntryChooserBlock
from knowledge.blocks.languages import LANGUAGES
from knowledge.blocks.previewing import DETAILS_TEMPLATE, previewed


class TextListBlock(blocks.StreamBlock):
    """An ordered list of short plain texts."""

    item = previewed(
        blocks.CharBlock(max_length=500, label=_("Item"), icon="list-ul"),
        "Python 3.11 and later",
        "knowledge/block_previews/item.html",
        _("One line of the list"),
    )


class ErrorMessagesBlock(blocks.StreamBlock):
    """Messages exactly as the tool prints them; error lookup matches against them."""

    message = previewed(
        CodeTextBlock(
            rows=2,
            icon="warning",
            label=_("Message"),
            description=_("Byte for byte as the tool prints it"),
        ),
        samples.TRACE.splitlines()[-1],
        DETAILS_TEMPLATE,
    )


class StackTraceBlock(blocks.StructBlock):
    """A stack trace and what to see in it."""

    language = blocks.ChoiceBlock(choices=LANGUAGES, default="text")
    text = CodeTextBlock()
    note = blocks.CharBlock(required=False, max_length=500)

    class Meta:
        icon = "list-ol"
        label = _("Stack trace")
        description = _("A trace as it was printed, and what to see in it")
        preview_value = {
            "language": "python",
            "text": samples.TRACE,
            "note": "The last line names the cause, the one above it the place.",
        }
        preview_template = DETAILS_TEMPLATE


class StackTracesBlock(blocks.StreamBlock):
    """Stack traces of an error."""

    trace = StackTraceBlock()


class FixStepBlock(blocks.StructBlock):
    """One thing to do, in order."""

    kind = blocks.ChoiceBlock(
        choices=[
            ("command", _("Run a command")),
            ("edit", _("Edit code")),
            ("config", _("Change configuration")),
            ("verify", _("Verify")),
        ],
        default="edit",
    )
    instruction = blocks.RichTextBlock(features=INLINE_FEATURES)
    language = blocks.ChoiceBlock(choices=LANGUAGES, default="text", required=False)
    code = CodeTextBlock(required=False)
    platform = blocks.CharBlock(
        required=False, max_length=64, help_text=_("Where it applies. Empty: everywhere.")
    )
    temporary = blocks.BooleanBlock(
        required=False, help_text=_("Stops the pain, does not cure the cause.")
    )

    class Meta:
        icon = "check"
        label = _("Fix step")
        description = _("One thing to do: a command, an edit, a setting, a check")
        preview_value = {
            "kind": "command",
            "instruction": "<p>Raise the limit and start again.</p>",
            "language": "bash",
            "code": "sysctl -w fs.inotify.max_user_watches=524288\n",
            "platform": "Linux",
            "temporary": True,
        }
        preview_template = DETAILS_TEMPLATE


class FixStepsBlock(blocks.StreamBlock):
    """The way out, step by step."""

    step = FixStepBlock()


class SourceFileBlock(blocks.StructBlock):
    """A file of a snippet."""

    name = blocks.CharBlock(max_length=255, help_text=_("Path and name, as in a project."))
    language = blocks.ChoiceBlock(choices=LANGUAGES, default="text")
    code = CodeTextBlock(rows=16)

    class Meta:
        icon = "code"
        label = _("File")
        description = _("A file with its name and language")
        preview_value = {"name": "app/session.py", "language": "python", "code": samples.LISTING}
        preview_template = DETAILS_TEMPLATE


class SourceFilesBlock(blocks.StreamBlock):
    """The files of a snippet, the first of them the one to show."""

    file = SourceFileBlock()


class DiagramSourceBlock(blocks.StructBlock):
    """A diagram as text."""

    format = blocks.ChoiceBlock(choices=[("mermaid", "Mermaid")], default="mermaid")
    source = CodeTextBlock()
    alt = blocks.CharBlock(max_length=500, label=_("Alternative text"))
    caption = blocks.CharBlock(required=False, max_length=255)

    class Meta:
        icon = "code"
        label = _("Diagram as text")
        description = _("A diagram in Mermaid")
        preview_value = {
            "format": "mermaid",
            "source": samples.DIAGRAM,
            "alt": samples.IMAGE["alt"],
            "caption": samples.IMAGE["caption"],
        }
        preview_template = DETAILS_TEMPLATE


class DiagramImageBlock(blocks.StructBlock):
    """A diagram as a picture."""

    image = ImageChooserBlock()
    alt = blocks.CharBlock(max_length=500, label=_("Alternative text"))
    caption = blocks.CharBlock(required=False, max_length=255)

    class Meta:
        icon = "image"
        label = _("Diagram as image")
        description = _("A drawn diagram")
        preview_value = samples.IMAGE
        preview_template = "knowledge/block_previews/image.html"


class DiagramsBlock(blocks.StreamBlock):
    """The diagrams of a design."""

    text = DiagramSourceBlock()
    image = DiagramImageBlock()


class CodeComparisonBlock(blocks.StructBlock):
    """Vulnerable and fixed code side by side."""

    language = blocks.ChoiceBlock(choices=LANGUAGES, default="text")
    vulnerable_code = CodeTextBlock()
    fixed_code = CodeTextBlock()
    explanation = blocks.RichTextBlock(features=INLINE_FEATURES, required=False)

    class Meta:
        icon = "copy"
        label = _("Vulnerable and fixed")
        description = _("The same code twice: as it can be attacked, and repaired")
        preview_value = {
            "language": "python",
            "vulnerable_code": samples.VULNERABLE,
            "fixed_code": samples.FIXED,
            "explanation": "<p>The driver quotes what it is given as a parameter.</p>",
        }
        preview_template = DETAILS_TEMPLATE


class CodeComparisonsBlock(blocks.StreamBlock):
    """Vulnerable code and its repair."""

    comparison = CodeComparisonBlock()


def identifier(label, pattern: str, example: str) -> blocks.CharBlock:
    """An identifier of a public catalogue, checked against its form."""
    block = blocks.CharBlock(
        max_length=32,
        label=label,
        icon="tag",
        help_text=_("For example %s.") % example,
        validators=[
            RegexValidator(pattern, _("Write it as in the catalogue, for example %s.") % example)
        ],
    )
    return previewed(block, example, DETAILS_TEMPLATE)


class WeaknessIdentifiersBlock(blocks.StreamBlock):
    """Where the topic stands in the public catalogues."""

    owasp = identifier("OWASP Top 10", r"^(A|API|LLM|M)\d{1,2}(:\d{4})?$", "A03:2021")
    cwe = identifier("CWE", r"^CWE-\d{1,5}$", "CWE-89")
    attack = identifier("MITRE ATT&CK", r"^TA?\d{4}(\.\d{3})?$", "T1190")


class EntryResourceBlock(blocks.StructBlock):
    """An entry of this archive to read."""

    title = blocks.CharBlock(
        required=False, max_length=500, help_text=_("Empty: the entry's own title.")
    )
    entry = EntryChooserBlock()

    class Meta:
        icon = "snippet"
        label = _("Entry")
        description = _("An entry of this archive to read")
        preview_value = {"title": "Why does a list as default argument remember?", "entry": None}
        preview_template = "knowledge/block_previews/resource.html"


class LinkResourceBlock(blocks.StructBlock):
    """Something elsewhere to read, watch or do."""

    title = blocks.CharBlock(max_length=500)
    url = blocks.URLBlock(max_length=2000)
    note = blocks.CharBlock(required=False, max_length=500)

    class Meta:
        icon = "link"
        label = _("Link")
        description = _("Something elsewhere to read, watch or do")
        preview_value = {
            "title": "Transaction isolation",
            "url": "https://www.postgresql.org/docs/current/transaction-iso.html",
            "note": "Chapter 13.2, twenty minutes",
        }
        preview_template = "knowledge/block_previews/resource.html"


class ResourcesBlock(blocks.StreamBlock):
    """What to work through in a module."""

    entry = EntryResourceBlock()
    link = LinkResourceBlock()

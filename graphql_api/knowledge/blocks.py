"""Rich text in its three forms, and the blocks of a section's body."""

from typing import Any

import graphene

from graphql_api.knowledge.documents import DocumentType, listed, text
from graphql_api.knowledge.enums import CalloutTone
from graphql_api.media import Image


class RichText(DocumentType):
    """A text in the three forms front ends use."""

    html = text("Sanitised HTML.")
    markdown = text("Markdown (CommonMark with tables).")
    text = text("Plain text, one line a paragraph.")


class Block(graphene.Interface):
    """A piece of a section's body."""

    html = text("Sanitised HTML.")
    markdown = text("Markdown.")
    text = text("Plain text.")

    @classmethod
    def resolve_type(cls, source: Any, info: graphene.ResolveInfo) -> type[graphene.ObjectType]:
        return BLOCK_TYPES[source["type"]]


class ProseBlock(DocumentType):
    """Paragraphs, lists, quotations, links and inline code."""

    class Meta:
        interfaces = (Block,)


class CodeBlock(DocumentType):
    """A listing, byte for byte as its author typed it."""

    class Meta:
        interfaces = (Block,)

    language = text("The language as syntax highlighters name it, for example `python`.")
    language_label = text("The language for readers, for example `Python`.")
    code = text("The code itself.")
    highlighted_html = text(
        "The code with `tok-` classes for highlighting, without the `pre` around it."
    )
    caption = text("The caption; empty when there is none.")


class ImageBlock(DocumentType):
    """A picture."""

    class Meta:
        interfaces = (Block,)

    image = graphene.Field(graphene.NonNull(Image), description="The picture.")
    alt = text("What it tells someone who cannot see it; empty: decorative.")
    caption = text("The caption; empty when there is none.")


class TableBlock(DocumentType):
    """A table."""

    class Meta:
        interfaces = (Block,)

    headers = listed(graphene.String, "The cells of the header row; empty without one.")
    rows = listed(graphene.List(graphene.NonNull(graphene.String)), "The cells, row by row.")
    caption = text("The caption; empty when there is none.")


class CalloutBlock(DocumentType):
    """A remark set apart from the text."""

    class Meta:
        interfaces = (Block,)

    tone = CalloutTone(required=True, description="How urgent it is.")


class CodeListing(DocumentType):
    """Code with its language."""

    language = text("The language as syntax highlighters name it, for example `python`.")
    language_label = text("The language for readers, for example `Python`.")
    code = text("The code itself, byte for byte.")
    highlighted_html = text("The code with `tok-` classes for highlighting.")


BLOCK_TYPES = {
    "PROSE": ProseBlock,
    "CODE": CodeBlock,
    "IMAGE": ImageBlock,
    "TABLE": TableBlock,
    "CALLOUT": CalloutBlock,
}

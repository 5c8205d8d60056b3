"""The blocks that only the bodies of pages have, beside those of an entry's sections."""

from typing import Any

import graphene

from graphql_api.knowledge.blocks import BLOCK_TYPES, Block
from graphql_api.knowledge.documents import DocumentType, text
from graphql_api.knowledge.entries import Entry
from graphql_api.pages.entries import entry_of_block
from graphql_api.records import EntryRecord


class HeadingBlock(DocumentType):
    """A heading below the page's own title."""

    class Meta:
        interfaces = (Block,)

    level = graphene.Int(required=True, description="2, 3 or 4, as in `h2`, `h3` and `h4`.")


class QuoteBlock(DocumentType):
    """Somebody's words."""

    class Meta:
        interfaces = (Block,)

    quote = text("The words alone.")
    attribution_name = text("Whose they are; empty when that is not told.")
    attribution_role = text("What that person does; empty when that is not told.")


class EntryBlock(DocumentType):
    """An entry shown within a page. The block exists only while the entry is published."""

    class Meta:
        interfaces = (Block,)

    entry = graphene.Field(
        Entry,
        description="The entry in the language of the page, or else one it exists in; null when "
        "it was withdrawn while the answer was made.",
    )

    @staticmethod
    def resolve_entry(block: dict[str, Any], info: graphene.ResolveInfo) -> EntryRecord | None:
        return entry_of_block(block["page"], block["entryKey"])


PAGE_BLOCK_TYPES = {"HEADING": HeadingBlock, "QUOTE": QuoteBlock, "ENTRY": EntryBlock}
BLOCK_TYPES.update(PAGE_BLOCK_TYPES)

"""CodeSnippet: files to copy, and how to use them."""

import graphene

from graphql_api.knowledge.blocks import RichText
from graphql_api.knowledge.documents import DocumentType, listed, text
from graphql_api.knowledge.entries import Entry
from graphql_api.knowledge.enums import SnippetKind
from graphql_api.knowledge.node import NODE_TYPES, Node
from graphql_api.knowledge.sections import section_fields
from knowledge.kinds import Kind

_SECTIONS = section_fields("USAGE", "NOTES")


class SourceFile(DocumentType):
    """A file of a snippet."""

    name = text("Path and name, as in a project.")
    language = text("The language as syntax highlighters name it, for example `python`.")
    language_label = text("The language for readers, for example `Python`.")
    code = text("The file itself, byte for byte.")
    highlighted_html = text("The file with `tok-` classes for highlighting.")


class CodeSnippet(DocumentType):
    """Code that is ready to copy."""

    class Meta:
        interfaces = (Entry, Node)

    language = text("The main language as syntax highlighters name it, for example `python`.")
    language_label = text("The language for readers, for example `Python`.")
    snippet_kind = SnippetKind(required=True, description="What it is for.")
    snippet_kind_label = text("The same in words, in the entry's language.")
    preview_line = text("One line of code for lists.")
    compatible_with = listed(graphene.String, "Versions and tools it works with.")
    is_production_tested = graphene.Boolean(
        required=True, description="It runs in production somewhere."
    )
    description = graphene.Field(RichText, description="What it does, in one to three sentences.")
    files = listed(SourceFile, "The files, the first of them the one to show.")
    usage = _SECTIONS["usage"]
    notes = _SECTIONS["notes"]
    additional_sections = _SECTIONS["additional_sections"]


NODE_TYPES[Kind.CODE_SNIPPET] = CodeSnippet

"""DebugEntry: an error as it is met, why it happens, and what ends it."""

import graphene

from graphql_api.knowledge.blocks import CodeListing, RichText
from graphql_api.knowledge.documents import DocumentType, listed, text
from graphql_api.knowledge.entries import Entry
from graphql_api.knowledge.enums import ErrorKind, FixStepKind
from graphql_api.knowledge.node import NODE_TYPES, Node
from graphql_api.knowledge.sections import section_fields
from knowledge.kinds import Kind

_SECTIONS = section_fields("ROOT_CAUSE", "EXAMPLES", "PREVENTION")


class StackTrace(DocumentType):
    """A stack trace as it is printed."""

    language = text("The language as syntax highlighters name it; `text` when it has none.")
    language_label = text("The language for readers.")
    code = text("The trace itself, byte for byte.")
    highlighted_html = text("The trace with `tok-` classes for highlighting.")
    note = text("What to see in it; empty when nothing was written.")


class FixStep(DocumentType):
    """One thing to do."""

    position = graphene.Int(required=True, description="From 1.")
    kind = FixStepKind(required=True, description="What it asks for.")
    instruction = graphene.Field(RichText, description="What to do.")
    code = graphene.Field(CodeListing, description="The command, edit or setting; null without.")
    platform = graphene.String(description="Where it applies; null: everywhere.")
    is_temporary = graphene.Boolean(
        required=True, description="Stops the pain, does not cure the cause."
    )


class DebugEntry(DocumentType):
    """An error message, its root cause and the steps that fix it."""

    class Meta:
        interfaces = (Entry, Node)

    error_kind = ErrorKind(required=True, description="What sort of failure it is.")
    error_kind_label = text("The same in words, in the entry's language.")
    error_name = graphene.String(description="As the tool says it, for example `TypeError`.")
    error_code = graphene.String(description="For example `1452`, `E0382`.")
    badge_label = graphene.String(description="For example `PHP ERROR`; null: the technology.")
    error_messages = listed(graphene.String, "Every wording, exactly as printed.")
    is_tested = graphene.Boolean(
        required=True, description="The fix was tried on the error itself."
    )
    symptom = graphene.Field(RichText, description="What a developer sees.")
    fix_summary = graphene.Field(RichText, description="The fix in one or two sentences.")
    stack_traces = listed(StackTrace, "Stack traces of the error.")
    fix_steps = listed(FixStep, "The way out, in order.")
    root_cause = _SECTIONS["root_cause"]
    examples = _SECTIONS["examples"]
    prevention = _SECTIONS["prevention"]
    additional_sections = _SECTIONS["additional_sections"]


NODE_TYPES[Kind.DEBUG_ENTRY] = DebugEntry

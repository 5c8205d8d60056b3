"""SystemDesignNote: from a problem in numbers to what was learned."""

import graphene

from graphql_api.knowledge.blocks import RichText
from graphql_api.knowledge.documents import DocumentType, listed, text
from graphql_api.knowledge.entries import Entry
from graphql_api.knowledge.enums import DesignKind, DiagramFormat
from graphql_api.knowledge.node import NODE_TYPES, Node
from graphql_api.knowledge.sections import section_fields
from graphql_api.media import Image
from knowledge.kinds import Kind

_SECTIONS = section_fields(
    "PROBLEM", "REQUIREMENTS", "DESIGN", "TRADE_OFFS", "SCALING", "FAILURE_MODES", "LESSONS"
)


class Diagram(DocumentType):
    """A diagram, as source text or as a picture."""

    format = DiagramFormat(required=True, description="Which of the two it is.")
    source = graphene.String(description="The source text; null for a picture.")
    image = graphene.Field(Image, description="The picture; null for source text.")
    alt = text("What it tells someone who cannot see it.")
    caption = text("The caption; empty when there is none.")


class SystemDesignNote(DocumentType):
    """A design, its reasons and its limits."""

    class Meta:
        interfaces = (Entry, Node)

    design_kind = DesignKind(required=True, description="What the note describes.")
    design_kind_label = text("The same in words, in the entry's language.")
    description = graphene.Field(RichText, description="The note in one to three sentences.")
    diagrams = listed(Diagram, "The diagrams of the design.")
    problem = _SECTIONS["problem"]
    requirements = _SECTIONS["requirements"]
    design = _SECTIONS["design"]
    trade_offs = _SECTIONS["trade_offs"]
    scaling = _SECTIONS["scaling"]
    failure_modes = _SECTIONS["failure_modes"]
    lessons = _SECTIONS["lessons"]
    additional_sections = _SECTIONS["additional_sections"]


NODE_TYPES[Kind.SYSTEM_DESIGN_NOTE] = SystemDesignNote

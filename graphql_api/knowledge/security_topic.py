"""SecurityTopic: how it is attacked, noticed and closed."""

import graphene

from graphql_api.knowledge.blocks import CodeListing, RichText
from graphql_api.knowledge.documents import DocumentType, listed, text
from graphql_api.knowledge.entries import Entry
from graphql_api.knowledge.enums import SecurityKind, Severity
from graphql_api.knowledge.node import NODE_TYPES, Node
from graphql_api.knowledge.sections import section_fields
from knowledge.kinds import Kind

_SECTIONS = section_fields("OVERVIEW", "ATTACK", "DETECTION", "MITIGATION")


class CodeComparison(DocumentType):
    """Vulnerable and fixed code side by side."""

    vulnerable = graphene.Field(
        graphene.NonNull(CodeListing), description="The code that can be attacked."
    )
    fixed = graphene.Field(graphene.NonNull(CodeListing), description="The same, closed.")
    explanation = graphene.Field(RichText, description="What makes the difference.")


class SecurityTopic(DocumentType):
    """A weakness or a defence."""

    class Meta:
        interfaces = (Entry, Node)

    security_kind = SecurityKind(required=True, description="What the topic teaches.")
    security_kind_label = text("The same in words, in the entry's language.")
    severity = Severity(description="How bad it is when exploited; null when not rated.")
    severity_label = graphene.String(description="The same in words, in the entry's language.")
    owasp_ids = listed(graphene.String, "For example `A03:2021`.")
    cwe_ids = listed(graphene.String, "For example `CWE-89`.")
    attack_ids = listed(graphene.String, "MITRE ATT&CK, for example `T1190`.")
    description = graphene.Field(RichText, description="The topic in one to three sentences.")
    safety_notice = graphene.String(description="Where trying this is allowed.")
    code_comparisons = listed(CodeComparison, "Vulnerable code and its repair.")
    overview = _SECTIONS["overview"]
    attack = _SECTIONS["attack"]
    detection = _SECTIONS["detection"]
    mitigation = _SECTIONS["mitigation"]
    additional_sections = _SECTIONS["additional_sections"]


NODE_TYPES[Kind.SECURITY_TOPIC] = SecurityTopic

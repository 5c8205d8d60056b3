"""Security topics: catalogue numbers checked, sections of other names kept in order."""

from typing import Any

from knowledge.blocks.languages import normalise_language
from knowledge.importing.mapping import MappingContext, Values, shared_values
from knowledge.importing.markdown import first_paragraph, rich_text
from knowledge.importing.streams import section_stream, section_texts, stream_value
from knowledge.kinds import SecurityKind, Severity
from knowledge.models import SecurityTopic

SECURITY_KINDS = {
    "owasp": SecurityKind.OWASP_DEEP_DIVE,
    "pentest": SecurityKind.PENTEST_CONCEPT,
    "vulnerability": SecurityKind.VULNERABILITY_PATTERN,
    "cheat sheet": SecurityKind.DEFENSIVE_CODING,
}
SEVERITIES = {"informational": Severity.INFO, "moderate": Severity.MEDIUM}
FLAT_SECTIONS = ("overview", "attack", "detection", "mitigation", "references")


def map_security_topic(context: MappingContext) -> Values:
    """The values of a ``SecurityTopic``."""
    fields = context.fields
    values = shared_values(context)
    # A text that does not say what it is teaches how to write safe code.
    values["security_kind"] = (
        fields.choice("security_kind", SecurityKind.values, SECURITY_KINDS)
        or SecurityKind.DEFENSIVE_CODING
    )
    if fields.has("severity"):
        values["severity"] = fields.choice("severity", Severity.values, SEVERITIES)
    if fields.has("safety_notice"):
        values["safety_notice"] = fields.text("safety_notice")
    if fields.has("owasp_ids", "cwe_ids", "attack_ids"):
        identifiers = [
            (block, text.strip().upper())
            for block in ("owasp", "cwe", "attack")
            for text in fields.texts(f"{block}_ids")
        ]
        values["identifiers"] = stream_value(SecurityTopic, "identifiers", identifiers)
    if fields.has("code_comparisons"):
        values["code_comparisons"] = stream_value(
            SecurityTopic, "code_comparisons", comparisons(context)
        )
    sections = section_texts(fields, FLAT_SECTIONS)
    if fields.has("description"):
        values["description"] = context.rich("description")
    elif "overview" in sections:
        values["description"] = rich_text(first_paragraph(sections["overview"]))
    if sections:
        values["sections"] = section_stream(SecurityTopic, fields, sections, synonyms={})
    return values


def comparisons(context: MappingContext) -> list[tuple[str, Any]]:
    """Vulnerable and fixed code, side by side."""
    items = context.fields.items("code_comparisons", "vulnerable_code")
    blocks = []
    for item in items:
        value = {
            "language": normalise_language(item.text("language")),
            "vulnerable_code": item.raw_text("vulnerable_code").removesuffix("\n"),
            "fixed_code": item.raw_text("fixed_code").removesuffix("\n"),
            "explanation": rich_text(item.raw_text("explanation")),
        }
        for name in ("vulnerable_code", "fixed_code"):
            if not value[name].strip():
                item.wrong(name, "Must not be empty.")
        blocks.append(("comparison", value))
    context.fields.absorb("code_comparisons", items)
    return blocks

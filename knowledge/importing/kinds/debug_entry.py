"""Debug entries: messages byte for byte, whatever a source calls the sort of error."""

import re
from typing import Any

from knowledge.blocks.languages import normalise_language
from knowledge.importing.mapping import MappingContext, Values, shared_values
from knowledge.importing.markdown import first_paragraph, is_one_paragraph, rich_text
from knowledge.importing.streams import section_stream, section_texts, stream_value
from knowledge.kinds import ErrorKind
from knowledge.models import DebugEntry

ERROR_KINDS = {
    "e fatal": ErrorKind.FATAL,
    "fatal error": ErrorKind.FATAL,
    "e parse": ErrorKind.SYNTAX,
    "parse error": ErrorKind.SYNTAX,
    "syntaxerror": ErrorKind.SYNTAX,
    "typeerror": ErrorKind.TYPE,
    "referenceerror": ErrorKind.REFERENCE,
    "nameerror": ErrorKind.REFERENCE,
    "importerror": ErrorKind.IMPORT,
    "modulenotfounderror": ErrorKind.IMPORT,
    "rangeerror": ErrorKind.RUNTIME,
    "urierror": ErrorKind.RUNTIME,
    "evalerror": ErrorKind.RUNTIME,
    "aggregateerror": ErrorKind.RUNTIME,
    "internalerror": ErrorKind.RUNTIME,
    "domexception": ErrorKind.RUNTIME,
    "exception": ErrorKind.RUNTIME,
    "runtimeerror": ErrorKind.RUNTIME,
    "integrityerror": ErrorKind.CONSTRAINT,
    "http": ErrorKind.HTTP_STATUS,
    "extension": ErrorKind.PLUGIN,
    "memory": ErrorKind.RESOURCE,
    "deadlock": ErrorKind.CONCURRENCY,
}
STEP_KINDS = ("command", "edit", "config", "verify")
FLAT_SECTIONS = ("root_cause", "examples", "fix", "prevention", "see_also")
_KNOWN_KINDS = {value.casefold().replace("_", " "): value for value in ErrorKind.values}
_SQL_CODE = re.compile(r"^error (\d{3,5})$", re.I)


def map_debug_entry(context: MappingContext) -> Values:
    """The values of a ``DebugEntry``."""
    fields = context.fields
    values = {**shared_values(context), **error_values(context)}
    if area := context.record.code.rpartition("-")[0]:
        values["area"] = area
    sections = section_texts(fields, FLAT_SECTIONS)
    if "summary" in sections:
        values["symptom"] = rich_text(sections.pop("summary"))
    elif fields.has("symptom"):
        values["symptom"] = context.rich("symptom")
    if fix := sections.get("fix", ""):
        values["fix_summary"] = rich_text(first_paragraph(fix))
        if is_one_paragraph(fix):
            del sections["fix"]
    elif fields.has("fix_summary"):
        values["fix_summary"] = context.rich("fix_summary")
    if fields.has("stack_traces"):
        values["stack_traces"] = stream_value(DebugEntry, "stack_traces", traces(context))
    if fields.has("fix_steps"):
        values["fix_steps"] = stream_value(DebugEntry, "fix_steps", steps(context))
    if sections:
        values["sections"] = section_stream(DebugEntry, fields, sections, synonyms={})
    return values


def error_values(context: MappingContext) -> Values:
    """What the error is called and how it is printed."""
    fields = context.fields
    single = fields.raw_text("error_message")
    messages = fields.texts("error_messages") or ([single] if single else [])
    values: Values = {
        "error_messages": stream_value(
            DebugEntry, "error_messages", [("message", message) for message in messages]
        ),
    }
    sort, name = fields.text("error_kind"), fields.text("error_name") or fields.text("error_type")
    if sort:
        word = sort.casefold().replace("_", " ").replace("-", " ")
        known = _KNOWN_KINDS.get(word)
        values["error_kind"] = known or ERROR_KINDS.get(word, ErrorKind.OTHER)
        # A source's own word for it is kept, unless it is only our word in other letters.
        name = name if known else (fields.text("error_name") or sort)
    if name:
        values["error_name"] = name
    error_code = fields.text("error_code")
    if not error_code and (match := _SQL_CODE.match(fields.text("error_type"))):
        error_code = match[1]
    if error_code:
        values["error_code"] = error_code
    if fields.has("badge_label", "badge"):
        values["badge_label"] = fields.text("badge_label") or fields.text("badge")
    if fields.has("is_tested"):
        values["is_tested"] = fields.boolean("is_tested")
    return values


def traces(context: MappingContext) -> list[tuple[str, Any]]:
    """Stack traces, byte for byte."""
    items = context.fields.items("stack_traces", "text")
    blocks = []
    for item in items:
        text = item.raw_text("text").strip("\n")
        if not text:
            item.wrong("text", "Must not be empty.")
        language = normalise_language(item.text("language"))
        blocks.append(("trace", {"language": language, "text": text, "note": item.text("note")}))
    context.fields.absorb("stack_traces", items)
    return blocks


def steps(context: MappingContext) -> list[tuple[str, Any]]:
    """Fix steps in order."""
    items = context.fields.items("fix_steps", "instruction")
    blocks = []
    for item in items:
        instruction = rich_text(item.raw_text("instruction"))
        if not instruction:
            item.wrong("instruction", "Must not be empty.")
        value = {
            "kind": item.choice("kind", STEP_KINDS, {}) or "edit",
            "instruction": instruction,
            "language": normalise_language(item.text("language")),
            "code": item.raw_text("code").removesuffix("\n"),
            "platform": item.text("platform"),
            "temporary": item.boolean("temporary"),
        }
        blocks.append(("step", value))
    context.fields.absorb("fix_steps", items)
    return blocks

"""Code snippets: the code of a record is its files, byte for byte."""

from typing import Any

from knowledge.blocks.languages import normalise_language
from knowledge.importing.mapping import MappingContext, Values, lead_values, shared_values, topics
from knowledge.importing.streams import section_stream, section_texts, stream_value
from knowledge.kinds import SnippetKind
from knowledge.models import CodeSnippet

EXTENSIONS = {
    "bash": "sh", "c": "c", "cpp": "cpp", "csharp": "cs", "css": "css", "go": "go",
    "html": "html", "java": "java", "javascript": "js", "json": "json", "jsx": "jsx",
    "kotlin": "kt", "php": "php", "powershell": "ps1", "python": "py", "ruby": "rb",
    "rust": "rs", "scala": "scala", "sql": "sql", "swift": "swift", "toml": "toml",
    "tsx": "tsx", "typescript": "ts", "vbnet": "vb", "xml": "xml", "yaml": "yaml",
}  # fmt: skip
FLAT_SECTIONS = ("usage", "notes")


def map_code_snippet(context: MappingContext) -> Values:
    """The values of a ``CodeSnippet``."""
    fields = context.fields
    values = shared_values(context)
    if category := fields.text("category"):
        # Snippets have no category of their own; the word is not lost.
        words = [*fields.texts("topics"), *fields.texts("tags"), category]
        values["topics"] = topics(context, words)
    language = fields.text("language") or fields.text("technology")
    values["language"] = normalise_language(language)
    if fields.has("snippet_kind"):
        values["snippet_kind"] = fields.choice("snippet_kind", SnippetKind.values, {})
    if fields.has("preview_line"):
        values["preview_line"] = fields.raw_text("preview_line").strip()
    if fields.has("compatible_with"):
        items = [("item", text) for text in fields.texts("compatible_with")]
        values["compatible_with"] = stream_value(CodeSnippet, "compatible_with", items)
    if fields.has("is_production_tested"):
        values["is_production_tested"] = fields.boolean("is_production_tested")
    sections = section_texts(fields, FLAT_SECTIONS)
    values |= lead_values(context, sections, "description")
    if files := source_files(context, values):
        values["files"] = stream_value(CodeSnippet, "files", files)
    if sections:
        values["sections"] = section_stream(CodeSnippet, fields, sections, synonyms={})
    return values


def source_files(context: MappingContext, values: Values) -> list[tuple[str, Any]]:
    """The files of the snippet; bare ``code`` becomes one file named after the slug."""
    fields = context.fields
    language = values.get("language", "text")
    name = values.get("slug") or "snippet"
    extension = EXTENSIONS.get(language, "txt")
    # Where "code" is the code of the entry, the program is under "files".
    programs = [("", "" if context.record.code else fields.raw_text("code"))]
    programs.append(("-extra", fields.raw_text("extra_code")))
    blocks = [
        ("file", {"name": f"{name}{suffix}.{extension}", "language": language, "code": text})
        for suffix, text in programs
        if text.strip()
    ]
    items = fields.items("files", "code")
    for item in items:
        code = item.raw_text("code").removesuffix("\n")
        if not code.strip():
            item.wrong("code", "Must not be empty.")
        own = normalise_language(item.text("language")) if item.get("language") else language
        file_name = item.text("name") or f"{name}.{EXTENSIONS.get(own, 'txt')}"
        blocks.append(("file", {"name": file_name, "language": own, "code": code}))
    fields.absorb("files", items)
    return blocks

"""From a proposal to the fields of an entry.

Invariant: whatever a proposal holds becomes Markdown, sanitised rich text or plain text of
a draft; nothing here saves or publishes.
"""

from html import escape
from typing import Any, TypeVar

from django.conf import settings
from wagtail.models import Locale
from wagtail.rich_text import RichText

from knowledge.blocks.languages import normalise_language
from knowledge.contributions.kinds import ContributionKind
from knowledge.contributions.targets import restore_links
from knowledge.kinds import ErrorKind, SnippetKind
from knowledge.models import (
    Category,
    CodeSnippet,
    DebugEntry,
    Entry,
    InterviewQuestion,
    Technology,
)
from knowledge.rendering.markdown import markdown_to_html
from knowledge.rendering.sanitising import sanitise

Fields = dict[str, str]
TermType = TypeVar("TermType", Category, Technology)


def find_term(model: type[TermType], slug: str, locale: str) -> TermType | None:
    """The term called ``slug``, in the language asked for or else in the default one."""
    terms = {term.locale.language_code: term for term in model.objects.filter(slug=slug)}
    return terms.get(locale) or terms.get(settings.LANGUAGE_CODE)


def rich(text: str) -> str:
    """Markdown as the rich text of a model field."""
    return sanitise(markdown_to_html(restore_links(text))) if text else ""


def new_entry(kind: ContributionKind, fields: Fields, *, locale: str, licence: str) -> Entry:
    """An unsaved draft of the entry that the proposal describes."""
    entry = _BUILDERS[kind](fields)
    if isinstance(entry, InterviewQuestion):
        entry.category = find_term(Category, fields["category"], locale)
    entry.live = False
    entry.title = fields["title"]
    entry.technology = find_term(Technology, fields["technology"], locale)
    entry.locale = Locale.objects.get(language_code=locale)
    entry.licence = licence
    return entry


def add_solution(entry: DebugEntry, fields: Fields) -> None:
    """Append the proposed solution to the fix steps of a debug entry; not saved."""
    entry.fix_steps.append(
        (
            "step",
            _step(rich(fields["solution"]), fields["language"], fields["code"], fields["platform"]),
        )
    )


def _sections(fields: Fields, names: dict[str, str]) -> list[tuple[str, Any]]:
    return [
        (section, [("markdown", restore_links(fields[name]))])
        for name, section in names.items()
        if fields.get(name)
    ]


def _step(instruction: str, language: str, code: str, platform: str) -> dict[str, Any]:
    return {
        "kind": "edit",
        "instruction": RichText(instruction),
        "language": normalise_language(language),
        "code": code,
        "platform": platform,
        "temporary": False,
    }


def _question(fields: Fields) -> InterviewQuestion:
    return InterviewQuestion(
        level=fields["level"],
        difficulty=int(fields["difficulty"]) if fields["difficulty"] else None,
        short_answer=rich(fields["shortAnswer"]),
        sections=_sections(
            fields,
            {
                "deepDive": "deep_dive",
                "realWorldExample": "real_world_example",
                "commonMistakes": "common_mistakes",
            },
        ),
    )


def _error(fields: Fields) -> DebugEntry:
    traces = [("trace", {"language": "text", "text": fields["stackTrace"], "note": ""})]
    instruction = rich(fields["fix"]) or f"<p>{escape('Change the code like this.')}</p>"
    steps = [("step", _step(instruction, fields["language"], fields["fixCode"], ""))]
    return DebugEntry(
        error_kind=fields["errorKind"] or ErrorKind.OTHER,
        error_messages=[("message", fields["errorMessage"])],
        stack_traces=traces if fields["stackTrace"] else [],
        symptom=rich(fields["symptom"]),
        fix_summary=rich(fields["fix"]),
        fix_steps=steps if fields["fixCode"] else [],
        sections=_sections(fields, {"rootCause": "root_cause"}),
    )


def _snippet(fields: Fields) -> CodeSnippet:
    language = normalise_language(fields["language"])
    name = fields["fileName"] or "snippet"
    return CodeSnippet(
        language=language,
        snippet_kind=fields["snippetKind"] or SnippetKind.UTILITY,
        description=rich(fields["description"]),
        files=[("file", {"name": name, "language": language, "code": fields["code"]})],
        sections=_sections(fields, {"usage": "usage"}),
    )


_BUILDERS = {
    ContributionKind.QUESTION: _question,
    ContributionKind.ERROR: _error,
    ContributionKind.SNIPPET: _snippet,
}

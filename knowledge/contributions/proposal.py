"""The fields of each kind of proposal: what may be sent, how long, and what must be there.

Invariant: a proposal that passed ``clean_proposal`` holds exactly the fields of its kind,
as text without control characters and within their limits.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from knowledge.blocks.languages import normalise_language
from knowledge.contributions.errors import ContributionErrorCode, Problem
from knowledge.contributions.kinds import ContributionKind
from knowledge.kinds import ErrorKind, Level, SnippetKind

TITLE_LIMIT = 300
PROSE_LIMIT = 20_000
CODE_LIMIT = 40_000
TOTAL_LIMIT = 80_000

# Everything but tab and line feed that a terminal, a mail or a spreadsheet could act on,
# and the marks that make text read otherwise than it is stored.
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a proposal. ``form`` is line, prose (Markdown), code, language, choice, number,
    or text: prose or code, by what it corrects."""

    name: str
    label: str | Promise
    form: str = "line"
    limit: int = TITLE_LIMIT
    minimum: int = 0
    required: bool = False
    choices: tuple[str, ...] = ()


_TITLE = Field("title", _("Title"), minimum=10, required=True)
_TECHNOLOGY = Field("technology", _("Technology"), limit=120, required=True)
_TARGET = Field("target", _("Entry"), limit=64, required=True)
_LANGUAGE = Field("language", _("Language of the code"), "language", limit=32)


def _prose(name: str, label: str | Promise, *, minimum: int = 0, required: bool = False) -> Field:
    return Field(name, label, "prose", PROSE_LIMIT, minimum, required)


def _code(name: str, label: str | Promise, *, required: bool = False) -> Field:
    return Field(name, label, "code", CODE_LIMIT, 0, required)


FIELDS: dict[ContributionKind, tuple[Field, ...]] = {
    ContributionKind.QUESTION: (
        _TITLE,
        _TECHNOLOGY,
        Field("category", _("Category"), limit=120),
        Field("level", _("Level"), "choice", 16, choices=tuple(Level.values)),
        Field("difficulty", _("Difficulty, 1 to 10"), "number", 2),
        _prose("shortAnswer", _("Short answer")),
        _prose("deepDive", _("Deep dive")),
        _prose("realWorldExample", _("Real-world example")),
        _prose("commonMistakes", _("Common mistakes")),
    ),
    ContributionKind.ERROR: (
        _TITLE,
        _TECHNOLOGY,
        Field("errorKind", _("Sort of error"), "choice", 32, choices=tuple(ErrorKind.values)),
        _code("errorMessage", _("Error message"), required=True),
        _code("stackTrace", _("Stack trace")),
        _prose("symptom", _("Symptom")),
        _prose("rootCause", _("Root cause")),
        _prose("fix", _("Fix")),
        _LANGUAGE,
        _code("fixCode", _("Code of the fix")),
    ),
    ContributionKind.SNIPPET: (
        _TITLE,
        _TECHNOLOGY,
        Field("snippetKind", _("What it is for"), "choice", 32, choices=tuple(SnippetKind.values)),
        _prose("description", _("Description"), minimum=10, required=True),
        _LANGUAGE,
        Field("fileName", _("File name"), limit=120),
        _code("code", _("Code"), required=True),
        _prose("usage", _("Usage")),
    ),
    ContributionKind.SOLUTION: (
        _TARGET,
        _prose("solution", _("Solution"), minimum=10, required=True),
        _LANGUAGE,
        _code("code", _("Code")),
        Field("platform", _("Platform"), limit=64),
    ),
    ContributionKind.CORRECTION: (
        _TARGET,
        Field("section", _("Section"), limit=40, required=True),
        Field("text", _("Corrected text"), "text", CODE_LIMIT, required=True),
        _prose("reason", _("Reason"), minimum=10, required=True),
    ),
    ContributionKind.TESTIMONIAL: (
        Field("text", _("Testimonial"), "prose", 2_000, 20, required=True),
        Field("authorName", _("Name"), limit=120, required=True),
        Field("authorRole", _("Role"), limit=120),
    ),
}


def clean_proposal(
    kind: ContributionKind, values: Mapping[str, object]
) -> tuple[dict[str, str], list[Problem]]:
    """The proposal as text by field name, and everything that is wrong with it."""
    cleaned: dict[str, str] = {}
    problems: list[Problem] = []
    known = {field.name for field in FIELDS[kind]}
    problems += [
        Problem(ContributionErrorCode.INVALID, f"There is no field {name}.", (name,))
        for name in values
        if name not in known
    ]
    for field in FIELDS[kind]:
        text = clean_text(values.get(field.name), keep_space=field.form in ("code", "text"))
        if field.form == "language" and text:
            text = normalise_language(text)
        if not text.strip():
            text = ""
        if problem := _problem(field, text):
            problems.append(problem)
        cleaned[field.name] = text
    if sum(map(len, cleaned.values())) > TOTAL_LIMIT:
        problems.append(
            Problem(
                ContributionErrorCode.TOO_LONG,
                f"All fields together may have at most {TOTAL_LIMIT} characters.",
            )
        )
    return cleaned, problems


def clean_text(value: object, *, keep_space: bool = False) -> str:
    """``value`` as text: line feeds only, no control characters; outer space cut unless kept."""
    text = "" if value is None else str(value)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _SURROGATES.sub("\ufffd", _CONTROL.sub("", text))
    return text if keep_space else text.strip()


def _problem(field: Field, text: str) -> Problem | None:
    path = (field.name,)
    code = ContributionErrorCode
    if not text:
        return Problem(code.REQUIRED, "This field is required.", path) if field.required else None
    if len(text) > field.limit:
        message = f"At most {field.limit} characters; this has {len(text)}."
        return Problem(code.TOO_LONG, message, path)
    if len(text) < field.minimum:
        return Problem(code.TOO_SHORT, f"At least {field.minimum} characters.", path)
    if field.form == "line" and "\n" in text:
        return Problem(code.INVALID, "This must be a single line.", path)
    if field.choices and text not in field.choices:
        return Problem(code.INVALID, f"One of: {', '.join(field.choices)}.", path)
    if field.form == "number" and not (text.isascii() and text.isdigit() and 1 <= int(text) <= 10):
        return Problem(code.INVALID, "A whole number from 1 to 10.", path)
    return None


def proposal_title(
    kind: ContributionKind, fields: Mapping[str, str], target_title: str = ""
) -> str:
    """What the queue calls a proposal, on one line."""
    if title := fields.get("title"):
        return title
    text = target_title or fields.get("text", "")
    line = " ".join(text.split())
    return line if len(line) <= 120 else line[:119] + "…"

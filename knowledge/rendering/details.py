"""What each kind adds to the common document.

Each function returns (card, body, columns, terms): the fields of listings, the long
fields, the read model's columns and its many-valued filters.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from knowledge.kinds import UNGRADED_RANK, Level, PathLevel, Severity, rank
from knowledge.models import (
    CodeSnippet,
    DebugEntry,
    Entry,
    InterviewQuestion,
    LearningPath,
    SecurityTopic,
    SystemDesignNote,
)
from knowledge.rendering.body import LANGUAGE_LABELS, render_code
from knowledge.rendering.links import RenderingContext
from knowledge.rendering.prose import render_rich_text
from knowledge.rendering.sections import entry_key, in_order


class Details(NamedTuple):
    """The parts of a document that only its kind knows."""

    lead: dict[str, str] | None
    card: dict[str, Any]
    body: dict[str, Any]
    columns: dict[str, Any]
    terms: tuple[tuple[str, str], ...] = ()


def render_details(entry: Entry, context: RenderingContext) -> Details:
    """The details of ``entry`` by its kind."""
    return _DETAILS[type(entry)](entry, context)


def _texts(stream: Any) -> list[str]:
    return [text for block in stream if (text := (block.value or "").strip())]


def _question(entry: InterviewQuestion, context: RenderingContext) -> Details:
    lead = render_rich_text(entry.short_answer, context)
    roles = sorted(role.translation_key.hex for role in entry.roles.all())
    category = entry.category.translation_key if entry.category else None
    return Details(
        lead=lead,
        card={
            "categoryKey": category.hex if category else None,
            "roleKeys": roles,
            "level": entry.level or None,
            "levelLabel": str(Level(entry.level).label) if entry.level else None,
            "difficulty": entry.difficulty,
        },
        body={"shortAnswer": lead},
        columns={
            "category": category,
            "level": entry.level,
            "level_rank": rank(Level, entry.level) or UNGRADED_RANK,
            "difficulty": entry.difficulty or 0,
        },
        terms=tuple(("role", role) for role in roles),
    )


def _debug(entry: DebugEntry, context: RenderingContext) -> Details:
    symptom = render_rich_text(entry.symptom, context)
    fix = render_rich_text(entry.fix_summary, context)
    messages = [block.value for block in entry.error_messages if (block.value or "").strip()]
    traces = [
        render_trace(block.value)
        for block in entry.stack_traces
        if (block.value.get("text") or "").strip()
    ]
    steps = [
        render_fix_step(position, block.value, context)
        for position, block in enumerate(entry.fix_steps, start=1)
    ]
    return Details(
        lead=symptom or fix,
        card={
            "errorKind": entry.error_kind,
            "errorKindLabel": entry.get_error_kind_display(),
            "errorName": entry.error_name or None,
            "errorCode": entry.error_code or None,
            "badgeLabel": entry.badge_label or None,
            "errorMessages": messages,
            "isTested": entry.is_tested,
        },
        body={
            "symptom": symptom,
            "fixSummary": fix,
            "stackTraces": traces,
            "fixSteps": steps,
        },
        columns={"variety": entry.error_kind},
        terms=tuple(("error_code", code) for code in {entry.error_code.lower()} if code),
    )


def _snippet(entry: CodeSnippet, context: RenderingContext) -> Details:
    description = render_rich_text(entry.description, context)
    files = [
        render_file(block.value) for block in entry.files if (block.value.get("code") or "").strip()
    ]
    first_line = next(
        (line.strip() for line in (files[0]["code"] if files else "").splitlines() if line.strip()),
        "",
    )
    return Details(
        lead=description,
        card={
            "language": entry.language,
            "languageLabel": LANGUAGE_LABELS.get(entry.language, entry.language),
            "snippetKind": entry.snippet_kind,
            "snippetKindLabel": entry.get_snippet_kind_display(),
            "previewLine": entry.preview_line or first_line[:255],
            "compatibleWith": _texts(entry.compatible_with),
            "isProductionTested": entry.is_production_tested,
        },
        body={"description": description, "files": files},
        columns={"variety": entry.snippet_kind, "language": entry.language},
    )


def _design(entry: SystemDesignNote, context: RenderingContext) -> Details:
    description = render_rich_text(entry.description, context)
    diagrams = []
    for block in entry.diagrams:
        value = block.value
        if block.block_type == "text" and (value.get("source") or "").strip():
            diagrams.append(render_diagram_source(value))
        elif block.block_type == "image" and value.get("image"):
            image = context.image(value["image"].pk)
            if image is not None:
                diagrams.append(
                    {"format": "IMAGE", "source": None, "image": image, **_words(value)}
                )
    return Details(
        lead=description,
        card={"designKind": entry.design_kind, "designKindLabel": entry.get_design_kind_display()},
        body={"description": description, "diagrams": diagrams},
        columns={"variety": entry.design_kind},
    )


def _path(entry: LearningPath, context: RenderingContext) -> Details:
    description = render_rich_text(entry.description, context)
    modules = [
        _module(position, module, context)
        for position, module in enumerate(in_order(entry.modules.all()), start=1)
    ]
    prerequisites = [
        entry_key(row.required_path, context) for row in in_order(entry.prerequisites.all())
    ]
    return Details(
        lead=description,
        card={
            "level": entry.level or None,
            "levelLabel": str(PathLevel(entry.level).label) if entry.level else None,
            "estimatedHours": entry.estimated_hours,
            "hoursAreEstimate": entry.hours_are_estimate,
            "moduleCount": len(modules),
            "claimedModuleCount": entry.claimed_module_count,
            "isMentorGuided": entry.is_mentor_guided,
            "highlights": [module["title"] for module in modules if module["isHighlight"]],
        },
        body={
            "description": description,
            "audience": render_rich_text(entry.audience, context),
            "outcomes": _texts(entry.outcomes),
            "modules": modules,
            "prerequisiteKeys": prerequisites,
        },
        columns={
            "level": entry.level,
            "level_rank": rank(PathLevel, entry.level) or UNGRADED_RANK,
            "hours": entry.estimated_hours or 0,
        },
        terms=(("mentor_guided", "true"),) if entry.is_mentor_guided else (),
    )


def _module(position: int, module: Any, context: RenderingContext) -> dict[str, Any]:
    resources = []
    for block in module.resources:
        value = block.value
        if block.block_type == "entry":
            resources.append(
                {
                    "title": value.get("title") or None,
                    "url": None,
                    "note": None,
                    "entryKey": entry_key(value.get("entry"), context),
                }
            )
        else:
            url, _ = context.href(value.get("url") or "")
            resources.append(
                {
                    "title": value.get("title") or url,
                    "url": url,
                    "note": value.get("note") or None,
                    "entryKey": None,
                }
            )
    return {
        "position": position,
        "title": module.title,
        "summary": render_rich_text(module.summary, context),
        "isHighlight": module.is_highlight,
        "hours": module.hours,
        "topics": _texts(module.topics),
        "resources": resources,
        "milestone": module.milestone or None,
    }


def _security(entry: SecurityTopic, context: RenderingContext) -> Details:
    description = render_rich_text(entry.description, context)
    identifiers: dict[str, list[str]] = {"owasp": [], "cwe": [], "attack": []}
    for block in entry.identifiers:
        if block.value:
            identifiers[block.block_type].append(block.value)
    comparisons = [render_comparison(block.value, context) for block in entry.code_comparisons]
    return Details(
        lead=description,
        card={
            "securityKind": entry.security_kind,
            "securityKindLabel": entry.get_security_kind_display(),
            "severity": entry.severity or None,
            "severityLabel": str(Severity(entry.severity).label) if entry.severity else None,
            "owaspIds": identifiers["owasp"],
            "cweIds": identifiers["cwe"],
            "attackIds": identifiers["attack"],
        },
        body={
            "description": description,
            "safetyNotice": entry.safety_notice or None,
            "codeComparisons": comparisons,
        },
        columns={
            "variety": entry.security_kind,
            "severity_rank": rank(Severity, entry.severity),
        },
        terms=tuple(
            sorted({(facet, value) for facet, values in identifiers.items() for value in values})
        ),
    )


def render_trace(value: Any) -> dict[str, Any]:
    """A stack trace with its note."""
    return {
        **_listing(value["text"], value.get("language")),
        "note": value.get("note") or "",
    }


def render_fix_step(position: int, value: Any, context: RenderingContext) -> dict[str, Any]:
    """A step of the fix; ``position`` counts from 1."""
    code = value.get("code") or ""
    return {
        "position": position,
        "kind": (value.get("kind") or "edit").upper(),
        "instruction": _rich_text(value.get("instruction"), context),
        "code": _listing(code, value.get("language")) if code.strip() else None,
        "platform": value.get("platform") or None,
        "isTemporary": bool(value.get("temporary")),
    }


def render_file(value: Any) -> dict[str, Any]:
    """A file of a snippet."""
    return {"name": value["name"], **_listing(value["code"], value.get("language"))}


def render_diagram_source(value: Any) -> dict[str, Any]:
    """A diagram as text."""
    return {"format": "MERMAID", "source": value["source"], "image": None, **_words(value)}


def _diagram_image(value: Any, image: dict[str, Any]) -> dict[str, Any]:
    return {"format": "IMAGE", "source": None, "image": image, **_words(value)}


def render_comparison(value: Any, context: RenderingContext) -> dict[str, Any]:
    """Vulnerable and fixed code side by side."""
    language = value.get("language")
    return {
        "vulnerable": _listing(value.get("vulnerable_code") or "", language),
        "fixed": _listing(value.get("fixed_code") or "", language),
        "explanation": _rich_text(value.get("explanation"), context),
    }


def _rich_text(value: Any, context: RenderingContext) -> dict[str, str] | None:
    return render_rich_text(value.source, context) if value else None


def _words(value: Any) -> dict[str, str]:
    return {"alt": value.get("alt") or "", "caption": value.get("caption") or ""}


def _listing(code: str, language: str | None) -> dict[str, Any]:
    rendered = render_code(code, language or "text")
    return {key: rendered[key] for key in ("language", "languageLabel", "code", "highlightedHtml")}


_DETAILS: dict[type[Entry], Callable[[Any, RenderingContext], Details]] = {
    InterviewQuestion: _question,
    DebugEntry: _debug,
    CodeSnippet: _snippet,
    SystemDesignNote: _design,
    LearningPath: _path,
    SecurityTopic: _security,
}

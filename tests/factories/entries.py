"""Complete entries of every kind, saved as drafts; ``published`` publishes one."""

from typing import Any, TypeVar

from knowledge.models import (
    CodeSnippet,
    DebugEntry,
    Entry,
    InterviewQuestion,
    LearningModule,
    LearningPath,
    SecurityTopic,
    SystemDesignNote,
)
from tests.factories import terms

EntryType = TypeVar("EntryType", bound=Entry)


def prose(text: str) -> list[tuple[str, Any]]:
    """A section body of one paragraph."""
    return [("paragraph", f"<p>{text}</p>")]


def question(**fields: Any) -> InterviewQuestion:
    values: dict[str, Any] = {
        "title": "How does dependency injection work?",
        "technology": fields.pop("technology", None) or terms.technology(),
        "category": fields.pop("category", None) or terms.category(),
        "level": "MID",
        "difficulty": 5,
        "short_answer": "<p>By declaring what is needed.</p>",
        "sections": [("deep_dive", prose("The framework resolves it."))],
    }
    return saved(InterviewQuestion, values, fields)


def debug_entry(**fields: Any) -> DebugEntry:
    values: dict[str, Any] = {
        "title": "Call to a member function on null",
        "technology": fields.pop("technology", None) or terms.technology("php"),
        "error_kind": "FATAL",
        "error_messages": [("message", "Fatal error: Uncaught Error: boom on null")],
        "symptom": "<p>The page is white.</p>",
        "fix_summary": "<p>Pass the connection in.</p>",
        "sections": [("root_cause", prose("The variable is out of scope."))],
    }
    return saved(DebugEntry, values, fields)


def snippet(**fields: Any) -> CodeSnippet:
    values: dict[str, Any] = {
        "title": "Debounce hook",
        "technology": fields.pop("technology", None) or terms.technology("javascript"),
        "language": "javascript",
        "snippet_kind": "HOOK",
        "description": "<p>Waits until typing stops.</p>",
        "files": [
            ("file", {"name": "debounce.js", "language": "javascript", "code": "const a = 1;\n"})
        ],
        "sections": [("usage", prose("Call it."))],
    }
    return saved(CodeSnippet, values, fields)


def design_note(**fields: Any) -> SystemDesignNote:
    values: dict[str, Any] = {
        "title": "A URL shortener",
        "design_kind": "SYSTEM_BREAKDOWN",
        "description": "<p>Short links at scale.</p>",
        "sections": [
            (name, prose(f"About {name}.")) for name in ("problem", "design", "trade_offs")
        ],
    }
    return saved(SystemDesignNote, values, fields)


def learning_path(modules: tuple[str, ...] = ("Syntax", "Objects"), **fields: Any) -> LearningPath:
    values: dict[str, Any] = {
        "title": "From zero to production",
        "level": "BEGINNER",
        "estimated_hours": 40,
        "description": "<p>All the way.</p>",
    }
    path = LearningPath(**{**values, **fields})
    path.modules = [LearningModule(title=title, is_highlight=True) for title in modules]
    path.save()
    return path


def security_topic(**fields: Any) -> SecurityTopic:
    values: dict[str, Any] = {
        "title": "SQL injection",
        "security_kind": "VULNERABILITY_PATTERN",
        "severity": "CRITICAL",
        "description": "<p>Text becomes code.</p>",
        "safety_notice": "Only on systems you own.",
        "identifiers": [("owasp", "A03:2021"), ("cwe", "CWE-89")],
        "sections": [(name, prose(f"About {name}.")) for name in ("overview", "mitigation")],
    }
    return saved(SecurityTopic, values, fields)


def saved(model: type[EntryType], values: dict[str, Any], fields: dict[str, Any]) -> EntryType:
    """A draft of ``model``; parental relations (topics, roles) may be given as lists."""
    related = {name: fields.pop(name) for name in ("topics", "roles") if name in fields}
    entry = model(**{**values, **fields})
    for name, items in related.items():
        setattr(entry, name, items)
    entry.save()
    return entry


def published(entry: EntryType, user: Any = None) -> EntryType:
    """Publish the entry as it stands and return it as stored."""
    entry.save_revision(user=user).publish(user=user)
    return type(entry).objects.get(pk=entry.pk)


ALL_KINDS = (question, debug_entry, snippet, design_note, learning_path, security_topic)

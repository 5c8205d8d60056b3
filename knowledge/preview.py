"""What the preview of a draft shows beside its document.

Invariant: whatever a draft lacks is left out; a preview never fails for it.
"""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from knowledge.models import Entry, LearningPath
from knowledge.rendering.documents import preview_document

# Fields shown under the title, where a kind has them.
FACTS = (
    "technology",
    "category",
    "level",
    "difficulty",
    "error_kind",
    "error_name",
    "error_code",
    "language",
    "snippet_kind",
    "design_kind",
    "estimated_hours",
    "security_kind",
    "severity",
)
TERM_LISTS = ("roles", "topics")


def preview_context(entry: Entry) -> dict[str, Any]:
    """The document of the draft, its facts, and the titles of what it points at."""
    return {
        "kind": capfirst(entry._meta.verbose_name),
        "document": preview_document(entry),
        "facts": facts(entry),
        "related": [
            (row.get_relation_display(), str(row.target))
            for row in entry.relations.all()
            if row.target_id
        ],
        "prerequisites": [
            str(row.required_path)
            for row in (entry.prerequisites.all() if isinstance(entry, LearningPath) else ())
            if row.required_path_id
        ],
        "missing": list(entry.missing_for_publication().values()),
    }


def facts(entry: Entry) -> list[tuple[str, str]]:
    """Label and value of every short field that is filled in."""
    found = []
    for name in FACTS:
        if not hasattr(entry, name):
            continue
        display = getattr(entry, f"get_{name}_display", None)
        value = display() if display else getattr(entry, name)
        if value not in (None, ""):
            found.append((capfirst(entry._meta.get_field(name).verbose_name), str(value)))
    for name in TERM_LISTS:
        terms = getattr(entry, name).all() if hasattr(entry, name) else ()
        if names := ", ".join(str(term) for term in terms):
            found.append((capfirst(entry._meta.get_field(name).verbose_name), names))
    if not entry.code:
        found.append((_("Code"), _("given on first save")))
    return found

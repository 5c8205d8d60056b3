"""The seed: one JSON file holding a whole hub, entries and site together.

Invariant: every entry of the seed becomes one record of the common form; figures that
change by the hour (views, uses) are no content and stay out.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.text import slugify

from knowledge.importing.rows import Row
from knowledge.kinds import Kind

SOURCE = "seed"
_PARTS = ("questions", "debug_entries", "snippets", "learning_paths")


def is_seed(values: Mapping[str, Any]) -> bool:
    """True for an object with the seed's lists."""
    return "kind" not in values and sum(isinstance(values.get(part), list) for part in _PARTS) > 1


def seed_rows(seed: Row) -> Iterator[Row]:
    """The entries of a seed."""
    makers = {
        "questions": question_values,
        "debug_entries": debug_values,
        "snippets": snippet_values,
        "learning_paths": path_values,
    }
    file = seed.origin.partition(":")[0]
    for part, make in makers.items():
        for position, one in enumerate(seed.values.get(part) or [], start=1):
            origin = f"{file}:{part}[{position}]"
            if not isinstance(one, dict):
                yield Row(origin, error="Not a record: an object was expected.")
                continue
            values = {name: value for name, value in make(one).items() if value is not None}
            source_id = str(one.get("id") or slugify(str(one.get("title") or "")))
            yield Row(origin, values, source=SOURCE, source_id=source_id)


def question_values(one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "kind": Kind.INTERVIEW_QUESTION.value,
        "code": one.get("id"),
        "title": one.get("question"),
        **taken(one, "technology", "category", "level", "difficulty"),
        **taken(one, "sections", "follow_up_questions"),
    }


def debug_values(one: Mapping[str, Any]) -> dict[str, Any]:
    sections = {name: one[name] for name in ("root_cause", "fix") if one.get(name)}
    return {
        "kind": Kind.DEBUG_ENTRY.value,
        "code": one.get("id"),
        "error_kind": one.get("kind"),
        "badge_label": one.get("badge"),
        **taken(one, "title", "technology", "error_message", "error_type"),
        "sections": sections,
    }


def snippet_values(one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "kind": Kind.CODE_SNIPPET.value,
        "snippet_kind": one.get("kind"),
        "code": one.get("code_line"),
        "preview_line": one.get("code_line"),
        **taken(one, "title", "technology", "description"),
    }


def path_values(one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "kind": Kind.LEARNING_PATH.value,
        "estimated_hours": one.get("hours"),
        "hours_are_estimate": one.get("hours_approximate"),
        "claimed_module_count": one.get("modules_total"),
        "modules": [
            {"title": title, "is_highlight": True} for title in one.get("modules_listed") or []
        ],
        **taken(one, "title", "level", "description"),
    }


def taken(one: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """The values under ``names`` that are there."""
    return {name: one[name] for name in names if one.get(name) is not None}


def domains_of(seed: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The seed's domains with the fields of the ``Domain`` model."""
    kinds = list(Kind.values)
    rows = []
    for position, one in enumerate(seed.get("domains") or []):
        count = one.get("count")
        figure = f"{count:,}{'+' if one.get('count_plus') else ''}" if count is not None else ""
        rows.append(
            {
                "slug": slugify(one.get("name") or ""),
                "name": one.get("name") or "",
                "description": one.get("description") or "",
                "number": one.get("number") or "",
                "kind": kinds[position % len(kinds)],
                "claimed_figure": figure,
                "claimed_number": count,
                "unit": one.get("count_unit") or "",
                "call_to_action": (one.get("link_label") or "").rstrip(" →"),
                "order": position,
            }
        )
    return rows

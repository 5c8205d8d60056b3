"""What a browser submits from the form of an entry."""

from typing import Any

from django.urls import reverse
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    rich_text,
    streamfield,
)

from knowledge.models import Entry


def address(model: type[Entry], name: str, *args: Any) -> str:
    """The address of one of the kind's admin views."""
    return reverse(model.snippet_viewset.get_url_name(name), args=args)


def prose(text: str) -> dict[str, Any]:
    """A section body of one paragraph."""
    return streamfield([("paragraph", rich_text(f"<p>{text}</p>"))])


def common(**fields: Any) -> dict[str, Any]:
    """The fields that every kind's form has."""
    return {
        "title": "How is it injected?",
        "slug": "",
        "technology": "",
        "topics": [],
        "licence": "",
        "licence_url": "",
        "attribution": "",
        "source_url": "",
        "seo_title": "",
        "search_description": "",
        "relations": inline_formset([]),
        "contributors": inline_formset([]),
        **fields,
    }


def question(**fields: Any) -> dict[str, Any]:
    """An interview question with nothing but a title, plus ``fields``."""
    action = fields.pop("action", None)
    data = common(
        **{
            "category": "",
            "level": "",
            "difficulty": "",
            "roles": [],
            "short_answer": rich_text(""),
            "sections": streamfield([]),
            **fields,
        }
    )
    return posted(data, action)


def learning_path(**fields: Any) -> dict[str, Any]:
    """A learning path with nothing but a title, plus ``fields``."""
    action = fields.pop("action", None)
    data = common(
        **{
            "level": "",
            "estimated_hours": "",
            "claimed_module_count": "",
            "description": rich_text(""),
            "audience": rich_text(""),
            "outcomes": streamfield([]),
            "sections": streamfield([]),
            "modules": inline_formset([]),
            "prerequisites": inline_formset([]),
            **fields,
        }
    )
    return posted(data, action)


def module(title: str) -> dict[str, Any]:
    """A module of a learning path, for ``inline_formset``."""
    return {
        "title": title,
        "summary": rich_text(""),
        "hours": "",
        "topics": streamfield([]),
        "resources": streamfield([]),
        "milestone": "",
    }


def posted(data: dict[str, Any], action: str | None) -> dict[str, Any]:
    """``data`` flat, with the button that was pressed."""
    lists = {name: value for name, value in data.items() if isinstance(value, list)}
    flat = nested_form_data({name: data[name] for name in data if name not in lists})
    return {**flat, **lists, **({f"action-{action}": "1"} if action else {})}

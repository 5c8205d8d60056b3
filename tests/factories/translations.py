"""Entries and terms in a second language."""

from typing import Any

from knowledge.models import Entry
from knowledge.models.taxonomy import Term
from tests.factories import entries


def translated(entry: Entry, locale: Any, **fields: Any) -> Any:
    """A published translation of ``entry``; ``fields`` are set before publication."""
    copy = entry.copy_for_translation(locale)
    for name, value in fields.items():
        setattr(copy, name, value)
    copy.save()
    return entries.published(copy)


def translated_term(term: Term, locale: Any, **fields: Any) -> Any:
    """A translation of ``term``."""
    copy = term.copy_for_translation(locale)
    for name, value in fields.items():
        setattr(copy, name, value)
    copy.save()
    return copy

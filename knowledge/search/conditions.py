"""What hits must be: conditions of the statements in ``candidates``.

Invariant: values are always parameters; only names of columns and placeholders are text.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, models
from django.utils import timezone

from cms.publishing.scope import current_scope


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """What hits must be; empty parts ask for nothing. Keys are translation keys in hex."""

    kinds: frozenset[str] = frozenset()
    technologies: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    difficulty_from: int | None = None
    difficulty_to: int | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """A piece of a WHERE clause over ``d`` (documents) and ``m`` (matches), with its values."""

    sql: str
    values: tuple[Any, ...] = ()


def visible(locale: str, fallback: bool) -> Condition:
    """In the language, or in the default one where there is no translation that may be seen."""
    seen = _seen("d")
    if not fallback or locale == settings.LANGUAGE_CODE:
        return Condition(f"d.locale = %s AND {seen.sql}", (locale, *seen.values))
    other = _seen("o")
    return Condition(
        f"{seen.sql} AND (d.locale = %s OR (d.locale = %s AND NOT EXISTS ("
        "SELECT 1 FROM knowledge_searchdocument o WHERE o.translation_key = d.translation_key "
        f"AND o.locale = %s AND {other.sql})))",
        (*seen.values, locale, settings.LANGUAGE_CODE, locale, *other.values),
    )


def _seen(alias: str) -> Condition:
    """Not expired, and within the bounds of whoever asks."""
    now = models.DateTimeField().get_db_prep_value(timezone.now(), connection, prepared=False)
    parts = [Condition(f"({alias}.expires_at IS NULL OR {alias}.expires_at > %s)", (now,))]
    scope = current_scope()
    for column, bound in (
        ("kind", scope.kinds),
        ("technology", scope.technologies and map(key_value, map(str, scope.technologies))),
    ):
        if bound is not None:
            # No value at all bounds to nothing.
            chosen = _one_of(f"{alias}.{column}", bound)
            parts.append(chosen or Condition("1 = 0"))
    return Condition(
        " AND ".join(part.sql for part in parts),
        tuple(value for part in parts for value in part.values),
    )


def filtered(wanted: SearchFilter) -> dict[str, Condition]:
    """The conditions of a filter by the name of the facet they belong to."""
    conditions = {
        "kind": _one_of("d.kind", wanted.kinds),
        "technology": _one_of("d.technology", map(key_value, sorted(wanted.technologies))),
        "category": _one_of("d.category", map(key_value, sorted(wanted.categories))),
        "level": _one_of("d.level", wanted.levels),
        "topic": _with_topics(wanted.topics),
        "difficulty": _between(wanted.difficulty_from, wanted.difficulty_to),
    }
    return {name: condition for name, condition in conditions.items() if condition is not None}


def with_term(term_ids: list[int]) -> Condition:
    """The document holds one of the terms."""
    marks = ",".join(["%s"] * len(term_ids)) or "NULL"
    return Condition(
        "EXISTS (SELECT 1 FROM knowledge_searchposting h "
        f"WHERE h.term_id IN ({marks}) AND h.document_id = m.document_id)",
        tuple(term_ids),
    )


def with_phrase(phrase: tuple[str, ...]) -> Condition:
    """The document holds the words one after the other."""
    return Condition(
        "EXISTS (SELECT 1 FROM knowledge_searchtext t "
        "WHERE t.entry_id = m.document_id AND t.words LIKE %s)",
        (f"% {' '.join(phrase)} %",),
    )


def one_of(document_ids: tuple[int, ...]) -> Condition:
    """The document is one of these."""
    marks = ",".join(["%s"] * len(document_ids)) or "NULL"
    return Condition(f"m.document_id IN ({marks})", document_ids)


def negated(condition: Condition) -> Condition:
    """The opposite of a condition."""
    return Condition(f"NOT {condition.sql}", condition.values)


def hex_key(value: Any) -> str:
    """A translation key as the databases return it, in hex; empty for none."""
    if value is None:
        return ""
    return value.hex if isinstance(value, UUID) else str(value)


def key_value(key: str) -> Any:
    """A translation key in hex as the database compares it."""
    return models.UUIDField().get_db_prep_value(UUID(key), connection, prepared=False)


def _one_of(column: str, values: Iterable[Any]) -> Condition | None:
    chosen = tuple(values)
    if not chosen:
        return None
    return Condition(f"{column} IN ({','.join(['%s'] * len(chosen))})", chosen)


def _between(lowest: int | None, highest: int | None) -> Condition | None:
    if lowest is None and highest is None:
        return None
    return Condition(
        "d.difficulty BETWEEN %s AND %s",
        (max(1, lowest or 1), highest if highest is not None else 32_767),
    )


def _with_topics(topics: Iterable[str]) -> Condition | None:
    chosen = tuple(sorted(topics))
    if not chosen:
        return None
    return Condition(
        "EXISTS (SELECT 1 FROM knowledge_publishedentryterm e WHERE e.entry_id = d.entry_id "
        f"AND e.facet = 'topic' AND e.value IN ({','.join(['%s'] * len(chosen))}))",
        chosen,
    )

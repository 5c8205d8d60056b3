"""What hits must be, in SQL: conditions of the statements in ``candidates``.

Invariant: values are always parameters; only names of columns and placeholders are text.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, models
from django.utils import timezone

from cms.publishing.scope import current_scope
from knowledge.search.requirements import Requirements, SearchFilter
from knowledge.search.statements import rows


@dataclass(frozen=True, slots=True)
class Condition:
    """A piece of a WHERE clause over ``d`` (documents), with its values."""

    sql: str
    values: tuple[Any, ...] = ()


_NOTHING = Condition("1 = 0")
# The facets that can be filtered by.
FILTERS = ("kind", "technology", "category", "level", "topic", "difficulty")


def _visible(locale: str, fallback: bool) -> Condition:
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
    parts = [Condition(f"({alias}.expires_at IS NULL OR {alias}.expires_at > %s)", (_now(),))]
    scope = current_scope()
    for column, bound in (
        ("kind", scope.kinds),
        ("technology", scope.technologies and map(key_value, map(str, scope.technologies))),
    ):
        if bound is not None:
            # No value at all bounds to nothing.
            chosen = _one_of(f"{alias}.{column}", bound)
            parts.append(chosen or _NOTHING)
    return Condition(
        " AND ".join(part.sql for part in parts),
        tuple(value for part in parts for value in part.values),
    )


def required(requirements: Requirements, *left_out: str) -> list[Condition]:
    """Everything that ``requirements`` ask for but the filters of the facets ``left_out``."""
    filters = filtered(requirements.wanted)
    return [
        _visible(requirements.locale, requirements.fallback),
        *_held(requirements),
        *(condition for name, condition in filters.items() if name not in left_out),
    ]


def where(conditions: Iterable[Condition]) -> tuple[str, list[Any]]:
    """The clause that asks for all of them, and its values; empty where none is given."""
    conditions = list(conditions)
    if not conditions:
        return "", []
    sql = " AND ".join(f"({condition.sql})" for condition in conditions)
    return f"WHERE {sql}", [value for condition in conditions for value in condition.values]


def expired() -> set[int]:
    """The documents that have expired and are in the index still."""
    found = rows("SELECT entry_id FROM knowledge_searchdocument WHERE expires_at <= %s", [_now()])
    return {pk for (pk,) in found}


def translated(locale: str) -> set[int]:
    """The documents in the default language instead of which a translation is shown."""
    seen = _seen("o")
    found = rows(
        "SELECT d.entry_id FROM knowledge_searchdocument o "
        "JOIN knowledge_searchdocument d ON d.translation_key = o.translation_key "
        f"WHERE o.locale = %s AND d.locale = %s AND {seen.sql}",
        [locale, settings.LANGUAGE_CODE, *seen.values],
    )
    return {pk for (pk,) in found}


def _now() -> Any:
    return models.DateTimeField().get_db_prep_value(timezone.now(), connection, prepared=False)


def filtered(wanted: SearchFilter) -> dict[str, Condition]:
    """The conditions of a filter by the name of the facet they belong to."""
    bounds = wanted.difficulties
    conditions = {
        "kind": _one_of("d.kind", wanted.kinds),
        "technology": _one_of("d.technology", map(key_value, sorted(wanted.technologies))),
        "category": _one_of("d.category", map(key_value, sorted(wanted.categories))),
        "level": _one_of("d.level", wanted.levels),
        "topic": _with_topics(wanted.topics),
        "difficulty": bounds and Condition("d.difficulty BETWEEN %s AND %s", bounds),
    }
    return {name: condition for name, condition in conditions.items() if condition is not None}


def _held(requirements: Requirements) -> Iterator[Condition]:
    """One condition for all terms and one for all phrases, however many there are."""
    if requirements.among is not None:
        yield _one_of("d.entry_id", requirements.among) or _NOTHING
    if requirements.terms:
        marks = ",".join(["%s"] * len(requirements.terms))
        yield Condition(
            "(SELECT COUNT(*) FROM knowledge_searchposting h "
            f"WHERE h.term_id IN ({marks}) AND h.document_id = d.entry_id) = %s",
            (*requirements.terms, len(requirements.terms)),
        )
    if requirements.without_terms:
        marks = ",".join(["%s"] * len(requirements.without_terms))
        yield Condition(
            "NOT EXISTS (SELECT 1 FROM knowledge_searchposting x "
            f"WHERE x.term_id IN ({marks}) AND x.document_id = d.entry_id)",
            requirements.without_terms,
        )
    if requirements.phrases:
        yield _with_phrases(requirements.phrases, " AND ", "EXISTS")
    if requirements.without_phrases:
        yield _with_phrases(requirements.without_phrases, " OR ", "NOT EXISTS")


def _with_phrases(phrases: Sequence[Sequence[str]], joined: str, exists: str) -> Condition:
    likes = joined.join(["t.words LIKE %s"] * len(phrases))
    return Condition(
        f"{exists} (SELECT 1 FROM knowledge_searchtext t "
        f"WHERE t.entry_id = d.entry_id AND ({likes}))",
        tuple(f"% {' '.join(phrase)} %" for phrase in phrases),
    )


def hex_key(value: Any) -> str:
    """A translation key as the databases return it, in hex; empty for none."""
    if value is None:
        return ""
    return value.hex if isinstance(value, UUID) else str(value)


def key_value(key: str) -> Any:
    """A translation key in hex as the database compares it."""
    return models.UUIDField().get_db_prep_value(UUID(key), connection, prepared=False)


def one_of_keys(column: str, pks: Sequence[int]) -> Condition:
    """The column is one of these primary keys, however many, at the cost of one value."""
    if connection.vendor == "postgresql":
        return Condition(f"{column} = ANY(%s::bigint[])", (f"{{{','.join(map(str, pks))}}}",))
    return Condition(f"{column} IN ({','.join(map(str, pks))})")


def one_of_texts(column: str, texts: Sequence[str]) -> Condition:
    """The column is one of these texts: one statement for any number where there are arrays."""
    if connection.vendor == "postgresql":
        return Condition(f"{column} = ANY(%s::varchar[])", (list(texts),))
    return Condition(f"{column} IN ({','.join(['%s'] * len(texts))})", tuple(texts))


def _one_of(column: str, values: Iterable[Any]) -> Condition | None:
    chosen = tuple(values)
    if not chosen:
        return None
    return Condition(f"{column} IN ({','.join(['%s'] * len(chosen))})", chosen)


def _with_topics(topics: Iterable[str]) -> Condition | None:
    chosen = tuple(sorted(topics))
    if not chosen:
        return None
    return Condition(
        "EXISTS (SELECT 1 FROM knowledge_publishedentryterm e WHERE e.entry_id = d.entry_id "
        f"AND e.facet = 'topic' AND e.value IN ({','.join(['%s'] * len(chosen))}))",
        chosen,
    )

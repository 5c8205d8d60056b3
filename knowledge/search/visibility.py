"""What a search may show: entries that have not expired, in the language that is read, within
the bounds of whoever asks.

Invariant: said as a condition on rows and as bounds of columns, and both leave the same.
"""

from collections.abc import Set
from typing import Any

from django.conf import settings
from django.db import connection, models
from django.utils import timezone

from cms.publishing.scope import current_scope
from knowledge.search.clauses import NOTHING, Condition, key_value, one_of
from knowledge.search.statements import rows


def condition(locale: str, fallback: bool) -> Condition:
    """In the language, or in the default one where there is no translation that may be seen."""
    seen = _seen("d")
    if not _falls_back(locale, fallback):
        return Condition(f"d.locale = %s AND {seen.sql}", (locale, *seen.values))
    other = _seen("o")
    return Condition(
        f"{seen.sql} AND (d.locale = %s OR (d.locale = %s AND NOT EXISTS ("
        "SELECT 1 FROM knowledge_searchdocument o WHERE o.translation_key = d.translation_key "
        f"AND o.locale = %s AND {other.sql})))",
        (*seen.values, locale, settings.LANGUAGE_CODE, locale, *other.values),
    )


def bounds(locale: str, fallback: bool) -> dict[str, Set[str]]:
    """Facet → the values of which a document has to have one; only facets that are bounded."""
    locales = {locale, settings.LANGUAGE_CODE} if _falls_back(locale, fallback) else {locale}
    return {"locale": locales, **_scope()}


def hidden(locale: str, fallback: bool) -> set[int]:
    """The documents within ``bounds`` that are not to be seen all the same."""
    return _expired() | (_translated(locale) if _falls_back(locale, fallback) else set())


def _falls_back(locale: str, fallback: bool) -> bool:
    return fallback and locale != settings.LANGUAGE_CODE


def _scope() -> dict[str, Set[str]]:
    """Facet → what whoever asks is bound to; no value at all bounds to nothing."""
    scope = current_scope()
    found: dict[str, Set[str]] = {}
    if scope.kinds is not None:
        found["kind"] = frozenset(scope.kinds)
    if scope.technologies is not None:
        found["technology"] = frozenset(key.hex for key in scope.technologies)
    return found


def _seen(alias: str) -> Condition:
    """Not expired, and within the bounds of whoever asks."""
    parts = [Condition(f"({alias}.expires_at IS NULL OR {alias}.expires_at > %s)", (_now(),))]
    for column, values in _scope().items():
        stored = map(key_value, values) if column == "technology" else values
        parts.append(one_of(f"{alias}.{column}", stored) or NOTHING)
    return Condition(
        " AND ".join(part.sql for part in parts),
        tuple(value for part in parts for value in part.values),
    )


def _expired() -> set[int]:
    """The documents that have expired and are in the index still."""
    found = rows("SELECT entry_id FROM knowledge_searchdocument WHERE expires_at <= %s", [_now()])
    return {pk for (pk,) in found}


def _translated(locale: str) -> set[int]:
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

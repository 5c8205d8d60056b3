"""Filter inputs as SQL conditions.

Invariant: a condition selects the rows that ``graphql_api.knowledge.filters`` selects for
the same input. Conditions are true or false, never null, so ``NOT`` turns each around; names
of columns come from the tables below, never from outside. A filter past a limit makes the
plan give up.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import TextChoices

from graphql_api.filters import MAX_CONDITIONS, MAX_NESTING, MAX_VALUES, is_storable, plain
from graphql_api.knowledge.reading import Reading
from graphql_api.knowledge.vocabulary import Vocabulary
from graphql_api.plan.database import Dialect
from graphql_api.plan.giving_up import GivenUp
from knowledge.kinds import Kind, Level, PathLevel, Severity, TermKind, rank

# Of the terms that are asked for again and again.
_uuid = lru_cache(maxsize=1_000)(UUID)

TRUE, FALSE = "1 = 1", "1 = 0"

# Fields of a filter that name values of a column.
_COLUMNS = {
    "code": "code", "slug": "slug", "kind": "kind", "level": "level", "error_kind": "variety",
    "snippet_kind": "variety", "design_kind": "variety", "security_kind": "variety",
    "language": "language",
}  # fmt: skip
_NUMBERS = {"difficulty": "difficulty", "hours": "hours"}
_MOMENTS = {"published_at": "published_at", "updated_at": "updated_at"}
# Fields that name terms by slug: the vocabulary, and the column or the facet that holds keys.
_TERM_COLUMNS = {
    "technology": (TermKind.TECHNOLOGY, "technology"),
    "category": (TermKind.CATEGORY, "category"),
}
_TERM_FACETS = {"topic": (TermKind.TOPIC, "topic"), "role": (TermKind.ROLE, "role")}
_LEVELS: dict[Kind, type[TextChoices]] = {
    Kind.INTERVIEW_QUESTION: Level,
    Kind.LEARNING_PATH: PathLevel,
}
_FACETS = {"owasp", "cwe", "attack"}
_COMPARED = {"gte": ">=", "gt": ">", "lte": "<=", "lt": "<"}


class Conditions:
    """Writes one condition.

    ``values`` are its parameters, in order; ``columns`` what it looks at, ``terms`` standing
    for the table of many-valued filters.
    """

    def __init__(
        self,
        dialect: Dialect,
        reading: Reading,
        vocabulary: Callable[[], Vocabulary],
        kind: Kind | None,
    ) -> None:
        self.values: list[Any] = []
        self.columns: set[str] = set()
        self._levels = _LEVELS.get(kind) if kind else None
        self._dialect = dialect
        # A term names itself in the default language where it is not translated.
        self._reading = Reading(reading.locale)
        self._vocabulary = vocabulary
        self._budget = MAX_CONDITIONS

    def where(self, given: Mapping[str, Any], nesting: int = 1) -> str:
        """The condition that a filter input stands for, on the table called ``e``."""
        if nesting > MAX_NESTING:
            raise GivenUp
        parts = []
        for name, value in given.items():
            if value is None:
                continue
            self._budget -= 1
            if self._budget < 0:
                raise GivenUp
            if name in ("and_", "or_"):
                nested = [self.where(one, nesting + 1) for one in value]
                parts.append(_joined(nested, "AND") if name == "and_" else _joined(nested, "OR"))
            elif name == "not_":
                parts.append(f"NOT ({self.where(value, nesting + 1)})")
            else:
                parts.append(self._field(name, value))
        return _joined(parts, "AND")

    def _field(self, name: str, given: Any) -> str:
        if name in _NUMBERS:
            return self._number(_NUMBERS[name], given)
        if name in _MOMENTS:
            return self._compared(_MOMENTS[name], given, self._dialect.moment)
        if name == "mentor_guided":
            guided = self._has("mentor_guided", ["true"])
            return guided if given else f"NOT ({guided})"
        values = _chosen(given)
        return TRUE if values is None else self._one_of(name, values)

    def _one_of(self, name: str, values: list[Any]) -> str:
        if name in _TERM_COLUMNS:
            kind, column = _TERM_COLUMNS[name]
            keys = [self._dialect.key(_uuid(key)) for key in self._keys(kind, values)]
            return f"(e.{column} IS NOT NULL AND {self._among(column, keys)})" if keys else FALSE
        if name in _TERM_FACETS:
            kind, facet = _TERM_FACETS[name]
            return self._has(facet, self._keys(kind, values))
        if name in _FACETS:
            return self._has(name, [one.upper() for one in values])
        if name == "severity":
            return self._among("severity_rank", [rank(Severity, one) for one in values])
        if name == "level" and self._levels is not None:
            # One number for one level: the indexes of the orders begin with it.
            return self._among("level_rank", [rank(self._levels, one) for one in values])
        if name not in _COLUMNS:
            raise GivenUp
        wanted = [one for one in values if is_storable(one)]
        if name == "code":
            wanted = [one.upper() for one in wanted]
        return self._among(_COLUMNS[name], wanted)

    def _keys(self, kind: TermKind, slugs: list[str]) -> list[str]:
        terms = self._vocabulary()
        found = (terms.by_slug(kind, slug, self._reading) for slug in slugs)
        return [record.term.key for record in found if record]

    def _among(self, column: str, values: list[Any]) -> str:
        if not values:
            return FALSE
        self.columns.add(column)
        self.values += values
        if len(values) == 1:
            return f"e.{column} = %s"
        return f"e.{column} IN ({', '.join(['%s'] * len(values))})"

    def _has(self, facet: str, values: list[str]) -> str:
        wanted = [value for value in values if is_storable(value)]
        if not wanted:
            return FALSE
        self.columns.add("terms")
        self.values += [facet, *wanted]
        return (
            "EXISTS (SELECT 1 FROM knowledge_publishedentryterm t WHERE t.entry_id = e.object_id"
            f" AND t.facet = %s AND t.value IN ({', '.join(['%s'] * len(wanted))}))"
        )

    def _number(self, column: str, given: Mapping[str, Any]) -> str:
        condition = self._compared(column, given, int)
        # 0 stands for a number that was not given.
        return condition if condition == TRUE else f"({condition} AND e.{column} <> 0)"

    def _compared(self, column: str, given: Mapping[str, Any], stored: Callable[[Any], Any]) -> str:
        bounds = [(name, value) for name, value in given.items() if value is not None]
        self.columns.add(column)
        self.values += [stored(value) for _, value in bounds]
        return _joined([f"e.{column} {_COMPARED[name]} %s" for name, _ in bounds], "AND")


def _joined(parts: list[str], word: str) -> str:
    if not parts:
        return TRUE if word == "AND" else FALSE
    return parts[0] if len(parts) == 1 else f"({f' {word} '.join(parts)})"


def _chosen(given: Mapping[str, Any]) -> list[Any] | None:
    """The values that ``eq`` and ``in`` allow together; None when neither is given."""
    allowed: list[Any] | None = None
    if given.get("eq") is not None:
        allowed = [plain(given["eq"])]
    if given.get("in_") is not None:
        values = [plain(value) for value in given["in_"]]
        if len(values) > MAX_VALUES:
            raise GivenUp
        allowed = values if allowed is None else [one for one in allowed if one in values]
    return allowed

"""Totals of lists that are bounded by a moment alone: since a day, until a day, between two.

Invariant: what is summed are whole days that lie inside the bounds; of the days in which the
bounds themselves lie, each entry is counted, so the total is exact to the microsecond.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from graphql_api.plan.database import Dialect
from graphql_api.plan.entries.statements import ENTRIES
from knowledge.counting import DAYS, MOMENTS

_DAY = timedelta(days=1)
_UNTIL, _SINCE = ("lt", "lte"), ("gt", "gte")


@dataclass(frozen=True, slots=True)
class Span:
    """From ``first`` to ``last`` (days of UTC; None: without end) by the column ``moment``.

    ``condition`` and ``values`` say which kind and language: they hold for the table of
    entries and for that of days.
    """

    moment: str
    first: date | None
    last: date | None
    condition: str
    values: tuple[Any, ...]


def span_of(given: Mapping[str, Any], condition: str, values: list[Any]) -> Span | None:
    """The span that a filter names and nothing else; None where each entry must be counted."""
    named = [name for name, value in given.items() if value is not None]
    if len(named) != 1 or named[0] not in MOMENTS:
        return None
    bounds: Mapping[str, datetime | None] = given[named[0]]
    try:
        since = [value.astimezone(UTC).date() for name in _SINCE if (value := bounds.get(name))]
        until = [value.astimezone(UTC).date() for name in _UNTIL if (value := bounds.get(name))]
    except OverflowError:
        return None
    first, last = max(since, default=None), min(until, default=None)
    if (first is None and last is None) or (first and last and first >= last):
        return None
    if date.min in (first, last) or date.max in (first, last):
        # There is no day beyond.
        return None
    return Span(named[0], first, last, condition, tuple(values))


def number_of(
    span: Span, condition: str, values: list[Any], dialect: Dialect
) -> tuple[str, list[Any]]:
    """An expression for the number of entries in the span, and its parameters.

    ``condition`` and ``values`` are those of the whole list, on the table ``e`` of entries.
    """
    summed = f"{span.condition} AND e.moment = %s"
    parameters = [*span.values, span.moment]
    edges: list[tuple[str, list[Any]]] = []
    if span.first:
        summed += " AND e.day > %s"
        parameters.append(dialect.day(span.first))
        after = dialect.moment(_start(span.first + _DAY))
        edges.append((f"e.{span.moment} < %s", [after]))
    if span.last:
        summed += " AND e.day < %s"
        parameters.append(dialect.day(span.last))
        edges.append((f"e.{span.moment} >= %s", [dialect.moment(_start(span.last))]))
    expression = f"(SELECT COALESCE(SUM(e.number), 0) FROM {DAYS} e WHERE {summed})"
    for edge, bounds in edges:
        expression += f" + (SELECT COUNT(*) FROM {ENTRIES} e WHERE {condition} AND {edge})"
        parameters += [*values, *bounds]
    return expression, parameters


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)

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


@dataclass(frozen=True, slots=True)
class Bound:
    """``day``: all whole days lie beyond it. ``is_edge``: some of it lies inside as well."""

    day: date
    is_edge: bool


@dataclass(frozen=True, slots=True)
class Span:
    """The days of UTC between ``since`` and ``until`` (None: without end) by ``moment``.

    ``condition`` and ``values`` say which kind and language: they hold for the table of
    entries and for that of days.
    """

    moment: str
    since: Bound | None
    until: Bound | None
    condition: str
    values: tuple[Any, ...]


def span_of(given: Mapping[str, Any], condition: str, values: list[Any]) -> Span | None:
    """The span that a filter names and nothing else; None where each entry must be counted."""
    named = [name for name, value in given.items() if value is not None]
    if len(named) != 1 or named[0] not in MOMENTS:
        return None
    bounds: Mapping[str, datetime | None] = given[named[0]]
    try:
        since, until = _since(bounds), _until(bounds)
    except OverflowError:
        # At the ends of time there is no day beyond.
        return None
    if (since is None and until is None) or (since and until and since.day >= until.day):
        return None
    return Span(named[0], since, until, condition, tuple(values))


def number_of(
    span: Span, condition: str, values: list[Any], dialect: Dialect
) -> tuple[str, list[Any]]:
    """An expression for the number of entries in the span, and its parameters.

    ``condition`` and ``values`` are those of the whole list, on the table ``e`` of entries.
    """
    summed = f"{span.condition} AND e.moment = %s"
    parameters = [*span.values, span.moment]
    edges: list[tuple[str, Any]] = []
    if span.since:
        summed += " AND e.day > %s"
        parameters.append(dialect.day(span.since.day))
        if span.since.is_edge:
            edges.append((f"e.{span.moment} < %s", dialect.moment(_start(span.since.day + _DAY))))
    if span.until:
        summed += " AND e.day < %s"
        parameters.append(dialect.day(span.until.day))
        if span.until.is_edge:
            edges.append((f"e.{span.moment} >= %s", dialect.moment(_start(span.until.day))))
    expression = f"(SELECT COALESCE(SUM(e.number), 0) FROM {DAYS} e WHERE {summed})"
    for edge, moment in edges:
        expression += f" + (SELECT COUNT(*) FROM {ENTRIES} e WHERE {condition} AND {edge})"
        parameters += [*values, moment]
    return expression, parameters


def _since(bounds: Mapping[str, datetime | None]) -> Bound | None:
    later, from_ = _utc(bounds.get("gt")), _utc(bounds.get("gte"))
    if later is None and from_ is None:
        return None
    if later is None and from_ and from_ == _start(from_.date()):
        # From midnight on: the whole day is inside.
        return Bound(from_.date() - _DAY, is_edge=False)
    day = max(one for one in (later, from_) if one is not None).date()
    # What it takes to count the edge must exist.
    return Bound(day, is_edge=bool(day + _DAY))


def _until(bounds: Mapping[str, datetime | None]) -> Bound | None:
    earlier, to = _utc(bounds.get("lt")), _utc(bounds.get("lte"))
    if earlier is None and to is None:
        return None
    if to is None and earlier and earlier == _start(earlier.date()):
        return Bound(earlier.date(), is_edge=False)
    return Bound(min(one for one in (earlier, to) if one is not None).date(), is_edge=True)


def _utc(moment: datetime | None) -> datetime | None:
    return moment and moment.astimezone(UTC)


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)

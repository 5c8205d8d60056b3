"""Closed filter inputs and what they mean as conditions; columns never come from outside.

Invariant: a condition that is null or absent filters nothing, a list that is empty
matches nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import graphene
from django.db.models import Q

from graphql_api.errors import ApiError, ErrorCode
from graphql_api.scalars import DateTime

MAX_CONDITIONS = 100
MAX_VALUES = 100
MAX_NESTING = 8

NOTHING = Q(pk__in=[])
EVERYTHING = ~NOTHING

Translator = Callable[[Any], Q]


class StringFilter(graphene.InputObjectType):
    """Exact text. Both conditions given: both must hold."""

    eq = graphene.String(description="Exactly this.")
    in_ = graphene.List(
        graphene.NonNull(graphene.String),
        name="in",
        description=f"One of these, at most {MAX_VALUES}. An empty list matches nothing.",
    )


class IntRangeFilter(graphene.InputObjectType):
    """A range of whole numbers. A record without the number is in no range."""

    gte = graphene.Int(description="At least this.")
    lte = graphene.Int(description="At most this.")


class DateTimeRangeFilter(graphene.InputObjectType):
    """A stretch of time."""

    gte = DateTime(description="At this moment or later.")
    gt = DateTime(description="Later than this moment.")
    lte = DateTime(description="At this moment or earlier.")
    lt = DateTime(description="Earlier than this moment.")


def enum_filter(enum: type[graphene.Enum]) -> type[graphene.InputObjectType]:
    """``<Enum>Filter`` with ``eq`` and ``in``."""
    name = enum._meta.name
    return type(
        f"{name}Filter",
        (graphene.InputObjectType,),
        {
            "__doc__": f"Values of {name}. Both conditions given: both must hold.",
            "eq": enum(description="Exactly this."),
            "in_": graphene.List(
                graphene.NonNull(enum),
                name="in",
                description="One of these. An empty list matches nothing.",
            ),
        },
    )


def filter_input(
    name: str, description: str, fields: Mapping[str, Any]
) -> type[graphene.InputObjectType]:
    """An input of ``fields`` that can be combined by ``and``, ``or`` and ``not``."""

    def itself() -> type[graphene.InputObjectType]:
        return made

    made = type(
        name,
        (graphene.InputObjectType,),
        {
            "__doc__": description,
            **fields,
            "and_": graphene.List(
                graphene.NonNull(itself), name="and", description="All of these hold."
            ),
            "or_": graphene.List(
                graphene.NonNull(itself),
                name="or",
                description="At least one of these holds. An empty list matches nothing.",
            ),
            "not_": graphene.InputField(itself, name="not", description="This does not hold."),
        },
    )
    return made


def where(given: Mapping[str, Any], translators: Mapping[str, Translator]) -> Q:
    """The condition that the filter input ``given`` stands for.

    ``translators`` turn the value of one field (by its Python name) into a condition.
    Raises ``ApiError`` FILTER_TOO_COMPLEX.
    """
    budget = _Budget()
    return _where(given, translators, budget, nesting=1)


class _Budget:
    """Bounds the statement that one filter can cause."""

    def __init__(self) -> None:
        self.conditions = 0

    def spend(self) -> None:
        self.conditions += 1
        if self.conditions > MAX_CONDITIONS:
            raise too_complex(f"A filter has at most {MAX_CONDITIONS} conditions.")


def _where(
    given: Mapping[str, Any],
    translators: Mapping[str, Translator],
    budget: _Budget,
    nesting: int,
) -> Q:
    if nesting > MAX_NESTING:
        raise too_complex(f"and, or and not reach at most {MAX_NESTING} levels deep.")
    condition = EVERYTHING
    for name, value in given.items():
        if value is None:
            continue
        budget.spend()
        if name in ("and_", "or_"):
            parts = [_where(part, translators, budget, nesting + 1) for part in value]
            condition &= all_of(parts) if name == "and_" else any_of(parts)
        elif name == "not_":
            condition &= ~_where(value, translators, budget, nesting + 1)
        else:
            condition &= translators[name](value)
    return condition


def all_of(conditions: Iterable[Q]) -> Q:
    """Everything when there is no condition."""
    result = EVERYTHING
    for condition in conditions:
        result &= condition
    return result


def any_of(conditions: Iterable[Q]) -> Q:
    """Nothing when there is no condition."""
    result = NOTHING
    for condition in conditions:
        result |= condition
    return result


def chosen(given: Mapping[str, Any]) -> list[Any] | None:
    """The values that ``eq`` and ``in`` together allow; None when neither is given.

    Enum members become their stored values. Raises ``ApiError`` FILTER_TOO_COMPLEX.
    """
    allowed: list[Any] | None = None
    if given.get("eq") is not None:
        allowed = [plain(given["eq"])]
    if given.get("in_") is not None:
        values = given["in_"]
        if len(values) > MAX_VALUES:
            raise too_complex(f"in takes at most {MAX_VALUES} values.")
        values = [plain(value) for value in values]
        allowed = values if allowed is None else [one for one in allowed if one in values]
    return allowed


def plain(value: Any) -> Any:
    """The stored value of an enum member; anything else as it is."""
    return getattr(value, "value", value)


def is_storable(text: str) -> bool:
    """False for texts no database row can hold: with NUL or half of a surrogate pair."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\x00" not in text


def one_of(column: str, *, upper: bool = False) -> Translator:
    """``column`` is one of the chosen values."""

    def translate(given: Mapping[str, Any]) -> Q:
        values = chosen(given)
        if values is None:
            return EVERYTHING
        wanted = [value for value in values if is_storable(value)]
        if upper:
            wanted = [value.upper() for value in wanted]
        return Q(**{f"{column}__in": wanted}) if wanted else NOTHING

    return translate


def in_range(column: str, *, unset: int | None = None) -> Translator:
    """``column`` lies in the range; a row that holds ``unset`` lies in none."""

    def translate(given: Mapping[str, Any]) -> Q:
        bounds = {f"{column}__{name}": value for name, value in given.items() if value is not None}
        if not bounds:
            return EVERYTHING
        condition = Q(**bounds)
        return condition & ~Q(**{column: unset}) if unset is not None else condition

    return translate


def too_complex(message: str) -> ApiError:
    """The answer to a filter past a limit."""
    return ApiError(ErrorCode.FILTER_TOO_COMPLEX, message)

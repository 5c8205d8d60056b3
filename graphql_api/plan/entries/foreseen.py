"""What a search asked for when it was ranked last, asked for together when it is ranked again.

Invariant: an answer is used for the very statement and values that it was fetched for, in the
request that fetched it; moments alone may differ, and all of them mean the present one.

A publication makes every search be ranked again. The words it looks up, the documents it
looks at and the entries it shows are mostly those of the time before: then all of it takes one
round trip instead of five.
"""

from collections import OrderedDict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any

from django.utils import timezone

from graphql_api.plan.database import Asked, Reader
from knowledge.search.leading import PLACES

Rows = list[tuple[Any, ...]]

# What asks more than so many statements is no plain search.
MOST_STATEMENTS = 8
# What gives more rows is a vocabulary, and remembered.
MOST_ROWS = 200
# Some two kilobytes each.
MOST_SEARCHES = 500


@dataclass(frozen=True, slots=True)
class Trace:
    """The statements of a search that was ranked at a content version."""

    version: int
    asked: tuple[Asked, ...]

    def again(self) -> list[Asked]:
        """The statements with the present moment wherever they had theirs."""
        now = timezone.now()
        return [
            (text, [now if isinstance(value, datetime) else value for value in values])
            for text, values in self.asked
        ]


class Traces:
    """The last trace of each search, at most ``MOST_SEARCHES`` of them."""

    def __init__(self) -> None:
        self._known: OrderedDict[Hashable, Trace] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Trace | None:
        """The trace of the search, if it is known."""
        return self._known.get(key)

    def put(self, key: Hashable, trace: Trace) -> None:
        """Keep a trace instead of the one before, unless it is too long."""
        if len(trace.asked) > MOST_STATEMENTS:
            return
        with self._lock:
            self._known[key] = trace
            self._known.move_to_end(key)
            if len(self._known) > MOST_SEARCHES:
                self._known.popitem(last=False)

    def clear(self) -> None:
        """Forget all of them."""
        with self._lock:
            self._known.clear()


class Foreseen:
    """Runs the statements of one search, some of which have been answered already.

    ``asked`` are those that are worth asking for together with others.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._answers: dict[Hashable, Rows] = {}
        self.asked: list[Asked] = []

    def fetch(self, first: Asked, others: Sequence[Asked]) -> Rows:
        """The rows of ``first``, sent together with others that may be asked for after it."""
        rows, *answers = self._reader.together([first, *others])
        for one, answer in zip(others, answers, strict=True):
            self._answers[_alike(*one)] = answer
        return rows

    def rows(self, statement: str, values: Sequence[Any]) -> Rows:
        """All rows of a statement. Raises the driver's error, or Django's."""
        answer = self._answers.pop(_alike(statement, values), None) if self._answers else None
        if answer is None:
            answer = self._reader.rows(statement, values)
        # What is seen of a document is kept elsewhere: its places are not read every time.
        if len(answer) <= MOST_ROWS and PLACES not in statement:
            self.asked.append((statement, values))
        return answer


def _alike(statement: str, values: Sequence[Any]) -> Hashable:
    """The same for what gives the same rows at one moment."""
    return statement, tuple(
        tuple(value) if isinstance(value, list) else None if isinstance(value, datetime) else value
        for value in values
    )

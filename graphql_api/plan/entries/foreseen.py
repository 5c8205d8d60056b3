"""What a search asked for when it was ranked last, asked for together when it is ranked again.

Invariant: an answer is used for the very statement and values that it was fetched for, in the
request that fetched it; moments alone may differ, and all of them mean the present one.
Of a statement of keys each key is used by itself.

A publication makes every search be ranked again. The words it looks up, the documents it
looks at and the entries it shows are mostly those of the time before: then all of it takes one
round trip instead of five, and a document that is new among them one more.
"""

from array import array
from collections import OrderedDict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock
from typing import Any

from django.utils import timezone

from graphql_api.plan.database import Asked, Reader
from knowledge.search.statements import OfKeys, Rows

# What asks more than so many statements is no plain search.
MOST_STATEMENTS = 8
# What gives more rows is a vocabulary, and remembered.
MOST_ROWS = 200
# Of so many documents it is asked again what they are: some four pages of candidates.
MOST_KEYS = 800
# Some three kilobytes each.
MOST_SEARCHES = 500


@dataclass(frozen=True, slots=True)
class Trace:
    """The statements of a search that was ranked at a content version."""

    version: int
    asked: tuple[Asked, ...] = ()
    of_keys: tuple[OfKeys, ...] = ()

    def __len__(self) -> int:
        return len(self.asked) + len(self.of_keys)


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
        if len(trace) > MOST_STATEMENTS:
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
    """Runs the statements of one search, some of which have been answered already."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._answers: dict[Hashable, Rows] = {}
        # By what is read and of which keys: the row of each, None where there is none.
        self._rows: dict[Hashable, dict[int, tuple[Any, ...] | None]] = {}
        self._asked: list[Asked] = []
        self._of_keys: dict[Hashable, OfKeys] = {}

    def fetch(self, first: Asked, trace: Trace | None) -> Rows:
        """The rows of ``first``, sent together with what may be asked for after it."""
        asked, of_keys = (trace.asked, trace.of_keys) if trace else ((), ())
        others = [_at_present(*one) for one in asked]
        others += [_at_present(*one.asked()) for one in of_keys]
        rows, *answers = self._reader.together([first, *others])
        for one, answer in zip(asked, answers[: len(asked)], strict=True):
            self._answers[_alike(*one)] = answer
        for wanted, answer in zip(of_keys, answers[len(asked) :], strict=True):
            self._rows[_signature(wanted)] = _by_key(wanted.keys, answer)
        return rows

    def rows(self, statement: str, values: Sequence[Any]) -> Rows:
        """All rows of a statement. Raises the driver's error, or Django's."""
        answer = self._answers.pop(_alike(statement, values), None) if self._answers else None
        if answer is None:
            answer = self._reader.rows(statement, values)
        if len(answer) <= MOST_ROWS:
            self._asked.append((statement, values))
        return answer

    def rows_of_keys(self, wanted: OfKeys) -> Rows:
        """All rows of a statement of keys. Raises as ``rows`` does."""
        if wanted.is_kept:
            return self._reader.rows(*wanted.asked())
        signature = _signature(wanted)
        known = self._rows.setdefault(signature, {})
        if lacking := [key for key in wanted.keys if key not in known]:
            rows = self._reader.rows(*replace(wanted, keys=lacking).asked())
            known.update(_by_key(lacking, rows))
        before = self._of_keys.get(signature)
        keys = array("q", [*before.keys, *wanted.keys] if before else wanted.keys)
        self._of_keys[signature] = replace(wanted, keys=keys)
        return [row for key in wanted.keys if (row := known[key]) is not None]

    def trace(self, version: int) -> Trace:
        """What was asked for and is worth being asked for together."""
        of_keys = (one for one in self._of_keys.values() if len(one.keys) <= MOST_KEYS)
        return Trace(version, tuple(self._asked), tuple(of_keys))


def _by_key(keys: Sequence[int], rows: Rows) -> dict[int, tuple[Any, ...] | None]:
    """Key → its row, the first column of which it is."""
    found: dict[int, tuple[Any, ...] | None] = dict.fromkeys(keys)
    for row in rows:
        found[row[0]] = row
    return found


def _at_present(statement: str, values: Sequence[Any]) -> Asked:
    """The statement with the present moment wherever it has one."""
    now = timezone.now()
    return statement, [now if isinstance(value, datetime) else value for value in values]


def _signature(wanted: OfKeys) -> Hashable:
    """The same for what reads the same of keys at one moment."""
    return wanted.selected, tuple(_alike(one.sql, one.values) for one in wanted.conditions)


def _alike(statement: str, values: Sequence[Any]) -> Hashable:
    """The same for what gives the same rows at one moment."""
    return statement, tuple(
        tuple(value) if isinstance(value, list) else None if isinstance(value, datetime) else value
        for value in values
    )

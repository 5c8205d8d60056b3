"""Plain statements on either database, and what their values look like there.

Invariant: only reads. Statements are written with ``%s``; values never become part of
their text.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections

from graphql_api.http.deadline import Deadline

# A statement and its values.
Asked = tuple[str, Sequence[Any]]


class Reader(Protocol):
    """Something that runs statements."""

    @property
    def dialect(self) -> "Dialect": ...

    def rows(self, statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """All rows of a statement. Raises the driver's error, or Django's."""
        ...

    def expect(self, asked: Sequence["Asked"]) -> None:
        """These will be asked for by ``rows``, in this order, with these very values."""

    @property
    def gathers(self) -> bool:
        """Whether statements that are sent together take less time than one after the other."""
        ...

    def together(self, asked: Sequence["Asked"]) -> list[list[tuple[Any, ...]]]:
        """All rows of each of the statements, run in this order. Raises as ``rows`` does."""
        ...


class Dialect:
    """How PostgreSQL takes and gives values."""

    def key(self, value: UUID) -> Any:
        """A translation key as a parameter."""
        return value

    def key_of(self, value: Any) -> str:
        """A translation key out of a row, as hexadecimal digits."""
        return value.hex

    def moment(self, value: datetime) -> Any:
        """A moment as a parameter."""
        return value

    def moment_of(self, value: Any) -> datetime:
        """A moment out of a row, in UTC as Django's connections read it."""
        return value.astimezone(UTC)

    def day(self, value: date) -> Any:
        """A day as a parameter."""
        return value


class SqliteDialect(Dialect):
    """How Django stores values in SQLite."""

    def key(self, value: UUID) -> Any:
        return value.hex

    def key_of(self, value: Any) -> str:
        return value

    def moment(self, value: datetime) -> Any:
        return str(value.astimezone(UTC).replace(tzinfo=None))

    def moment_of(self, value: Any) -> datetime:
        # Django's connections parse columns that are declared as moments.
        parsed = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        return parsed.replace(tzinfo=UTC)

    def day(self, value: date) -> Any:
        return value.isoformat()


DIALECTS: dict[str, Dialect] = {"postgresql": Dialect(), "sqlite": SqliteDialect()}


class DjangoReader:
    """Runs statements on Django's own connection, inside whatever transaction it is in."""

    @property
    def dialect(self) -> Dialect:
        return DIALECTS[connections[DEFAULT_DB_ALIAS].vendor]

    def rows(self, statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall()

    def expect(self, asked: Sequence[Asked]) -> None:
        """Nothing: each statement is run when it is asked for."""

    @property
    def gathers(self) -> bool:
        return False

    def together(self, asked: Sequence[Asked]) -> list[list[tuple[Any, ...]]]:
        return [self.rows(statement, values) for statement, values in asked]


DJANGO = DjangoReader()


class Readers(Protocol):
    """Gives each request something that runs its statements."""

    def reader(self, deadline: Deadline) -> AbstractContextManager[Reader]:
        """A reader whose statements stop at the deadline."""
        ...

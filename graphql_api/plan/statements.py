"""Statements on a PostgreSQL connection, by psycopg's layer over libpq.

Invariant: rows are those that ``Connection.execute(…, binary=True).fetchall()`` gives for the
same text and values, but for columns of the type ``text``: those hold JSON, and come as bytes.

A cursor's way there (its query object, its preparing, its generators that wait) costs as much
as all the rest of a short statement; a plan's connection is used by one thread at a time and
has nothing to do while it waits, so it may wait in libpq.
"""

from collections.abc import Sequence
from select import POLLIN, POLLOUT, poll
from typing import Any

import psycopg
from psycopg import pq
from psycopg.adapt import PyFormat, Transformer
from psycopg.types.string import ByteaBinaryLoader

from graphql_api.plan.database import Asked

# A statement asked for so often is prepared; so many are, at most, on one connection.
PREPARED_AFTER = 5
MAX_PREPARED = 200


class Statements:
    """Runs statements with ``%s`` as the mark of a value, and no other per cent sign."""

    def __init__(self, connection: psycopg.Connection, *, may_prepare: bool) -> None:
        self._connection = connection
        # Decoded, a document with one character beyond Latin-1 would take twice the memory, and
        # be encoded again by whoever parses it.
        connection.adapters.register_loader("text", ByteaBinaryLoader)
        self._transformer = Transformer.from_context(connection)
        self._may_prepare = may_prepare
        # By statement, what libpq is sent; by that and the types of values, how often it was
        # asked for until it is prepared, and its name from then on.
        self._texts: dict[str, bytes] = {}
        self._asked: dict[tuple[bytes, tuple[int, ...]], int] = {}
        self._names: dict[tuple[bytes, tuple[int, ...]], bytes] = {}
        self._prepared_so_far = 0

    def rows(self, statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """All rows. Raises the exceptions of ``psycopg``."""
        text, name, own, types, formats = self._ready(statement, values)
        link = self._connection.pgconn
        if name is None:
            result = link.exec_params(text, own, types, formats, pq.Format.BINARY)
        else:
            # Values may be None as in exec_params, though its annotation does not say so.
            result = link.exec_prepared(name, own, formats, pq.Format.BINARY)  # type: ignore[arg-type]
        return self._loaded(result)

    def rows_of_each(self, asked: Sequence[Asked]) -> list[list[tuple[Any, ...]]]:
        """All rows of each of some statements, which are sent together.

        One wait for all of them, as a rule. Raises the exceptions of ``psycopg``; then the
        connection must be closed.
        """
        # Were room made halfway, what the first of them are called would be forgotten.
        self._make_room(len(asked))
        # Preparing waits for its answer, so it comes before.
        ready = [self._ready(statement, values) for statement, values in asked]
        link = self._connection.pgconn
        link.enter_pipeline_mode()
        for text, name, own, types, formats in ready:
            if name is None:
                link.send_query_params(text, own, types, formats, pq.Format.BINARY)
            else:
                link.send_query_prepared(name, own, formats, pq.Format.BINARY)  # type: ignore[arg-type]
        link.pipeline_sync()
        while link.flush():
            self._wait(POLLIN | POLLOUT)
            link.consume_input()
        found = [self._loaded(self._next_result()) for _ in ready]
        self._next_result()
        link.exit_pipeline_mode()
        return found

    def _ready(
        self, statement: str, values: Sequence[Any]
    ) -> tuple[bytes, bytes | None, Sequence[Any], tuple[int, ...], Sequence[Any]]:
        """What libpq is told: text, name if prepared, values, their types and their formats."""
        text = self._texts.get(statement)
        if text is None:
            text = self._numbered(statement)
        transformer = self._transformer
        parameters = transformer.dump_sequence(values, [PyFormat.AUTO] * len(values))
        types = tuple(transformer.types or ())
        formats: Any = transformer.formats
        name = self._names.get((text, types))
        if name is None and self._may_prepare:
            name = self._prepared(text, types)
        return text, name, parameters, types, formats

    def _loaded(self, result: pq.abc.PGresult) -> list[tuple[Any, ...]]:
        if result.status != pq.ExecStatus.TUPLES_OK:
            raise self._fault(result)
        self._transformer.set_pgresult(result)
        return self._transformer.load_rows(0, result.ntuples, tuple)

    def _next_result(self) -> pq.abc.PGresult:
        """The next result of a pipeline. libpq would wait for it with Python's lock held."""
        link = self._connection.pgconn
        # Between the results of two statements there is an empty one.
        for _ in range(2):
            while link.is_busy():
                self._wait(POLLIN)
                link.consume_input()
            result = link.get_result()
            if result is not None:
                return result
        raise psycopg.OperationalError("The connection has no further result.")

    def _wait(self, events: int) -> None:
        waiting = poll()
        waiting.register(self._connection.pgconn.socket, events)
        waiting.poll()

    def _numbered(self, statement: str) -> bytes:
        if len(self._texts) >= 1_000:
            self._texts.clear()
        first, *rest = statement.split("%s")
        numbered = "".join(f"${number}{part}" for number, part in enumerate(rest, start=1))
        text = self._texts[statement] = f"{first}{numbered}".encode()
        return text

    def _prepared(self, text: bytes, types: tuple[int, ...]) -> bytes | None:
        """The name of the statement, once it is worth one."""
        key = text, types
        if len(self._asked) >= 1_000:
            self._asked.clear()
        asked = self._asked[key] = self._asked.get(key, 0) + 1
        if asked < PREPARED_AFTER:
            return None
        self._make_room(1)
        # Never a name of before: whoever still had that would be given other rows.
        name = f"plan_{self._prepared_so_far}".encode()
        self._prepared_so_far += 1
        result = self._connection.pgconn.prepare(name, text, types)
        if result.status != pq.ExecStatus.COMMAND_OK:
            raise self._fault(result)
        del self._asked[key]
        self._names[key] = name
        return name

    def _make_room(self, number: int) -> None:
        """Forget what is prepared where ``number`` more would be too many."""
        if self._names and len(self._names) + number > MAX_PREPARED:
            self._connection.execute("DEALLOCATE ALL", prepare=False)
            self._names.clear()

    def _fault(self, result: pq.abc.PGresult) -> psycopg.Error:
        encoding = self._connection.info.encoding
        if self._connection.pgconn.status != pq.ConnStatus.OK:
            return psycopg.OperationalError(result.get_error_message(encoding))
        return psycopg.errors.error_from_result(result, encoding)

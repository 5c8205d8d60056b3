"""What the machine can do at best: a bare WSGI application on the same server.

``/sql`` answers each request with one hand-written statement; ``/static/NAME`` reads the
request and answers with bytes that were ready before.

Invariant: it does nothing that an answer does not need: no GraphQL, no limits, no rights.
"""

import os
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import orjson
import psycopg
from psycopg.types.string import TextBinaryLoader, TextLoader

from benchmarks.content import made_content
from benchmarks.queries import queries

JSON = "application/json"


class Bytes(TextLoader):
    """Text as the bytes that came, which are what is sent on."""

    def load(self, data: Any) -> Any:
        return bytes(data)


class BinaryBytes(TextBinaryLoader):
    """The same where values come in binary form."""

    def load(self, data: Any) -> Any:
        return bytes(data)


class Floor:
    """The application; one connection a thread."""

    def __init__(self) -> None:
        self.statements = {one.name: one.sql for one in queries(made_content())}
        folder = Path(os.environ["BENCHMARK_STATIC"])
        self.folder = folder
        self.ready: dict[str, bytes] = {}
        self.threads = threading.local()

    def __call__(self, environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
        length = int(environ.get("CONTENT_LENGTH") or 0)
        body = environ["wsgi.input"].read(length)
        path = environ["PATH_INFO"]
        if path.startswith("/static/"):
            answer = self.static(path.removeprefix("/static/"))
        else:
            asked = orjson.loads(body)
            answer = self.answer(asked["query"], asked["variables"])
        headers = [("Content-Type", JSON), ("Content-Length", str(len(answer)))]
        start_response("200 OK", headers)
        return [answer]

    def static(self, name: str) -> bytes:
        """The bytes of ``name``, read once."""
        if name not in self.ready:
            self.ready[name] = (self.folder / name).read_bytes()
        return self.ready[name]

    def answer(self, name: str, variables: dict[str, Any]) -> bytes:
        """The answer to the query ``name``."""
        row = self.connection.execute(self.statements[name], variables).fetchone()
        return b'{"data":' + row[0] + b"}"

    @property
    def connection(self) -> psycopg.Connection:
        """This thread's own; statements are prepared when they come again."""
        if not hasattr(self.threads, "connection"):
            made = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
            made.adapters.register_loader("text", Bytes)
            made.adapters.register_loader("text", BinaryBytes)
            self.threads.connection = made
        return self.threads.connection


application = Floor()

"""Who is measured: the product in its three modes, and the two floors.

Invariant: all get the same values in the same order, and each answer is checked against the
content before it is timed.
"""

import hashlib
import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.processes import HOST
from benchmarks.queries import Query, Variables

CHECKED = 5


class WrongAnswerError(Exception):
    """An answer that is not what the content says."""


@dataclass(frozen=True)
class Contender:
    """One row of the table. ``mode``: text, persisted, memory, sql or static."""

    name: str
    mode: str
    port: int
    pid: int

    def path(self, query: Query) -> str:
        """Where it is asked."""
        return {"sql": "/sql", "static": f"/static/{query.name}"}.get(self.mode, "/graphql")

    def body(self, query: Query, variables: Variables) -> bytes:
        """What it is asked."""
        if self.mode in ("sql", "static"):
            asked: dict[str, Any] = {"query": query.name, "variables": sql_values(variables)}
        elif self.mode == "persisted":
            asked = {"variables": variables, "extensions": persisted(query)}
        else:
            asked = {"query": query.document, "variables": variables}
        return json.dumps(asked).encode()

    def requests(self, query: Query) -> list[str]:
        """The requests as they go over the wire, one for each set of values."""
        return [self._request(query, variables) for variables in query.variables]

    def _request(self, query: Query, variables: Variables) -> str:
        body = self.body(query, variables).decode()
        return (
            f"POST {self.path(query)} HTTP/1.1\r\nHost: {HOST}:{self.port}\r\n"
            "Content-Type: application/json\r\nAccept: application/json\r\n"
            f"Content-Length: {len(body.encode())}\r\n\r\n{body}"
        )

    def ask(self, query: Query, variables: Variables) -> bytes:
        """One answer. Raises ``WrongAnswerError`` for any status but 200."""
        return self.post(self.path(query), self.body(query, variables))

    def post(self, path: str, body: bytes) -> bytes:
        """The answer's body. Raises ``WrongAnswerError``."""
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        url = f"http://{HOST}:{self.port}{path}"
        request = urllib.request.Request(url, body, headers)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
                return answer.read()
        except urllib.error.HTTPError as error:
            with error:
                said = error.read(500).decode(errors="replace")
            raise WrongAnswerError(f"{self.name}: status {error.code}: {said}") from None

    def register(self, query: Query) -> None:
        """Tell the server the text that a persisted operation stands for."""
        asked = {"query": query.document, "variables": query.variables[0]}
        self.post("/graphql", json.dumps({**asked, "extensions": persisted(query)}).encode())

    def fill_memory(self, query: Query) -> None:
        """Ask everything once, where answers are then repeated from memory."""
        if self.mode == "memory":
            for variables in query.variables:
                self.ask(query, variables)

    def check(self, query: Query) -> None:
        """Compare some answers with the content. Raises ``WrongAnswerError``."""
        for variables in query.variables[:CHECKED]:
            answer = json.loads(self.ask(query, variables))
            codes = list(codes_in(answer.get("data")))
            if "errors" in answer or (
                query.expected is not None and codes != query.expected(variables)
            ):
                raise WrongAnswerError(f"{self.name}, {query.name}, {variables}: {codes}")
            if query.expected is None and not 0 < len(codes) <= 20:
                raise WrongAnswerError(f"{self.name}, {query.name}, {variables}: {codes}")


def persisted(query: Query) -> dict[str, Any]:
    """The extension by which clients name an operation instead of sending it."""
    digest = hashlib.sha256(query.document.encode()).hexdigest()
    return {"persistedQuery": {"version": 1, "sha256Hash": digest}}


def sql_values(variables: Variables) -> Variables:
    """The values as the plain tables hold them: levels in small letters."""
    return {name: v.lower() if name == "level" else v for name, v in variables.items()}


def codes_in(value: Any) -> Iterator[str]:
    """Every ``code`` in an answer, in its order."""
    if isinstance(value, dict):
        if isinstance(value.get("code"), str):
            yield value["code"]
        for one in value.values():
            yield from codes_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from codes_in(one)

"""``python -m benchmarks.growth_at``: times in the database of DATABASE_URL, as it is now.

Invariant: what is timed is the way of a request behind the server's socket, answered by plans;
an answer that Django had to give is an error here.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import django
from django.core.wsgi import get_wsgi_application

from benchmarks.database import connect, server_url
from benchmarks.growing import NAME
from benchmarks.processes import HOST
from benchmarks.processor_time import Processors

ROUNDS, SECONDS = 5, 0.4
# PostgreSQL plans a prepared statement anew for its first executions.
WARM = 16
PUBLISHED, UNTIMED = 25, 5
Figures = dict[str, float]


class Endpoint:
    """The product without its server: answers in this process and on this thread."""

    def __init__(self) -> None:
        from graphql_api.http.express import Express

        self.by_django = 0
        inner = get_wsgi_application()

        def counted(environ: dict[str, Any], start_response: Callable) -> Any:
            self.by_django += 1
            return inner(environ, start_response)

        self.application = Express(counted)

    def ask(self, body: bytes) -> bytes:
        """The answer's body. Raises ``SystemExit`` for any that holds errors."""
        heard: list[str] = []
        environ = {
            "REQUEST_METHOD": "POST",
            "SCRIPT_NAME": "",
            "PATH_INFO": "/graphql",
            "QUERY_STRING": "",
            "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(body)),
            "SERVER_NAME": HOST,
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": HOST,
            "REMOTE_ADDR": HOST,
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(body),
            "wsgi.errors": sys.stderr,
        }
        result = self.application(environ, lambda status, *_: heard.append(status))
        answer = b"".join(result)
        if close := getattr(result, "close", None):
            close()
        if not heard[0].startswith("200") or not answer.startswith(b'{"data"'):
            sys.exit(f"{heard[0]}: {answer[:300].decode(errors='replace')}")
        return answer


def timed(work: Callable[[int], None], number: int, processors: Processors) -> Figures:
    """``work`` so many times: milliseconds each, of the clock and of both processes."""
    server, database = processors.seconds()
    began = time.perf_counter()
    for turn in range(number):
        work(turn)
    wall = time.perf_counter() - began
    server_after, database_after = processors.seconds()
    found = {"wall": wall, "server": server_after - server, "database": database_after - database}
    return {name: value * 1000 / number for name, value in found.items()}


def least(rounds: list[Figures]) -> Figures:
    """The least of each figure: other work on the machine only ever adds."""
    return {name: min(one[name] for one in rounds) for name in rounds[0]}


def yardstick(turn: int = 0) -> None:
    """Work that no content makes longer: it tells how fast the machine is at the moment."""
    counted: dict[int, int] = {}
    for number in range(10_000):
        counted[number % 97] = counted.get(number % 97, 0) + number


def reading(processors: Processors) -> dict[str, Figures]:
    """Name of the request → its figures."""
    from benchmarks.growth_queries import asked
    from graphql_api.plan.entries.totals import totals

    endpoint = Endpoint()
    found = {}
    for one in asked():
        bodies = [
            json.dumps({"query": one.document, "variables": values}).encode()
            for values in one.variables
        ]

        def ask(turn: int, bodies: list[bytes] = bodies, counts: bool = one.counts) -> None:
            if counts:
                totals.clear()
            endpoint.ask(bodies[turn % len(bodies)])

        for turn in range(WARM):
            ask(turn)
        endpoint.by_django = 0
        number = max(int(SECONDS * 1000 / timed(ask, len(bodies), processors)["wall"]), len(bodies))
        rounds, marks = [], []
        for _ in range(ROUNDS):
            rounds.append(timed(ask, number, processors))
            marks.append(timed(yardstick, 20, processors)["server"])
        found[one.name] = {**least(rounds), "yardstick": min(marks)}
        if endpoint.by_django:
            sys.exit(f"{one.name}: answered by Django {endpoint.by_django} times.")
    return found


def publishing(processors: Processors) -> list[tuple[Figures, Figures]]:
    """Figures of saving a draft of a changed question, and of publishing it, of each of some.

    Each with what the yardstick took beside it, as for requests.
    """
    from knowledge.models import InterviewQuestion

    found = []
    for question in InterviewQuestion.objects.filter(live=True).order_by("-pk")[:PUBLISHED]:
        question.title = f"{question.title} Once more?"
        saved = timed(lambda _, one=question: one.save_revision(), 1, processors)
        revision = question.latest_revision
        published = timed(lambda _, one=revision: one.publish(), 1, processors)
        mark = timed(yardstick, 5, processors)["server"]
        found.append(({**saved, "yardstick": mark}, {**published, "yardstick": mark}))
    return found[UNTIMED:]


def rebuilding(processors: Processors) -> Iterator[Figures]:
    """Figures of one entry, of each thousand rendered again."""
    from cms.publishing.rebuilding import rebuild

    def mark() -> tuple[float, ...]:
        return (time.perf_counter(), *processors.seconds())

    began, former = mark(), 0
    for done in rebuild(restart=True):
        if done - former < 1000:
            continue
        ended = mark()
        spent = [(b - a) * 1000 / (done - former) for a, b in zip(began, ended, strict=True)]
        yield dict(zip(("wall", "server", "database"), spent, strict=True))
        began, former = ended, done


def main() -> None:
    """Write what was measured to standard output, as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rebuild", action="store_true", help="render everything again as well")
    options = parser.parse_args()
    if not os.environ.get("DATABASE_URL", "").endswith(f"/{NAME}"):
        sys.exit(f"This changes what it measures: only in {NAME}.")
    django.setup()
    with connect(os.environ.get("BENCHMARK_SERVER_URL") or server_url()) as watching:
        processors = Processors(watching, NAME)
        found: dict[str, Any] = {"reading": reading(processors)}
        found["publishing"] = publishing(processors)
        found["rebuilding"] = list(rebuilding(processors)) if options.rebuild else []
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()

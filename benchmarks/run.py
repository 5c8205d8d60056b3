"""``make bench``: how fast the product delivers, between what the machine can do at best.

Invariant: nothing is asserted about time, and nothing is left running.
"""

import argparse
import os
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import psycopg

from benchmarks import processes, report
from benchmarks.contenders import Contender, WrongAnswerError
from benchmarks.content import made_content
from benchmarks.database import NAME, DatabaseError, connect, prepared, server_url
from benchmarks.measuring import CONNECTIONS, Cell, generate, measure
from benchmarks.queries import NAMES, Query, queries


def say(text: str) -> None:
    """A line of the result."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def note(text: str) -> None:
    """A line for whoever waits."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def query_names(text: str) -> tuple[str, ...]:
    """Names of queries, separated by commas."""
    names = tuple(text.split(","))
    if unknown := [name for name in names if name not in NAMES]:
        raise argparse.ArgumentTypeError(f"{unknown[0]!r} is not one of {', '.join(NAMES)}")
    return names


def arguments() -> argparse.Namespace:
    """What may be chosen."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=1.5, help="of one run (1.5)")
    parser.add_argument("--rounds", type=int, default=2, help="runs of each pair (2)")
    parser.add_argument("--warm", type=float, default=0.5, help="seconds before the first (0.5)")
    parser.add_argument(
        "--queries", type=query_names, default=NAMES, help=f"of {','.join(NAMES)}; all"
    )
    parser.add_argument("--fresh", action="store_true", help="fill the database anew")
    return parser.parse_args()


def start(stack: ExitStack, url: str, core: int | None, folder: Path) -> list[Contender]:
    """Start the three servers; the five contenders that they are."""

    def serve(application: str, name: str, **environment: str) -> tuple[int, int]:
        port = processes.free_port()
        chosen = {**processes.PRODUCT, "DATABASE_URL": url, **environment}
        log = folder / f"{name}.log"
        return port, stack.enter_context(processes.server(application, port, chosen, core, log))

    floor = serve("benchmarks.floor:application", "floor", BENCHMARK_STATIC=str(folder))
    plain = serve("cms.wsgi:application", "plain", GRAPHQL_CACHE_BYTES="0")
    cached = serve("cms.wsgi:application", "cached", GRAPHQL_CACHE_BYTES=str(64 * 1024 * 1024))
    return [
        Contender("static", "static", *floor),
        Contender("SQL floor", "sql", *floor),
        Contender("Lamplight", "text", *plain),
        Contender("Lamplight, persisted", "persisted", *plain),
        Contender("Lamplight, from memory", "memory", *cached),
    ]


def check(contenders: list[Contender], asked: list[Query], folder: Path) -> None:
    """Compare answers of all with the content; the product's own become the static ones."""
    plain = next(one for one in contenders if one.name == "Lamplight")
    for query in asked:
        plain.register(query)
        (folder / query.name).write_bytes(plain.ask(query, query.variables[0]))
        for contender in contenders:
            if contender.mode != "static":
                contender.check(query)


def compare(
    options: argparse.Namespace, url: str, folder: Path, server: psycopg.Connection
) -> None:
    """Start all, check all, measure all, and say what came out."""
    server_core, load_core = processes.cores()
    asked = [one for one in queries(made_content()) if one.name in options.queries]
    with ExitStack() as stack:
        contenders = start(stack, url, server_core, folder)
        backends = processes.Backends(server, NAME)
        check(contenders, asked, folder)
        cells: report.Cells = {(q.name, c.name): Cell() for q in asked for c in contenders}
        for number in range(options.rounds):
            for query in asked:
                note(f"Round {number + 1} of {options.rounds}: {query.name}")
                for contender in contenders:
                    cell = cells[query.name, contender.name]
                    contender.fill_memory(query)
                    if not number and options.warm:
                        generate(contender, query, cell, options.warm, load_core)
                    measure(contender, query, cell, options.seconds, load_core, backends)
    say(
        f"{CONNECTIONS} connections, {options.rounds} runs of {options.seconds:g} s; "
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the end. "
        + ("The server on one core, the load on another." if server_core is not None else "")
    )
    for query in asked:
        say("\n" + report.table(query, contenders, cells).rstrip())


def main() -> int:
    """0; 1 when an answer was wrong or a server did not start; 2 without a database."""
    options = arguments()
    if not Path("/proc/self/stat").exists():
        note("The benchmark reads processor times from /proc: run it on Linux.")
        return 2
    began = time.monotonic()
    try:
        with connect(server_url()) as server, tempfile.TemporaryDirectory() as folder:
            note("Preparing the database (some minutes when it is filled) …")
            url = prepared(server, fresh=options.fresh)
            compare(options, url, Path(folder), server)
    except DatabaseError as error:
        note(str(error))
        return 2
    except (WrongAnswerError, processes.StartError) as error:
        note(str(error))
        return 1
    note(f"Took {time.monotonic() - began:.0f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

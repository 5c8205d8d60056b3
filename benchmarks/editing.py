"""``make bench-editing``: how long readers wait while others write.

Invariant: readers ask at the same rate in every phase, quiet or not; nothing is asserted
about time, and nothing is left running.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psycopg

from benchmarks import processes
from benchmarks.contenders import WrongAnswerError
from benchmarks.copying import copied
from benchmarks.database import DatabaseError, connect, prepared, server_url
from benchmarks.load import percentile
from benchmarks.mixture import OTHERS, QUESTIONS, SEARCHES, mixture
from benchmarks.run import note, say
from benchmarks.writing import NAME

CONNECTIONS = 16
READY_SECONDS = 60
# One editor who waits for each publication to end does not get to 20 a second.
EDITORS = 2
PUBLISHING = ("publish",) * EDITORS
PHASES: Mapping[str, tuple[str, ...]] = {
    "quiet": (),
    "publishing": PUBLISHING,
    "importing": ("import",),
    "background work": ("schedule", "deliver"),
    "all of it": (*PUBLISHING, "import", "schedule", "deliver"),
    "quiet again": (),
}


def arguments() -> argparse.Namespace:
    """What may be chosen."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rate", type=float, default=100, help="reads a second (100)")
    parser.add_argument("--publishes", type=float, default=20, help="publishes a second (20)")
    parser.add_argument("--seconds", type=float, default=15, help="of one phase (15)")
    return parser.parse_args()


def load(port: int, requests: Sequence[tuple[str, str]], options: argparse.Namespace) -> dict:
    """One phase of reading. Raises ``WrongAnswerError``."""
    job = {
        "host": processes.HOST,
        "port": port,
        "requests": requests,
        "rate": options.rate,
        "seconds": options.seconds,
        "connections": CONNECTIONS,
        "core": processes.cores()[1],
    }
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.open_loop"],
        cwd=processes.ROOT,
        input=json.dumps(job),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise WrongAnswerError((done.stderr.strip().splitlines() or ["no load"])[-1])
    told = json.loads(done.stdout)
    if told["wrong"]:
        raise WrongAnswerError(f"{told['wrong']} of {told['requests']} answers were wrong.")
    return told


@contextmanager
def working(
    works: Sequence[str], url: str, options: argparse.Namespace, folder: Path
) -> Iterator[list[subprocess.Popen]]:
    """Let others work meanwhile; they are stopped at the end. Raises ``StartError``."""
    core = processes.cores()[1]
    pinned = [] if core is None else ["--core", str(core)]
    with ExitStack() as stack:
        found = []
        for number, work in enumerate(works):
            log = folder / f"{work}-{number}.log"
            command = [sys.executable, "-m", "benchmarks.writing", work, "--share"]
            command += [str(works[:number].count(work)), str(works.count(work))]
            with log.open("wb") as output:
                process = subprocess.Popen(  # noqa: S603 - no shell, own words
                    [*command, "--rate", str(options.publishes), *pinned],
                    cwd=processes.ROOT,
                    env={**os.environ, **processes.PRODUCT, "DATABASE_URL": url},
                    stdout=output,
                    stderr=output,
                    start_new_session=True,
                )
            stack.callback(processes.stop, process)
            wait_until_ready(process, log)
            found.append(process)
        yield found


def wait_until_ready(process: subprocess.Popen, log: Path) -> None:
    """Raises ``StartError``."""
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end and process.poll() is None:
        if b"ready\n" in log.read_bytes():
            return
        time.sleep(0.1)
    said = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    raise processes.StartError("\n".join(["A writer did not start.", *said[-5:]]))


def done_so_far(database: psycopg.Connection) -> Counter[str]:
    """What was written, by what it is called in the table."""
    names = {
        ("INTERVIEW_QUESTION", "UPDATED"): "published",
        ("CODE_SNIPPET", "PUBLISHED"): "imported",
        ("CODE_SNIPPET", "UPDATED"): "scheduled",
    }
    rows = database.execute(
        "SELECT kind, action, COUNT(*) FROM publishing_publicationevent GROUP BY kind, action"
    )
    return Counter({names[row[:2]]: row[2] for row in rows if row[:2] in names})


def phases(
    port: int, url: str, options: argparse.Namespace, folder: Path, database: psycopg.Connection
) -> Iterator[tuple[str, dict, Counter[str]]]:
    """Each phase: its name, what readers met, and what was written meanwhile."""
    requests = mixture()
    warm = argparse.Namespace(rate=options.rate * 2, seconds=len(requests) / options.rate)
    load(port, requests, warm)
    for name, works in PHASES.items():
        note(f"  {name} …")
        with working(works, url, options, folder) as writers:
            before = done_so_far(database)
            told = load(port, requests, options)
            written = done_so_far(database) - before
            if any(writer.poll() is not None for writer in writers):
                raise processes.StartError(f"A writer ended before its phase did: {name}.")
        yield name, told, written


def measure(url: str, options: argparse.Namespace, folder: Path, cache_bytes: int) -> None:
    """All phases with one server, and their table."""
    port = processes.free_port()
    chosen = {**processes.PRODUCT, "DATABASE_URL": url, "GRAPHQL_CACHE_BYTES": str(cache_bytes)}
    core, _ = processes.cores()
    with (
        connect(url) as database,
        processes.server("cms.wsgi:application", port, chosen, core, folder / "server.log"),
    ):
        say(f"\n### Answers from memory {'on' if cache_bytes else 'off'}\n")
        say(
            "| | p50 ms | p99 ms | ÷ quiet | all but searches: p99 | ÷ quiet | searches: p50"
            " | ÷ quiet | from memory: questions | searches | others | written a second |\n"
            f"{'|---' * 12}|"
        )
        quiet: tuple[float, ...] = ()
        for name, told, written in phases(port, url, options, folder, database):
            times = measured(told)
            quiet = quiet or times
            shares = [
                f"{told['hits'].get(group, 0) / told['asked'][group]:.0%}"
                for group in (QUESTIONS, SEARCHES, OTHERS)
            ]
            rates = [f"{n / options.seconds:.1f} {what}" for what, n in sorted(written.items())]
            compared = [
                f"{time:.2f} | {time / before:.2f}"
                for time, before in zip(times, quiet, strict=True)
            ]
            cells = [f"{told['p50']:.2f}", *compared, *shares, ", ".join(rates) or "–"]
            say(f"| {name} | {' | '.join(cells)} |")
        if not told["is_first"]:
            say("\nThe load had no priority over the writers: part of its times is its own wait.")


def measured(told: Mapping[str, Any]) -> tuple[float, ...]:
    """Milliseconds: p99 of all reads, p99 of those that search nothing, p50 of searches."""
    groups = told["groups"]
    rest = sorted(time for group, times in groups.items() if group != SEARCHES for time in times)
    return told["p99"], percentile(rest, 0.99), percentile(groups[SEARCHES], 0.5)


def main() -> int:
    """0; 1 when an answer was wrong or a process did not start; 2 without a database."""
    options = arguments()
    try:
        with connect(server_url()) as server, tempfile.TemporaryDirectory() as folder:
            note("Preparing the database (some minutes when it is filled) …")
            prepared(server, fresh=False)
            say(f"{options.rate:g} reads a second over {CONNECTIONS} connections.")
            for cache_bytes in (0, 64 * 1024 * 1024):
                with copied(server, NAME) as url:
                    measure(url, options, Path(folder), cache_bytes)
    except DatabaseError as error:
        note(str(error))
        return 2
    except (WrongAnswerError, processes.StartError) as error:
        note(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""One measurement: load from one core, processor time of the server and of PostgreSQL.

Invariant: what is counted as the server's work is the whole tree of its processes, and as
PostgreSQL's that of all its processes of the benchmark's database.
"""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from statistics import median

from benchmarks.contenders import Contender, WrongAnswerError
from benchmarks.processes import HOST, ROOT, Backends, processor_seconds, tree
from benchmarks.queries import Query

CONNECTIONS = 16


@dataclass(frozen=True)
class Run:
    """Requests a second; times in milliseconds; processor milliseconds a request."""

    per_second: float
    p50: float
    p99: float
    server: float
    database: float | None


@dataclass
class Cell:
    """All runs of one contender with one query, and where the next begins among the values."""

    runs: list[Run] = field(default_factory=list)
    position: int = 0

    def middle(self, name: str) -> float | None:
        """The median over the runs; None where any run could not tell."""
        values = [getattr(run, name) for run in self.runs]
        return None if not values or None in values else median(values)

    def least(self, name: str) -> float | None:
        """The least of the runs: other work on the machine only ever adds processor time."""
        values = [getattr(run, name) for run in self.runs]
        return None if not values or None in values else min(values)


def generate(
    contender: Contender, query: Query, cell: Cell, seconds: float, core: int | None
) -> dict:
    """Load for ``seconds``; what the generator tells. Raises ``WrongAnswerError``."""
    job = {
        "host": HOST,
        "port": contender.port,
        "requests": contender.requests(query),
        "connections": CONNECTIONS,
        "seconds": seconds,
        "first": cell.position,
        "core": core,
    }
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.load"],
        cwd=ROOT,
        input=json.dumps(job),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise WrongAnswerError(f"{contender.name}, {query.name}: {said[-1] if said else 'no load'}")
    told = json.loads(done.stdout)
    if told["wrong"] or not told["requests"]:
        raise WrongAnswerError(
            f"{contender.name}, {query.name}: {told['wrong']} of {told['requests']} answers wrong"
        )
    cell.position = told["next"]
    return told


def measure(
    contender: Contender,
    query: Query,
    cell: Cell,
    seconds: float,
    core: int | None,
    backends: Backends,
) -> None:
    """Add one run to ``cell``. Raises ``WrongAnswerError``."""
    pids = tree(contender.pid)
    database_before, server_before = backends.seconds(), processor_seconds(pids)
    told = generate(contender, query, cell, seconds, core)
    server = processor_seconds(pids) - server_before
    database_after = backends.seconds()
    database = (
        None
        if database_before is None or database_after is None
        else (database_after - database_before) * 1000 / told["requests"]
    )
    cell.runs.append(
        Run(
            told["per_second"],
            told["p50"],
            told["p99"],
            server * 1000 / told["requests"],
            database,
        )
    )

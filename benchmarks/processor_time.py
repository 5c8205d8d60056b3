"""Processor time of single requests: finer than the clock ticks of /proc/PID/stat.

Invariant: what is counted is time on a processor; waiting, for whatever, is not.
"""

import time
from pathlib import Path

import psycopg

from benchmarks.processes import processor_seconds


class Processors:
    """What this process and the PostgreSQL processes of one database have used so far.

    ``database``: on another machine there is nothing to see of PostgreSQL, and its part is 0.
    """

    def __init__(self, watching: psycopg.Connection, database: str) -> None:
        self.watching = watching
        self.database = database

    def seconds(self) -> tuple[float, float]:
        """Processor seconds of this process, and of PostgreSQL."""
        rows = self.watching.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
            [self.database],
        ).fetchall()
        return time.process_time(), sum(on_processor(pid) for (pid,) in rows)


def on_processor(pid: int) -> float:
    """Seconds that a process of one thread was on a processor; 0 when it is gone."""
    try:
        fine = Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii")
    except FileNotFoundError:
        return processor_seconds({pid})
    except OSError:
        return 0.0
    return int(fine.split()[0]) / 1e9

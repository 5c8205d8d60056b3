"""Who waits for a lock on PostgreSQL.

Invariant: only those count who wait for the connection that asks.
"""

import time

from django.db import connection

_WAITING = (
    "SELECT COUNT(*) FROM pg_locks WHERE NOT granted"
    " AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
)


def until_somebody_waits() -> None:
    """Returns once another connection waits. Raises ``AssertionError`` after half a minute."""
    with connection.cursor() as cursor:
        for _ in range(3_000):
            cursor.execute(_WAITING)
            if cursor.fetchone()[0]:
                return
            time.sleep(0.01)
    raise AssertionError

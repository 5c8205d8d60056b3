"""Work that a clock starts: scheduled publication, retention, and what waits to be sent.

Invariant: a round that fails is logged and the next one comes all the same; neither piece
of work waits for the other.
"""

import logging
import threading
from collections.abc import Callable
from io import StringIO
from time import monotonic

from django.core.management import call_command
from django.db import close_old_connections

from cms.notifications.worker import Worker

logger = logging.getLogger("lamplight.periodic")

PUBLISH_SECONDS = 60.0
DELIVER_SECONDS = 1.0
PURGE_SECONDS = 24 * 3600.0


def publish_scheduled() -> None:
    """Publish what is due and take down what has expired."""
    call_command("publish_scheduled", verbosity=0)


def purge_contributions() -> None:
    """Let go of what contributors sent once its time is over."""
    call_command("purge_contributions", stdout=StringIO())


def run_periodically(stopping: threading.Event) -> None:
    """Do each piece of work in its rhythm until ``stopping`` is set."""
    due: dict[Callable[[], None], tuple[float, float]] = {
        publish_scheduled: (PUBLISH_SECONDS, float("-inf")),
        purge_contributions: (PURGE_SECONDS, float("-inf")),
    }
    # A receiver that hangs holds a delivery for seconds: not on this thread.
    deliverer = threading.Thread(
        target=Worker(stopping=stopping).run, args=(DELIVER_SECONDS,), name="deliver", daemon=True
    )
    deliverer.start()
    while not stopping.wait(timeout=1.0):
        for work, (seconds, last) in due.items():
            if monotonic() - last >= seconds:
                due[work] = (seconds, monotonic())
                run_once(work)
    deliverer.join(timeout=5)


def run_once(work: Callable[[], None]) -> None:
    """One round of ``work``."""
    close_old_connections()
    try:
        work()
    except Exception:
        logger.exception("%s failed; it is tried again.", work.__name__)
    finally:
        close_old_connections()

"""Work that nobody waits for leaves the processors to those who read and edit.

Invariant: a process lowers its own priority, once, and only when it was started for such
work; what is called from another process leaves that one as it is, and never rests.
"""

import os
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

# No rest is longer: a lock that somebody held for a minute says nothing about the next minute.
LONGEST_REST_SECONDS = 1.0

_gives_way = False


def give_way() -> None:
    """Run this process behind others from now on: BACKGROUND_NICENESS, 0 for as they do."""
    global _gives_way
    _gives_way = settings.BACKGROUND_NICENESS > 0
    if hasattr(os, "getpriority"):
        os.nice(max(0, settings.BACKGROUND_NICENESS - os.getpriority(os.PRIO_PROCESS, 0)))


def rest(seconds: float) -> None:
    """Do nothing for so long, at most a second, in a process that gives way.

    A database works for this process as it does for all others, and its locks are taken in
    turn: of them others get more only while this process asks for nothing.
    """
    if _gives_way and seconds > 0:
        time.sleep(min(seconds, LONGEST_REST_SECONDS))


class BackgroundCommand(BaseCommand):
    """A command that gives way when it is a process of its own."""

    def run_from_argv(self, argv: list[str]) -> Any:
        """Called for a command line, and not by ``call_command``."""
        give_way()
        return super().run_from_argv(argv)

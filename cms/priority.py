"""Work that nobody waits for leaves the processors to those who read and edit.

Invariant: a process lowers its own priority, once, and only when it was started for such
work; what is called from another process leaves that one as it is.
"""

import os
from typing import Any

from django.core.management.base import BaseCommand

# A third of the weight of others: who publishes waits for whoever is publishing, so an import
# must not be starved either.
USUAL = 5


def give_way() -> None:
    """Run this process behind others from now on: BACKGROUND_NICENESS, 0 for as they do."""
    text = os.environ.get("BACKGROUND_NICENESS", "")
    wanted = int(text) if text.isascii() and text.isdigit() else USUAL
    if hasattr(os, "getpriority"):
        os.nice(max(0, wanted - os.getpriority(os.PRIO_PROCESS, 0)))


class BackgroundCommand(BaseCommand):
    """A command that gives way when it is a process of its own."""

    def run_from_argv(self, argv: list[str]) -> Any:
        """Called for a command line, and not by ``call_command``."""
        give_way()
        return super().run_from_argv(argv)

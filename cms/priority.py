"""Work that nobody waits for leaves the processors to those who read and edit.

Invariant: a process lowers its own priority, once, and only when it was started for such
work; what is called from another process leaves that one as it is.
"""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand


def give_way() -> None:
    """Run this process behind others from now on: BACKGROUND_NICENESS, 0 for as they do."""
    if hasattr(os, "getpriority"):
        os.nice(max(0, settings.BACKGROUND_NICENESS - os.getpriority(os.PRIO_PROCESS, 0)))


class BackgroundCommand(BaseCommand):
    """A command that gives way when it is a process of its own."""

    def run_from_argv(self, argv: list[str]) -> Any:
        """Called for a command line, and not by ``call_command``."""
        give_way()
        return super().run_from_argv(argv)

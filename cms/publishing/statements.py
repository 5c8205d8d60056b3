"""Long runs keep no record of their statements.

Invariant: only the record is left out; what is run and what it answers is the same.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings


@contextmanager
def without_statement_log() -> Iterator[None]:
    """With DEBUG, Django keeps the text of every statement; nobody reads those of a long run."""
    before = settings.DEBUG
    settings.DEBUG = False
    try:
        yield
    finally:
        settings.DEBUG = before

"""What accepting makes of kinds that belong to other applications.

Invariant: an acceptor makes a draft, never something public, and says how to find it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from knowledge.contributions.kinds import ContributionKind


@dataclass(frozen=True, slots=True)
class Acceptor:
    """``make(fields, locale, user)`` saves a draft and returns it; ``remove`` takes it back.

    ``remove(pk)`` returns False when the draft was worked on or published since.
    ``admin_url(pk)`` is where editors find it. ``erase(pk)`` removes it for good, because
    the person it names asked for that.
    """

    make: Callable[[dict[str, str], str, Any], Any]
    remove: Callable[[int], bool]
    admin_url: Callable[[int], str]
    erase: Callable[[int], None]


_ACCEPTORS: dict[ContributionKind, Acceptor] = {}


def register_acceptor(kind: ContributionKind, acceptor: Acceptor) -> None:
    """Say what becomes of accepted contributions of ``kind``. For an application's ``ready``."""
    _ACCEPTORS[kind] = acceptor


def result_key(reference: str) -> int | None:
    """The primary key in an ``app.model:pk`` reference; None when there is none."""
    key = reference.rpartition(":")[2]
    return int(key) if key else None


def acceptor_of(kind: ContributionKind) -> Acceptor | None:
    """The acceptor of ``kind``; None for kinds that become entries."""
    return _ACCEPTORS.get(kind)

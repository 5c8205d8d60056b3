"""How an attempt ended."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """``reason`` is short, ours, and free of addresses; empty on success.

    ``permanent``: trying again cannot help. ``gone``: the receiver wants no more calls.
    """

    delivered: bool
    reason: str = ""
    permanent: bool = False
    gone: bool = False
    status: int | None = None
    retry_after: int | None = None
    milliseconds: int = 0

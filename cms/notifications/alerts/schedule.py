"""When a subscriber's next mail may be written. Pure."""

from datetime import datetime, timedelta


def last_boundary(now: datetime, *, hour: int, weekly: bool) -> datetime:
    """The latest moment, not after ``now``, at which digests are written.

    ``now`` is in the zone whose clock ``hour`` is read on; weekly digests are written on
    Mondays.
    """
    boundary = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    if weekly:
        boundary -= timedelta(days=boundary.weekday())
    if boundary > now:
        boundary -= timedelta(days=7 if weekly else 1)
    return boundary

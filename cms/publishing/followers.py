"""Code that wants to know, in the transaction itself, what was published or changed.

Invariant: a follower sees each event once, before it is committed; what a follower writes
is committed with it or not at all.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cms.publishing.models import PublicationEvent

Follower = Callable[["PublicationEvent"], None]
FollowerOfMany = Callable[[Sequence["PublicationEvent"]], None]
ChangeFollower = Callable[[int], None]

# Each follower, and what it would rather be called with when many events come at once.
_FOLLOWERS: dict[Follower, FollowerOfMany | None] = {}
_CHANGE_FOLLOWERS: list[ChangeFollower] = []


def follow_publications(follower: Follower, many: FollowerOfMany | None = None) -> None:
    """Call ``follower`` with every event from now on. For an application's ``ready``.

    ``many`` is called instead, with all of them in order, for events that come together.
    """
    _FOLLOWERS[follower] = many


def tell_followers(*events: "PublicationEvent") -> None:
    """Hand the events, in the order of their numbers, to every follower."""
    for follower, many in _FOLLOWERS.items():
        if many is not None and len(events) > 1:
            many(events)
            continue
        for event in events:
            follower(event)


def follow_changes(follower: ChangeFollower) -> None:
    """Call ``follower`` with the number of changes whenever public content changes.

    Whether or not there is an event: a term, a page, a file or a setting has none.
    """
    if follower not in _CHANGE_FOLLOWERS:
        _CHANGE_FOLLOWERS.append(follower)


def tell_change_followers(count: int) -> None:
    """Say that the content version went up by ``count``."""
    for follower in _CHANGE_FOLLOWERS:
        follower(count)

"""Code that wants to know, in the transaction itself, what was published or changed.

Invariant: a follower sees each event once, before it is committed; what a follower writes
is committed with it or not at all.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cms.publishing.models import PublicationEvent

Follower = Callable[["PublicationEvent"], None]
ChangeFollower = Callable[[int], None]

_FOLLOWERS: list[Follower] = []
_CHANGE_FOLLOWERS: list[ChangeFollower] = []


def follow_publications(follower: Follower) -> None:
    """Call ``follower`` with every event from now on. For an application's ``ready``."""
    if follower not in _FOLLOWERS:
        _FOLLOWERS.append(follower)


def tell_followers(event: "PublicationEvent") -> None:
    """Hand the event to every follower."""
    for follower in _FOLLOWERS:
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

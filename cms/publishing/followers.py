"""Code that wants to know, in the publishing transaction, what was published.

Invariant: a follower sees each event once, before it is committed; what a follower writes
is committed with it or not at all.
"""

from collections.abc import Callable

from cms.publishing.models import PublicationEvent

Follower = Callable[[PublicationEvent], None]

_FOLLOWERS: list[Follower] = []


def follow_publications(follower: Follower) -> None:
    """Call ``follower`` with every event from now on. For an application's ``ready``."""
    if follower not in _FOLLOWERS:
        _FOLLOWERS.append(follower)


def tell_followers(event: PublicationEvent) -> None:
    """Hand the event to every follower."""
    for follower in _FOLLOWERS:
        follower(event)

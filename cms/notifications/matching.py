"""Does this subscriber want this event? Pure.

Invariant: lists narrow, empty lists do not; all the lists must agree.
"""

from collections.abc import Collection
from typing import Protocol

from cms.notifications.catalogue import RecordFacts


class Wishes(Protocol):
    """What a subscriber has chosen."""

    kinds: Collection[str]
    technologies: Collection[str]
    topics: Collection[str]
    include_updates: bool
    locale: str


def wants(wishes: Wishes, *, action: str, locale: str, facts: RecordFacts) -> bool:
    """True when the subscriber is to be told that ``action`` happened to the record."""
    if wishes.locale != locale:
        return False
    if action != "PUBLISHED" and not (action == "UPDATED" and wishes.include_updates):
        return False
    if wishes.kinds and facts.kind not in wishes.kinds:
        return False
    if wishes.technologies and facts.technologies.isdisjoint(wishes.technologies):
        return False
    return not wishes.topics or not facts.topics.isdisjoint(wishes.topics)

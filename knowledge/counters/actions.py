"""What the outside may do with counters: say that an entry was viewed or used."""

from uuid import UUID

from knowledge.counters.batching import batch
from knowledge.counters.recording import sighting
from knowledge.counters.robots import is_robot
from knowledge.models import PublishedEntry


def record(*, code: str, action: str, address: str, user_agent: str) -> bool:
    """Count one ``views`` or ``uses`` of the entry with ``code``.

    False when no such entry is published. True says nothing about whether it was counted:
    programs and repeated visits are not, and need not know.
    """
    key: UUID | None = (
        PublishedEntry.objects.visible()
        .filter(code=code)
        .values_list("translation_key", flat=True)
        .first()
    )
    if key is None:
        return False
    if not is_robot(user_agent):
        batch.add(sighting(key, action, address=address, user_agent=user_agent))
    return True

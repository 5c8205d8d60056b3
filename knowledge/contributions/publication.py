"""Publication of what a contribution became is noted, and its contributor told.

Invariant: a contribution counts as published only when the revision its acceptance made,
or one made after it, is what the public sees.
"""

from django.utils import timezone

from cms.publishing.models import PublicationEvent
from knowledge.contributions import messages
from knowledge.contributions.models import Contribution, ContributionEvent
from knowledge.contributions.states import Action, State
from knowledge.contributions.transitions import change_state
from knowledge.models import Entry, PublishedEntry

_PUBLIC = (PublicationEvent.Action.PUBLISHED, PublicationEvent.Action.UPDATED)


def note_publication(event: PublicationEvent) -> None:
    """Follow the event log: runs in the publishing transaction."""
    if event.action not in _PUBLIC:
        return
    waiting = list(
        Contribution.objects.filter(state=State.ACCEPTED, result_id=event.object_id).select_related(
            "result_revision"
        )
    )
    if not waiting:
        return
    entry = Entry.objects.filter(pk=event.object_id).select_related("live_revision").first()
    document = PublishedEntry.objects.filter(pk=event.object_id).first()
    for contribution in waiting:
        made = contribution.result_revision
        live = entry.live_revision if entry else None
        if made is None or live is None or live.created_at < made.created_at:
            continue
        _mark(contribution, document.card["path"] if document else "")


def note_result_published(reference: str) -> None:
    """The draft that an acceptor made is public now; ``reference`` is ``app.model:pk``."""
    for contribution in Contribution.objects.filter(
        state=State.ACCEPTED, result_reference=reference
    ):
        _mark(contribution, "")


def _mark(contribution: Contribution, path: str) -> None:
    def change(row: Contribution, event: ContributionEvent) -> None:
        row.published_at = timezone.now()
        messages.tell_publication(row, path)

    change_state(contribution, Action.PUBLISH, change=change)

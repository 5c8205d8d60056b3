"""Publication of what a contribution became is noted, and its contributor told.

Invariant: a contribution counts as published only when the revision its acceptance made,
or one made after it, is what the public sees.
"""

from collections.abc import Sequence

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
    note_publications([event])


def note_publications(events: Sequence[PublicationEvent]) -> None:
    """The same for many events: one statement when no contribution became any of them."""
    published = [event.object_id for event in events if event.action in _PUBLIC]
    if not published:
        return
    accepted = Contribution.objects.filter(state=State.ACCEPTED, result_id__in=published)
    if not accepted.exists():
        return
    for contribution in accepted.select_related("result_revision").order_by("pk"):
        entry = (
            Entry.objects.filter(pk=contribution.result_id).select_related("live_revision").first()
        )
        made = contribution.result_revision
        live = entry.live_revision if entry else None
        if made is None or live is None or live.created_at < made.created_at:
            continue
        document = PublishedEntry.objects.filter(pk=contribution.result_id).first()
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

"""The status of many entries at once.

Invariant: a row's status costs no statement of its own.
"""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Revision, WorkflowState

from knowledge.models import Entry


def remember_status(entries: Iterable[Entry]) -> None:
    """Tell each entry its scheduled revision and its workflow.

    Wagtail would look both up row by row; it takes what it finds under these names.
    """
    entries = list(entries)
    content_type = ContentType.objects.get_for_model(Entry)
    keys = [str(entry.pk) for entry in entries]
    revisions = (
        Revision.objects.filter(
            base_content_type=content_type,
            object_id__in=keys,
            approved_go_live_at__isnull=False,
        )
        .order_by("created_at", "pk")
        .defer("content")
    )
    scheduled = {revision.object_id: revision for revision in revisions}
    states: dict[str, list[WorkflowState]] = {}
    for state in WorkflowState.objects.active().filter(
        base_content_type=content_type, object_id__in=keys
    ):
        states.setdefault(state.object_id, []).append(state)
    for entry in entries:
        entry.scheduled_revision = scheduled.get(str(entry.pk))
        entry._current_workflow_states = states.get(str(entry.pk), [])

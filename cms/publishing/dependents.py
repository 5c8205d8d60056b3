"""Documents that embed something of another record are rendered again when it changes."""

from collections.abc import Iterable

from django.db import transaction

from cms.publishing.bridge import synchronize
from cms.publishing.models import EmbeddedReference
from cms.publishing.registry import record_models


def render_dependents(targets: Iterable[str]) -> int:
    """Render every published document that embeds one of ``targets``; returns how many."""
    wanted = sorted(set(targets))
    if not wanted:
        return 0
    rows = list(
        EmbeddedReference.objects.filter(target__in=wanted)
        .order_by("kind", "object_id")
        .values_list("kind", "object_id")
        .distinct()
    )
    if not rows:
        return 0
    models = record_models()
    with transaction.atomic():
        for kind, object_id in rows:
            # Read afresh and locked: only the stored row is the live content, and a
            # publication under way must be waited for, not overwritten.
            record = (
                models[kind].objects.select_for_update().filter(pk=object_id, live=True).first()
            )
            if record is not None:
                synchronize(record)
    return len(rows)

"""Everything published, rendered anew: the proof that the read model follows from the rows.

Invariant: a rebuild changes nothing that is in step, so it can be run at any time, be
stopped anywhere and be started again.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models, transaction

from cms.publishing.bridge import differences, synchronize, withdraw
from cms.publishing.models import (
    ContentVersion,
    EmbeddedReference,
    PublicationEvent,
    PublishedDocument,
    RebuildCursor,
)
from cms.publishing.record import DeliveredModel, PublishableRecord
from cms.publishing.registry import record_models

BATCH = 50


@dataclass(frozen=True, slots=True)
class Drift:
    """A stored document that is not what its row renders to."""

    name: str
    parts: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.name}: {', '.join(self.parts)}"


def count_records() -> int:
    """How many live records a rebuild or a check goes through."""
    return sum(model.objects.filter(live=True).count() for model in record_models().values())


def check() -> Iterator[Drift | None]:
    """Compare every stored document with its rendering.

    Yields once a live record, ``None`` when it is in step; then once for everything
    else that drifted: columns that are not rendered, documents and terms without an
    original, and terms.
    """
    for model in record_models().values():
        for record in model.objects.filter(live=True).order_by("pk").iterator(BATCH):
            stored = record.published_model.objects.filter(pk=record.pk).first()
            parts = ["missing"] if stored is None else differences(stored, record.render_document())
            yield Drift(str(record), tuple(parts)) if parts else None
    for published in published_models():
        for document, names in published.unrendered_drift():
            yield Drift(str(document), names)
    for orphan in orphaned_documents():
        yield Drift(str(orphan), ("its entry is not published",))
    yield from check_delivered_models()


def check_delivered_models() -> Iterator[Drift]:
    """Drift of the small things that delivery keeps a copy of."""
    for model in delivered_models():
        for item in model._default_manager.all():
            if parts := item.delivered_drift():
                yield Drift(f"{model._meta.verbose_name} {item}", tuple(parts))
        for orphan in model.delivered_orphans() or ():
            yield Drift(str(orphan), ("its original is gone",))


def rebuild(restart: bool = False) -> Iterator[int]:
    """Render every live record again and store what differs.

    Commits batch by batch; yields the number of records done so far after each commit.
    Continues where an interrupted rebuild stopped, unless ``restart``.
    """
    if restart:
        RebuildCursor.objects.all().delete()
    cursor = RebuildCursor.objects.filter(pk=RebuildCursor.ROW).first()
    done = cursor.done if cursor else 0
    if cursor is None:
        with transaction.atomic():
            ContentVersion.lock()
            rebuild_delivered_models()
            withdraw_orphans()
            for published in published_models():
                published.mend_unrendered()
    for kind, model in sorted(record_models().items()):
        if cursor and kind < cursor.kind:
            continue
        last = cursor.object_id if cursor and kind == cursor.kind else 0
        while batch := live_batch(model, last):
            done += len(batch)
            last = batch[-1]
            with transaction.atomic():
                ContentVersion.lock()
                for record in model.objects.select_for_update().filter(pk__in=batch, live=True):
                    synchronize(record)
                RebuildCursor.objects.update_or_create(
                    pk=RebuildCursor.ROW,
                    defaults={"kind": kind, "object_id": last, "done": done},
                )
            yield done
    RebuildCursor.objects.all().delete()


def live_batch(model: type[PublishableRecord], after: int) -> list[int]:
    """The next primary keys of live records."""
    return list(
        model.objects.filter(live=True, pk__gt=after)
        .order_by("pk")
        .values_list("pk", flat=True)[:BATCH]
    )


def rebuild_delivered_models() -> None:
    """Store what delivery keeps a copy of, and forget what has no original."""
    for model in delivered_models():
        for item in model._default_manager.all():
            if item.delivered_drift():
                item.after_delivered_change()
                ContentVersion.advance()
        orphans = model.delivered_orphans()
        if orphans is not None and orphans.exists():
            orphans.delete()
            ContentVersion.advance()


def withdraw_orphans() -> None:
    """Remove documents whose record is not live, and references of documents that are gone."""
    for orphan in orphaned_documents():
        model = record_models()[orphan.kind]
        record = model.objects.filter(pk=orphan.pk).first()
        action = PublicationEvent.Action.UNPUBLISHED
        if record is None:
            record, action = model(), PublicationEvent.Action.DELETED
            record.pk = orphan.pk
        withdraw(record, action)
    known: set[int] = set()
    for published in published_models():
        known |= set(published.objects.values_list("pk", flat=True))
    EmbeddedReference.objects.exclude(object_id__in=known).delete()


def orphaned_documents() -> list[PublishedDocument]:
    """Documents whose record is gone or not live."""
    orphans: list[PublishedDocument] = []
    for kind, model in record_models().items():
        live = model.objects.filter(live=True).values("pk")
        orphans += model.published_model.objects.filter(kind=kind).exclude(pk__in=live)
    return orphans


def published_models() -> set[type[PublishedDocument]]:
    """The read models in use."""
    return {model.published_model for model in record_models().values()}


def delivered_models() -> list[type[DeliveredModel]]:
    """The concrete models that delivery reads as they stand."""
    return [
        model
        for model in apps.get_models()
        if issubclass(model, DeliveredModel) and issubclass(model, models.Model)
    ]

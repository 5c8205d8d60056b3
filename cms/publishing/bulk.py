"""Many new records, saved and published at once.

Invariant: the rows left behind are those that save, save_revision and publish would have
left for one record after another; it only takes fewer statements.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.db.models import Case, Value, When
from django.utils import timezone
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.log_actions import registry as log_registry
from wagtail.models import BaseLogEntry, ReferenceIndex, Revision
from wagtail.signals import published

from cms.publishing.bridge import document_of
from cms.publishing.dependents import render_dependents
from cms.publishing.followers import tell_followers
from cms.publishing.models import (
    ContentVersion,
    EmbeddedReference,
    PublicationEvent,
    PublishedDocument,
)
from cms.publishing.record import PublishableRecord, RenderedDocument

Records = Sequence[PublishableRecord]


@transaction.atomic
def publish_new(records: Records) -> None:
    """Insert ``records``, which are unsaved and valid, and publish each as it stands.

    The caller has validated them and given each what its own ``save`` would have given.
    Raises ``IncompleteRecordError`` for the first that may not be published; then, as
    after any other error, nothing is written.
    """
    for record in records:
        record.check_complete()
        settle_children(record)
    ContentVersion.lock()
    insert_rows(records)
    insert_children(records)
    now = timezone.now()
    revisions = insert_revisions(records, now)
    mark_published(records, revisions, now)
    insert_references(records)
    insert_log(records, revisions, now)
    insert_documents(records)
    for record, revision in zip(records, revisions, strict=True):
        published.send(sender=type(record), instance=record, revision=revision)


def settle_children(record: PublishableRecord) -> None:
    """Give every relation without rows an empty list: nobody then asks the database for them."""
    known = getattr(record, "_cluster_related_objects", {})
    for relation in get_all_child_relations(type(record)):
        name = relation.get_accessor_name()
        if name not in known:
            setattr(record, name, [])
    for field in get_all_child_m2m_relations(type(record)):
        if field.name not in known:
            setattr(record, field.name, [])


def insert_rows(records: Records) -> None:
    """The rows of the records, those of one table together."""
    by_parent: dict[type[models.Model], list[tuple[Any, Any, models.Model]]] = defaultdict(list)
    for record in records:
        for parent, link in record._meta.parents.items():
            names = [one.attname for one in parent._meta.concrete_fields if not one.primary_key]
            row = parent(**{name: getattr(record, name) for name in names})
            by_parent[parent].append((record, link, row))
    for parent, waiting in by_parent.items():
        parent._base_manager.bulk_create([row for _, _, row in waiting])
        for record, link, row in waiting:
            for one in parent._meta.concrete_fields:
                setattr(record, one.attname, getattr(row, one.attname))
            setattr(record, link.attname, row.pk)
    by_model: dict[type[PublishableRecord], list[PublishableRecord]] = defaultdict(list)
    for record in records:
        by_model[type(record)].append(record)
    for model, same in by_model.items():
        insert_own_rows(model, same)


def insert_own_rows(model: type[PublishableRecord], records: Sequence[PublishableRecord]) -> None:
    """The rows of the table that is the model's own; its parents' rows are there.

    ``bulk_create`` refuses models that extend another table, because it would have to make
    the parents' rows. Without signals: those are for rows that are complete.
    """
    fields = [one for one in model._meta.local_concrete_fields if not one.generated]
    size = connection.ops.bulk_batch_size(fields, records)
    for start in range(0, len(records), size):
        rows = model._base_manager.get_queryset()
        rows._insert(  # type: ignore[attr-defined] # what Model.save itself calls
            records[start : start + size], fields=fields, using=connection.alias, raw=True
        )
    for record in records:
        record._state.adding = False
        record._state.db = connection.alias


def insert_children(records: Records) -> None:
    """The rows of child tables and of many-to-many tables."""
    rows: dict[type[BaseLogEntry], list[BaseLogEntry]] = defaultdict(list)
    for record in records:
        for relation in get_all_child_relations(type(record)):
            order = getattr(relation.related_model, "sort_order_field", None)
            for position, child in enumerate(getattr(record, relation.get_accessor_name()).all()):
                setattr(child, relation.field.name, record)
                if order and getattr(child, order) is None:
                    setattr(child, order, position)
                rows[relation.related_model].append(child)
        for field in get_all_child_m2m_relations(type(record)):
            through = field.remote_field.through
            own, other = field.m2m_column_name(), field.m2m_reverse_name()
            rows[through] += [
                through(**{own: record.pk, other: target.pk})
                for target in getattr(record, field.name).all()
            ]
    for model, waiting in rows.items():
        model._base_manager.bulk_create(waiting)


def insert_revisions(records: Records, now: datetime) -> list[Revision]:
    """One revision each, holding the record as it is before publication."""
    return Revision.objects.bulk_create(
        Revision(
            content_object=record,
            base_content_type=record.get_base_content_type(),
            content=record.serializable_data(),
            object_str=str(record),
            created_at=now,
        )
        for record in records
    )


def mark_published(records: Records, revisions: list[Revision], now: datetime) -> None:
    """Make the rows live, in memory and in the database."""
    by_table: dict[type[models.Model], dict[int, int]] = defaultdict(dict)
    for record, revision in zip(records, revisions, strict=True):
        table = next(iter(record._meta.parents), type(record))
        by_table[table][record.pk] = revision.pk
        record.live = True
        record.has_unpublished_changes = record.expired = False
        record.latest_revision = record.live_revision = revision
        record.first_published_at = record.first_published_at or now
        record.last_published_at = now
    for table, revision_ids in by_table.items():
        rows = table._base_manager.filter(pk__in=revision_ids)
        rows.filter(first_published_at=None).update(first_published_at=now)
        latest = Case(
            *(When(pk=pk, then=Value(revision_id)) for pk, revision_id in revision_ids.items())
        )
        rows.update(
            live=True,
            has_unpublished_changes=False,
            expired=False,
            last_published_at=now,
            latest_revision=latest,
            live_revision=latest,
        )


def insert_references(records: Records) -> None:
    """What Wagtail's reference index knows of the records."""
    rows = []
    for record in records:
        if not ReferenceIndex.model_is_indexable(type(record)):
            continue
        types = [
            ContentType.objects.get_for_model(one, for_concrete_model=False)
            for one in (type(record), *record._meta.get_parent_list())
        ]
        rows += [
            ReferenceIndex(
                content_type=types[0],
                base_content_type=types[-1],
                object_id=record.pk,
                to_content_type_id=to_type,
                to_object_id=to_id,
                model_path=model_path,
                content_path=content_path,
                content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
            )
            for to_type, to_id, model_path, content_path in set(
                ReferenceIndex._extract_references_from_object(record)
            )
        ]
    ReferenceIndex.objects.bulk_create(rows)


def insert_log(records: Records, revisions: list[Revision], now: datetime) -> None:
    """The audit log's rows of the publications."""
    rows: dict[type[BaseLogEntry], list[BaseLogEntry]] = defaultdict(list)
    for record, revision in zip(records, revisions, strict=True):
        model = log_registry.get_log_model_for_instance(record)
        entry = model(
            content_type=ContentType.objects.get_for_model(record, for_concrete_model=False),
            object_id=str(record.pk),
            label=model.objects.get_instance_title(record),
            action="wagtail.publish",
            timestamp=now,
            revision=revision,
            content_changed=True,
            data={},
        )
        rows[model].append(entry)
    for model, waiting in rows.items():
        model.objects.bulk_create(waiting)


def rendered_at_arrival(record: PublishableRecord) -> RenderedDocument:
    """The document of a record that nothing is stored of yet."""
    record.is_arriving = True
    try:
        return record.render_document()
    finally:
        record.is_arriving = False


def insert_documents(records: Records) -> None:
    """Documents, terms, references and events, in the order of ``records``."""
    rendered = [rendered_at_arrival(record) for record in records]
    first = ContentVersion.advance(len(records), of_records=True) - len(records) + 1
    documents: dict[type[PublishedDocument], list[PublishedDocument]] = defaultdict(list)
    references, events = [], []
    for version, (record, one) in enumerate(zip(records, rendered, strict=True), start=first):
        documents[record.published_model].append(document_of(record, one, version))
        references += [
            EmbeddedReference(kind=record.publication_kind, object_id=record.pk, target=target)
            for target in sorted(one.references)
        ]
        events.append(
            PublicationEvent(
                sequence=version,
                action=PublicationEvent.Action.PUBLISHED,
                kind=record.publication_kind,
                object_id=record.pk,
                code=one.columns["code"],
                locale=one.columns["locale"],
                content_hash=one.content_hash,
                technology=one.columns["technology"],
            )
        )
    terms = {record.pk: one.terms for record, one in zip(records, rendered, strict=True)}
    for model, rows in documents.items():
        model.before_store_many(rows)
        model.objects.bulk_create(rows)
        model.insert_terms({row: terms[row.pk] for row in rows})
    EmbeddedReference.objects.bulk_create(references)
    for model, rows in documents.items():
        model.after_store_many(rows)
    PublicationEvent.objects.bulk_create(events)
    tell_followers(*events)
    render_dependents(target for record in records for target in record.own_targets())

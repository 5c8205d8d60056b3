"""From the authoring row to the read model: the only writer of published documents.

Invariant: after ``synchronize`` the read model holds exactly what the live row renders
to, and the event log one row more if and only if the public sees something else now.
"""

from typing import Any
from uuid import UUID

from django.db import models

from cms.publishing.fields import PlainData, encode
from cms.publishing.followers import tell_followers
from cms.publishing.models import (
    ContentVersion,
    EmbeddedReference,
    PublicationEvent,
    PublishedDocument,
)
from cms.publishing.parts import split
from cms.publishing.record import PublishableRecord, RenderedDocument

Action = PublicationEvent.Action


def synchronize(record: PublishableRecord) -> Action | None:
    """Make the read model follow ``record``, whose fields hold the live content.

    Returns the action that was logged, or None when nothing public changed.
    Call inside the transaction that changed the record.
    """
    if not record.live:
        return withdraw(record, Action.UNPUBLISHED)
    model = record.published_model
    previous = model.objects.filter(pk=record.pk).first()
    if previous is not None:
        record.before_replacement(previous)
    rendered = record.render_document()
    if previous is not None and is_current(previous, rendered):
        return None
    changed = previous is None or previous.content_hash != rendered.content_hash
    version = ContentVersion.advance(of_records=True)
    store(record, rendered, version, previous)
    if not changed:
        return None
    action = Action.PUBLISHED if previous is None else Action.UPDATED
    log_event(
        version,
        action,
        kind=record.publication_kind,
        object_id=record.pk,
        code=rendered.columns["code"],
        locale=rendered.columns["locale"],
        content_hash=rendered.content_hash,
        technology=rendered.columns["technology"],
        former_technology=previous.technology if previous else None,
    )
    return action


def withdraw(record: PublishableRecord, action: Action) -> Action | None:
    """Remove the record's document, if it has one, and log ``action``."""
    previous = record.published_model.objects.filter(pk=record.pk).first()
    if previous is None:
        return None
    if action is not Action.DELETED:
        record.before_replacement(previous)
    object_id = previous.pk
    # First of all: whoever writes documents waits here for others who do, holding no row.
    version = ContentVersion.advance(of_records=True)
    previous.delete()
    EmbeddedReference.objects.filter(object_id=object_id, kind=previous.kind).delete()
    log_event(
        version,
        action,
        kind=previous.kind,
        object_id=object_id,
        code=previous.code,
        locale=previous.locale,
        content_hash=previous.content_hash,
        technology=previous.technology,
    )
    return action


def is_current(stored: PublishedDocument, rendered: RenderedDocument) -> bool:
    """True when storing ``rendered`` would change nothing a reader can see or filter by."""
    # Which parts differ is worth knowing only for those who repair.
    return stored.content_hash == rendered.content_hash and not differences(stored, rendered)


def differences(stored: PublishedDocument, rendered: RenderedDocument) -> list[str]:
    """The names of the columns and document keys in which ``stored`` is not ``rendered``."""
    names = [name for name, value in rendered.columns.items() if getattr(stored, name) != value]
    names += changed_keys("card", stored.card, rendered.card)
    if encode([*stored.parts]) != encode([*split(rendered.body)]):
        names += changed_body_keys(stored, rendered)
    if stored.content_hash != rendered.content_hash:
        names.append("content_hash")
    if stored.stored_terms() != set(rendered.terms):
        names.append("terms")
    references = set(
        EmbeddedReference.objects.filter(kind=stored.kind, object_id=stored.pk).values_list(
            "target", flat=True
        )
    )
    if references != rendered.references:
        names.append("references")
    return names


def changed_keys(name: str, old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """``name.key`` for every key whose value is another; empty when both are the same text."""
    # Compared as stored text: JSON has no tuples and no integer keys, Python has.
    if encode(old) == encode(new):
        return []
    return [
        f"{name}.{key}"
        for key in sorted({*old, *new})
        if encode(old.get(key)) != encode(new.get(key))
    ] or [f"{name} (order of keys)"]


def changed_body_keys(stored: PublishedDocument, rendered: RenderedDocument) -> list[str]:
    """The keys of the body that differ, or that the same body is split otherwise.

    That is drift too: who reads single columns would miss a part.
    """
    otherwise = ["body (parts)"]
    try:
        return changed_keys("body", stored.body, rendered.body) or otherwise
    except IndexError:
        return otherwise


def store(
    record: PublishableRecord,
    rendered: RenderedDocument,
    version: int,
    previous: PublishedDocument | None,
) -> PublishedDocument:
    """Write the rendering, its terms and its references over ``previous``, if that was there."""
    published = document_of(record, rendered, version)
    if previous is None or not replaced(previous, published):
        published.before_store_many([published])
        published.save()
    published.replace_terms(rendered.terms)
    mine = EmbeddedReference.objects.filter(object_id=record.pk, kind=published.kind)
    known = set(mine.values_list("target", flat=True))
    if gone := known - rendered.references:
        mine.filter(target__in=gone).delete()
    EmbeddedReference.objects.bulk_create(
        EmbeddedReference(kind=published.kind, object_id=record.pk, target=target)
        for target in sorted(rendered.references - known)
    )
    published.after_store()
    return published


def replaced(previous: PublishedDocument, published: PublishedDocument) -> bool:
    """Write what of ``published`` is not as ``previous`` was; False when that is not there now.

    The long texts of most changes are what they were: the database need not store them again.
    """
    for name in published.NOT_RENDERED:
        setattr(published, name, getattr(previous, name))
    changed = {
        field.attname: getattr(published, field.attname)
        for field in published._meta.concrete_fields
        if not is_same(field, previous, published)
    }
    # Every writer gives a version of its own.
    rows = type(published)._base_manager.filter(pk=previous.pk, version=previous.version)
    published._state.adding = not rows.update(**changed)
    return not published._state.adding


def is_same(field: models.Field, one: PublishedDocument, other: PublishedDocument) -> bool:
    """Whether the field is stored alike of both: of plain data, the order of keys counts."""
    values = getattr(one, field.attname), getattr(other, field.attname)
    if isinstance(field, PlainData):
        return encode(values[0]) == encode(values[1])
    return values[0] == values[1]


def document_of(
    record: PublishableRecord, rendered: RenderedDocument, version: int
) -> PublishedDocument:
    """The unsaved row of the read model."""
    return record.published_model(
        object_id=record.pk,
        kind=record.publication_kind,
        card=rendered.card,
        **split(rendered.body)._asdict(),
        content_hash=rendered.content_hash,
        version=version,
        **rendered.columns,
    )


def log_event(
    sequence: int,
    action: Action,
    *,
    kind: str,
    object_id: int,
    code: str = "",
    locale: str = "",
    content_hash: str = "",
    technology: UUID | None = None,
    former_technology: UUID | None = None,
) -> PublicationEvent:
    """Append one row to the event log under a number taken from ``ContentVersion``."""
    event = PublicationEvent.objects.create(
        sequence=sequence,
        action=action,
        kind=kind,
        object_id=object_id,
        code=code,
        locale=locale,
        content_hash=content_hash,
        technology=technology,
        former_technology=former_technology if former_technology != technology else None,
    )
    tell_followers(event)
    return event

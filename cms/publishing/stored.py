"""What is stored of a record whose revision is about to be published, read once.

Invariant: whatever is answered from here is what Wagtail would read in the same transaction;
where that cannot be told, it is left to read.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import models
from wagtail.models import Revision

if TYPE_CHECKING:
    from cms.publishing.record import PublishableRecord


def as_stored(record: "PublishableRecord") -> "PublishableRecord | None":
    """The record's row, its name and what it shows of others; None when there is no row.

    Everything else of it is not read.
    """
    model = type(record)
    shown = model.RELATIONS_SHOWN
    rows = model._base_manager.select_related(*shown).only(*model.NAMED_BY, *shown)
    return next(iter(rows.filter(pk=record.pk)), None)


def share_relations(stored: models.Model, record: "PublishableRecord") -> None:
    """Give ``record`` what was read with ``stored``, where both refer to the same."""
    for name in record.RELATIONS_SHOWN:
        field: Any = record._meta.get_field(name)
        if getattr(record, field.attname) == getattr(stored, field.attname):
            setattr(record, name, getattr(stored, name))


@contextmanager
def answering(
    revision: Revision, candidate: "PublishableRecord", stored: "PublishableRecord | None"
) -> Iterator[None]:
    """Let ``revision`` answer what publication asks of it without reading it again.

    It is ``candidate``, which was checked; and of the revision before it, publication wants to
    know what the record is called until now.
    """
    answers: dict[str, Callable[[], Any]] = {"as_object": lambda: candidate}
    newest = list(
        candidate.revisions.order_by("-created_at", "-pk").values_list("pk", flat=True)[:2]
    )
    if stored is not None and newest[:1] == [revision.pk]:
        answers["is_latest_revision"] = lambda: True
        answers["get_previous"] = lambda: _named(newest[1:], stored)
    vars(revision).update(answers)
    try:
        yield
    finally:
        for name in answers:
            del vars(revision)[name]


def _named(pks: list[int], stored: models.Model) -> Revision:
    """A revision of which nothing is known but whose it is."""
    if not pks:
        raise Revision.DoesNotExist
    return Revision(pk=pks[0], content_object=stored)

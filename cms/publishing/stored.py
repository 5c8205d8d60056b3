"""What is stored of a record whose revision is about to be published, read once.

Invariant: whatever is answered from here is what Wagtail would read in the same transaction;
where that cannot be told, it is left to read.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db import connections, models, router
from wagtail.models import Revision, WorkflowState

if TYPE_CHECKING:
    from cms.publishing.record import PublishableRecord

# Stand in a statement where the record's key and that of its content type are put each time.
_PK, _TYPE = -2_000_000_001, -2_000_000_002


@dataclass(frozen=True, slots=True)
class Stored:
    """A row by its name and what it shows of others; the rest of it is not read.

    ``newest`` are the keys of its last two revisions, the last one first.
    """

    named: "PublishableRecord"
    newest: tuple[int, ...]
    is_in_workflow: bool

    @property
    def has_earlier(self) -> bool:
        """Whether there is a revision before the last one."""
        return len(self.newest) > 1

    def is_newest(self, revision: Revision) -> bool:
        """Whether no revision was saved after ``revision``."""
        return self.newest[:1] == (revision.pk,)

    def share_with(self, record: "PublishableRecord") -> None:
        """Give ``record`` the others that were read with the row, where it refers to the same."""
        for name in record.RELATIONS_SHOWN:
            field: Any = record._meta.get_field(name)
            is_same = getattr(record, field.attname) == getattr(self.named, field.attname)
            if is_same and not field.is_cached(record):
                setattr(record, name, getattr(self.named, name))


def stored_of(record: "PublishableRecord") -> Stored | None:
    """What is stored of ``record``, in one statement; None when it has no row."""
    model = type(record)
    alias = router.db_for_read(model, instance=record)
    sql, parameters = _statement(model, alias)
    pk, own_type = record.pk, record.get_base_content_type().pk
    given = {_PK: pk, str(_PK): str(pk), _TYPE: own_type}
    with connections[alias].cursor() as cursor:
        cursor.execute(sql, [given.get(value, value) for value in parameters])
        row = cursor.fetchone()
    if row is None:
        return None
    values = dict(zip(_names(model), row, strict=False))
    last, before, is_in_workflow = row[len(values) :]
    own = {field.attname: pk for field in model._meta.concrete_fields if field.primary_key}
    own |= {parent._meta.pk.attname: pk for parent in model._meta.get_parent_list()}
    named: Any = _instance(model, alias, own | values)
    for name, shown in model.RELATIONS_SHOWN.items():
        field: Any = model._meta.get_field(name)
        key = values[field.attname]
        parts = {field.target_field.attname: key} | {one: values[f"{name}__{one}"] for one in shown}
        setattr(named, name, key and _instance(field.related_model, alias, parts))
    return Stored(named, tuple(one for one in (last, before) if one), bool(is_in_workflow))


@contextmanager
def answering(
    revision: Revision, candidate: "PublishableRecord", stored: Stored | None
) -> Iterator[None]:
    """Let ``revision`` and ``candidate``, its content, answer what Wagtail asks of them.

    Of the revision before it, publication wants to know what the record is called until now.
    """
    # What was checked is what is published, and it is made once.
    answers: dict[str, Callable[[], Any]] = {"as_object": lambda: candidate}
    if stored is not None and stored.is_newest(revision):
        answers["is_latest_revision"] = lambda: True
        answers["get_previous"] = lambda: _before(stored)
    vars(revision).update(answers)
    if stored is not None and not stored.is_in_workflow:
        # As Wagtail keeps for lists what workflows their rows are in.
        candidate._current_workflow_states = []
    candidate.is_being_published = True
    try:
        yield
    finally:
        candidate.is_being_published = False
        candidate.__dict__.pop("_current_workflow_states", None)
        for name in answers:
            del vars(revision)[name]


def _before(stored: Stored) -> Revision:
    """The last revision but one; nothing is known of it but whose it is."""
    if not stored.has_earlier:
        raise Revision.DoesNotExist
    return Revision(pk=stored.newest[1], content_object=stored.named)


def _names(model: "type[PublishableRecord]") -> list[str]:
    relations = model.RELATIONS_SHOWN
    fields: list[Any] = [model._meta.get_field(name) for name in relations]
    keys = [field.attname for field in fields]
    shown = [f"{name}__{one}" for name, fields in relations.items() for one in fields]
    return [*model.NAMED_BY, *keys, *shown]


@lru_cache
def _statement(model: "type[PublishableRecord]", alias: str) -> tuple[str, tuple]:
    """The statement: putting it together takes longer than all else here."""
    own: Any = {"base_content_type_id": _TYPE, "object_id": str(_PK)}
    revisions = Revision.objects.filter(**own).order_by("-created_at", "-pk").values("pk")
    states = WorkflowState.objects.active().filter(**own)
    rows = model._base_manager.using(alias).filter(pk=_PK)
    asked = rows.values_list(
        *_names(model),
        models.Subquery(revisions[:1]),
        models.Subquery(revisions[1:2]),
        models.Exists(states),
    )
    return asked.query.get_compiler(alias).as_sql()


def _instance(model: type[models.Model], alias: str, values: Mapping[str, Any]) -> models.Model:
    """A row of which only ``values``, by the names of their attributes, have been read."""
    fields = [one for one in model._meta.concrete_fields if one.attname in values]
    read = [one.to_python(values[one.attname]) for one in fields]
    return model.from_db(alias, [one.attname for one in fields], read)

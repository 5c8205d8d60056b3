"""One record becomes one entry, one revision, and if asked one publication.

Invariant: a record whose digest is stored has been saved completely; saving it again
writes nothing. An editor's unpublished work is never overwritten.
"""

from enum import Enum
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from modelcluster.fields import ParentalManyToManyField
from wagtail.models import Locale

from knowledge.importing.fields import RecordFields
from knowledge.importing.kinds import MAPPINGS
from knowledge.importing.mapping import MappingContext, Values
from knowledge.importing.records import Record, RecordError
from knowledge.importing.references import References
from knowledge.importing.slugs import SlugRegister
from knowledge.importing.terms import TermFinder
from knowledge.models import Entry, ImportedRecord, IssuedCode


class Outcome(Enum):
    """What became of a record."""

    CREATED = "created"
    UPDATED = "updated"
    PUBLISHED = "published"
    UNCHANGED = "unchanged"
    WAITING = "waiting"


class EntryWriter:
    """Saves records of one language; keeps what it looked up between records."""

    def __init__(
        self, locale: Locale, terms: TermFinder, references: References, publish: bool
    ) -> None:
        self.locale = locale
        self.terms = terms
        self.references = references
        self.publish = publish
        self.slugs = SlugRegister()
        self.ignored: dict[tuple[str, str], int] = {}

    def save(
        self, record: Record, imported: ImportedRecord | None, *, last_chance: bool = False
    ) -> Outcome:
        """Save ``record``; ``imported`` is what is known of it from before.

        A record that points at one still to come is kept waiting, unless this is the
        ``last_chance``. Raises ``RecordError`` or ``ValidationError``; call in a savepoint.
        """
        if imported is not None and imported.digest == record.digest:
            return self._publish_if_wanted(imported)
        entry = self._entry_for(record, imported)
        values = self._values_of(record)
        waiting = bool(self.references.waiting) and not last_chance
        if waiting and entry.pk is not None:
            return Outcome.WAITING
        is_new = entry.pk is None
        before = None if is_new else entry.serializable_data()
        self._assign(entry, values)
        if is_new:
            entry.full_clean(exclude=["code"])
            entry.save()
        digest = "" if self.references.waiting else record.digest
        if waiting:
            # The row is there to be pointed at; revision and publication follow.
            self._remember(record, imported, entry, digest, published=False)
            return Outcome.WAITING
        unfinished = imported is not None and not imported.digest
        if not is_new and not unfinished and entry.serializable_data() == before:
            stored = self._remember(
                record, imported, entry, digest, published=bool(imported and imported.published)
            )
            return self._publish_if_wanted(stored)
        revision = entry.save_revision(clean=not is_new, changed=not is_new)
        published = self._may_publish(entry, imported)
        if published:
            entry.publish(revision)
        was_published = bool(imported and imported.published)
        self._remember(record, imported, entry, digest, published=published or was_published)
        return Outcome.CREATED if is_new or unfinished else Outcome.UPDATED

    def keep_new(self) -> None:
        """What was saved since the last call is there to stay."""
        for part in (self.terms, self.references, self.slugs):
            part.keep_new()

    def forget_new(self) -> None:
        """What was saved since ``keep_new`` was rolled back."""
        for part in (self.terms, self.references, self.slugs):
            part.forget_new()

    def _entry_for(self, record: Record, imported: ImportedRecord | None) -> Entry:
        """The entry the record belongs to, as editors last saw it, or a new one."""
        model = MAPPINGS[record.kind].model
        if imported is not None:
            found = Entry.objects.filter(pk=imported.entry_id).first()
        else:
            found = self._known_entry(record)
        if found is None:
            return self._new_entry(record, model)
        entry = found.specific
        if not isinstance(entry, model):
            raise RecordError(
                {"kind": [f"Its entry {found.code} is a {entry._meta.verbose_name}."]}
            )
        check_not_edited(entry)
        return entry.get_latest_revision_as_object()

    def _known_entry(self, record: Record) -> Entry | None:
        """The entry of another import, or of a former run that was interrupted."""
        wanted = Q(translation_key=record.translation_key)
        if record.code:
            wanted |= Q(code=record.code)
        found = list(Entry.objects.filter(wanted, locale=self.locale)[:2])
        if not found:
            return None
        entry = found[0]
        if len(found) > 1:
            raise RecordError({"code": [f"{record.code} is the code of another entry."]})
        if not entry.imported_records.exists():
            raise RecordError(
                {"code": [f"{entry.code} is the code of an entry that was written here."]}
            )
        return entry

    def _new_entry(self, record: Record, model: type[Entry]) -> Entry:
        key = record.translation_key
        if record.code:
            owner = IssuedCode.objects.filter(code=record.code).first()
            key = owner.translation_key if owner else key
        entry = model(locale=self.locale, translation_key=key, code=record.code)
        if not record.code:
            # An entry that was deleted comes back under the code it had.
            issued = IssuedCode.objects.filter(translation_key=key).first()
            entry.code = issued.code if issued else ""
        return entry

    def _values_of(self, record: Record) -> Values:
        fields = RecordFields(record.values)
        self.references.start()
        context = MappingContext(record, fields, self.terms, self.references)
        values = MAPPINGS[record.kind].values(context)
        fields.check()
        for name in fields.unused():
            self.ignored[record.kind, name] = self.ignored.get((record.kind, name), 0) + 1
        return values

    def _assign(self, entry: Entry, values: Values) -> None:
        slug = values.pop("slug", "") or (entry.slug if entry.pk else "")
        for name, value in values.items():
            assign(entry, name, value)
        entry.slug = self.slugs.free(entry, slug)

    def _may_publish(self, entry: Entry, imported: ImportedRecord | None) -> bool:
        # What an editor took down after its import stays down.
        taken_down = bool(imported and imported.published) and not entry.live
        return self.publish and not taken_down

    def _publish_if_wanted(self, imported: ImportedRecord) -> Outcome:
        """Publish what a former run left as a draft; otherwise nothing is written."""
        if not self.publish or imported.published:
            return Outcome.UNCHANGED
        entry = Entry.objects.get(pk=imported.entry_id).specific
        if entry.live and not entry.has_unpublished_changes:
            ImportedRecord.objects.filter(pk=imported.pk).update(published=True)
            return Outcome.UNCHANGED
        check_not_edited(entry)
        entry.publish(entry.latest_revision or entry.save_revision())
        ImportedRecord.objects.filter(pk=imported.pk).update(published=True)
        return Outcome.PUBLISHED

    def _remember(
        self,
        record: Record,
        imported: ImportedRecord | None,
        entry: Entry,
        digest: str,
        *,
        published: bool,
    ) -> ImportedRecord:
        row = imported or ImportedRecord(
            source=record.source, source_id=record.source_id, locale=record.locale
        )
        row.entry_id = entry.pk
        row.digest = digest
        row.published = published
        row.save()
        self.references.added(entry.code)
        return row


def assign(entry: Entry, name: str, value: Any) -> None:
    """Set a field; rows of child tables are replaced only when they differ."""
    field = entry._meta.get_field(name)
    if isinstance(field, ParentalManyToManyField):
        if {one.pk for one in getattr(entry, name).all()} == {one.pk for one in value}:
            return
    elif field.one_to_many:
        old = list(getattr(entry, name).all())
        if [child_values(one) for one in old] == [child_values(one) for one in value]:
            return
    setattr(entry, name, value)


def child_values(row: Any) -> dict[str, Any]:
    """What a row of a child table says, without its own id and its parent's."""
    parents = {field.name for field in row._meta.fields if field.primary_key}
    parents |= {"path", "entry"}
    return {
        field.name: field.value_to_string(row)
        for field in row._meta.fields
        if field.name not in parents and field.name != "sort_order"
    }


def check_not_edited(entry: Entry) -> None:
    """Raise ``RecordError`` when an editor has unpublished work on the entry."""
    revision = entry.latest_revision
    by_editor = revision is not None and revision.user_id is not None
    if (by_editor and (entry.has_unpublished_changes or not entry.live)) or entry.locked:
        raise RecordError(
            {"record": [f"An editor is at work on {entry.code}: publish or discard the draft."]}
        )


def reasons_of(error: Exception) -> dict[str, list[str]]:
    """The reasons in a ``RecordError`` or a ``ValidationError``, field by field."""
    if isinstance(error, RecordError):
        return error.reasons
    if isinstance(error, ValidationError):
        if hasattr(error, "error_dict"):
            return {
                ("record" if name == "__all__" else name): list(texts)
                for name, texts in error.message_dict.items()
            }
        return {"record": list(error.messages)}
    raise error

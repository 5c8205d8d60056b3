"""One record becomes one entry, one revision, and if asked one publication.

Invariant: a record whose digest is stored has been saved completely; saving it again
writes nothing. An editor's unpublished work is never overwritten.
"""

from enum import Enum
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from wagtail.models import Locale

from knowledge.importing.arrivals import Arrivals
from knowledge.importing.comparing import assign, content_of
from knowledge.importing.fields import RecordFields
from knowledge.importing.kinds import MAPPINGS
from knowledge.importing.known import KnownRecords
from knowledge.importing.mapping import MappingContext, Values
from knowledge.importing.records import Record, RecordError
from knowledge.importing.references import References
from knowledge.importing.slugs import SlugRegister
from knowledge.importing.terms import TermFinder
from knowledge.models import Entry, ImportedRecord


class Outcome(Enum):
    """What became of a record."""

    CREATED = "created"
    UPDATED = "updated"
    PUBLISHED = "published"
    UNCHANGED = "unchanged"
    WAITING = "waiting"


class NeedsArrivalsError(Exception):
    """The record points at one that is gathered: write those, then save it again."""


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
        self.arrivals = Arrivals()
        self.notices: list[str] = []
        self.ignored: dict[tuple[str, str], int] = {}

    def save(self, record: Record, known: KnownRecords, *, last_chance: bool = False) -> Outcome:
        """Save ``record``, or gather it with other new ones that are published at once.

        A record that points at one still to come is kept waiting, unless this is the
        ``last_chance``. Raises ``RecordError``, ``ValidationError`` or
        ``NeedsArrivalsError``; call in a savepoint.
        """
        imported = known.imported.get(record.key)
        if imported is not None and imported.digest == record.digest:
            return self._publish_if_wanted(imported)
        entry = self._entry_for(record, known)
        values = self._values_of(record)
        if self.arrivals.hold_any(self.references.waiting):
            raise NeedsArrivalsError
        waiting = bool(self.references.waiting) and not last_chance
        is_new = entry.pk is None
        if waiting and not is_new:
            return Outcome.WAITING
        before = None if is_new else content_of(entry)
        self._assign(entry, values)
        if is_new and self.publish and not self.references.waiting:
            self.arrivals.add(record, entry, code_is_issued=entry.code in known.keys_of_codes)
            return Outcome.CREATED
        if is_new:
            entry.full_clean(exclude=["code"])
            entry.save()
        if waiting:
            # The row is there to be pointed at; revision and publication follow.
            self._remember(record, imported, entry, "", published=False)
            return Outcome.WAITING
        unfinished = imported is not None and not imported.digest
        was_published = bool(imported and imported.published)
        digest = "" if self.references.waiting else record.digest
        if not is_new and not unfinished and content_of(entry) == before:
            stored = self._remember(record, imported, entry, digest, published=was_published)
            return self._publish_if_wanted(stored)
        revision = entry.save_revision(clean=not is_new, changed=not is_new)
        # What an editor took down after its import stays down.
        published = self.publish and (entry.live or not was_published)
        if published:
            entry.publish(revision)
        self._remember(record, imported, entry, digest, published=published or was_published)
        return Outcome.CREATED if is_new or unfinished else Outcome.UPDATED

    def write_arrivals(self) -> list[tuple[Record, Exception]]:
        """Write what was gathered; returns the records that could not be, and why."""
        gathered, self.arrivals.gathered = self.arrivals.gathered, []
        if not gathered:
            return []
        try:
            with transaction.atomic():
                self.arrivals.write(gathered)
        except (IntegrityError, ValidationError) as error:
            if len(gathered) == 1:
                return [(gathered[0].record, error)]
            # One is in the way of all the others: find it.
            failures = []
            for one in gathered:
                one.entry.__dict__.update(fresh_state(one.entry, one.code_prefix))
                self.arrivals.gathered = [one]
                failures += self.write_arrivals()
            return failures
        for one in gathered:
            self.references.added(one.entry.code)
        return []

    def keep_new(self) -> None:
        """What was saved since the last call is there to stay."""
        for part in (self.terms, self.references, self.slugs):
            part.keep_new()

    def forget_new(self) -> None:
        """What was saved since ``keep_new`` was rolled back."""
        for part in (self.terms, self.references, self.slugs):
            part.forget_new()

    def _entry_for(self, record: Record, known: KnownRecords) -> Entry:
        """The entry the record belongs to, as editors last saw it, or a new one."""
        model = MAPPINGS[record.kind].model
        imported = known.imported.get(record.key)
        key, code = known.identity(record)
        if imported is not None:
            found = Entry.objects.filter(pk=imported.entry_id).first()
        else:
            found = known.entries.get((key, record.locale))
        if found is None:
            if record.code and code != record.code:
                self.notices.append(
                    f"{record.origin}  {record.source_id}  {record.code} is the code of another "
                    "entry: it comes in under a code of its own."
                )
            return model(locale=self.locale, translation_key=key, code=code)
        entry = found.specific
        if not isinstance(entry, model):
            raise RecordError(
                {"kind": [f"Its entry {found.code} is a {entry._meta.verbose_name}."]}
            )
        check_not_edited(entry)
        return entry.get_latest_revision_as_object()

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


def fresh_state(entry: Entry, code_prefix: str) -> dict[str, Any]:
    """What a failed insertion has left on an entry, as it was before."""
    link = entry._meta.get_ancestor_link(Entry)
    assert link is not None, "every kind extends Entry"  # noqa: S101 - narrows the type
    fields: dict[str, Any] = {"id": None, link.attname: None, "live": False}
    fields |= {"latest_revision_id": None, "live_revision_id": None, "last_published_at": None}
    return fields | ({"code": ""} if code_prefix else {})


def check_not_edited(entry: Entry) -> None:
    """Raise ``RecordError`` when an editor has unpublished work on the entry."""
    revision = entry.latest_revision
    by_editor = revision is not None and revision.user_id is not None
    if (by_editor and (entry.has_unpublished_changes or not entry.live)) or entry.locked:
        raise RecordError(
            {"record": [f"An editor is at work on {entry.code}: publish or discard the draft."]}
        )


def reasons_of(error: Exception) -> dict[str, list[str]]:
    """Why a record did not come in, field by field; nothing of the database's own words."""
    if isinstance(error, RecordError):
        return error.reasons
    if isinstance(error, ValidationError):
        if hasattr(error, "error_dict"):
            return {
                ("record" if name == "__all__" else name): list(texts)
                for name, texts in error.message_dict.items()
            }
        return {"record": list(error.messages)}
    if isinstance(error, IntegrityError):
        return {"record": ["Something saved meanwhile is in the way: import it again."]}
    raise error

"""What the database knows of the records of a batch, read in four statements.

Invariant: it describes the moment the batch began; records of one batch never name the
same entry in the same language.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import F, Q

from knowledge.importing.records import Record
from knowledge.models import Entry, ImportedRecord, IssuedCode


@dataclass
class KnownRecords:
    """Former imports, entries and issued codes, each under what a record names them by."""

    imported: dict[tuple[str, str, str], ImportedRecord] = field(default_factory=dict)
    entries: dict[tuple[UUID, str], Entry] = field(default_factory=dict)
    keys_of_codes: dict[str, UUID] = field(default_factory=dict)
    # Codes of entries whose own record asked for just this code, as against codes that
    # were minted and mean something else to whoever asks for them now.
    codes_asked_for: set[str] = field(default_factory=set)
    codes_of_keys: dict[UUID, str] = field(default_factory=dict)

    @classmethod
    def of(cls, records: Sequence[Record]) -> "KnownRecords":
        """Look up ``records``."""
        known = cls()
        for row in ImportedRecord.objects.filter(source_id__in={one.source_id for one in records}):
            known.imported[row.source, row.source_id, row.locale] = row
        keys = {record.translation_key for record in records}
        codes = {record.code for record in records} - {""}
        for issued in IssuedCode.objects.filter(Q(code__in=codes) | Q(translation_key__in=keys)):
            known.keys_of_codes[issued.code] = issued.translation_key
            known.codes_of_keys[issued.translation_key] = issued.code
        asked = ImportedRecord.objects.filter(source_id__in=codes, entry__code=F("source_id"))
        known.codes_asked_for = set(asked.values_list("source_id", flat=True))
        keys |= set(known.keys_of_codes.values())
        for entry in Entry.objects.filter(translation_key__in=keys).select_related("locale"):
            known.entries[entry.translation_key, entry.locale.language_code] = entry
        return known

    def identity(self, record: Record) -> tuple[UUID, str]:
        """Translation key and code for ``record``; the code "" when it cannot have its own."""
        key, code = record.translation_key, record.code
        owner = self.keys_of_codes.get(code) if code else None
        if owner is not None and owner != key:
            # Another source's record of the same thing, or something else altogether.
            if code not in self.codes_asked_for:
                return key, self.codes_of_keys.get(key, "")
            key = owner
        # An entry that was deleted comes back under the code it had.
        return key, code or self.codes_of_keys.get(key, "")

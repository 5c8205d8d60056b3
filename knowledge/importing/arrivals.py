"""New entries that are published as they come in, gathered and written together.

Invariant: an entry in here is valid and complete; only something saved meanwhile by
somebody else can still keep it out.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db import models

from cms.publishing.bulk import publish_new, settle_children
from knowledge.importing.records import Record
from knowledge.models import Entry, ImportedRecord
from knowledge.models.codes import claim_code, mint_codes


@dataclass(frozen=True)
class Arrival:
    """A record, its unsaved entry, and what the entry's code begins with if it has none."""

    record: Record
    entry: Entry
    code_prefix: str


class Arrivals:
    """Entries waiting to be written."""

    def __init__(self) -> None:
        self.gathered: list[Arrival] = []

    def hold_any(self, names: list[str]) -> bool:
        """True when a gathered record has one of ``names`` as its code or source id."""
        return any(
            one.record.code in names or one.record.source_id in names for one in self.gathered
        )

    def add(self, record: Record, entry: Entry, *, code_is_issued: bool) -> None:
        """Check ``entry`` and keep it. Raises ``ValidationError`` naming what is wrong.

        The slug is known to be free and every foreign key to exist: neither is looked up again.
        """
        settle_children(entry)
        looked_up = {one.name for one in entry._meta.fields if isinstance(one, models.ForeignKey)}
        entry.full_clean(
            exclude={*looked_up, "code"}, validate_unique=False, validate_constraints=False
        )
        entry.check_complete()
        prefix = ""
        if not entry.code:
            prefix = entry.code_prefix()
        elif not code_is_issued:
            claim_code(entry.code, entry.translation_key)
        self.gathered.append(Arrival(record, entry, prefix))

    def write(self, arrivals: list[Arrival]) -> None:
        """Insert and publish; call in a savepoint."""
        by_prefix: dict[str, list[Entry]] = defaultdict(list)
        for one in arrivals:
            if one.code_prefix:
                by_prefix[one.code_prefix].append(one.entry)
        for prefix, entries in sorted(by_prefix.items()):
            codes = mint_codes(prefix, [entry.translation_key for entry in entries])
            for entry, code in zip(entries, codes, strict=True):
                entry.code = code
        publish_new([one.entry for one in arrivals])
        ImportedRecord.objects.bulk_create(
            ImportedRecord(
                source=one.record.source,
                source_id=one.record.source_id,
                locale=one.record.locale,
                entry_id=one.entry.pk,
                digest=one.record.digest,
                published=True,
            )
            for one in arrivals
        )

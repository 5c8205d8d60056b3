"""An import from beginning to end, in batches.

Invariant: what was reported as done is committed; an interrupted import goes on where
it stopped, because what is in already changes nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from time import monotonic

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from wagtail.models import Locale

from cms.priority import rest
from cms.publishing.models import ContentVersion
from knowledge.importing.known import KnownRecords
from knowledge.importing.records import Record, RecordError, Rejection
from knowledge.importing.references import References
from knowledge.importing.saving import EntryWriter, NeedsArrivalsError, Outcome, reasons_of
from knowledge.importing.terms import TermFinder

BATCH_SIZE = 50
# Editors who publish wait for a batch to end: a tenth of a second, and not a whole one.
BATCH_SIZE_BESIDE_OTHERS = 5
# A lock that is free takes less.
NOBODY_WAITED_SECONDS = 0.01
# So many batches after one that had to wait are small too: between two publications of a busy
# site the lock is free, and whoever publishes next would wait for a large one.
SMALL_BATCHES = 20
# Rests, as parts of what the batch before took.
REST = 0.5
REST_BESIDE_OTHERS = 3.0


@dataclass
class Report:
    """What an import did. ``ignored`` counts fields that their kind has no place for."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    rejections: list[Rejection] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    ignored: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def done(self) -> int:
        """Records that are in."""
        return self.outcomes.total()


@dataclass
class Result:
    """What became of one record of a batch."""

    record: Record
    outcome: Outcome | None = None
    rejection: Rejection | None = None
    missing: tuple[str, ...] = ()


class Import:
    """Saves records in batches. ``committed`` is called with the results of each batch."""

    def __init__(
        self,
        records: Sequence[Record],
        *,
        publish: bool = False,
        dry_run: bool = False,
        batch_size: int = BATCH_SIZE,
        committed: Callable[[list[Result]], None] = lambda results: None,
    ) -> None:
        self.records = records
        self.publish = publish
        self.dry_run = dry_run
        self.batch_size = batch_size
        self.committed = committed
        self.report = Report()
        default = Locale.get_default()
        self.default_locale = default
        self.references = References(records, default.language_code)
        self.writers: dict[str, EntryWriter] = {}
        # How many batches are small yet, because somebody else was publishing.
        self._small = 0
        # Records that were gathered, and in the end could not be written.
        self.late: dict[tuple[str, str, str], Result] = {}

    def run(self) -> Report:
        """Save everything; then the records that had to wait for others."""
        waiting: list[Record] = []
        for batch in self._paced(self.records):
            results = self._save_batch(batch, last_chance=False)
            if self.dry_run:
                self._count(results)
                continue
            waiting += [one.record for one in results if one.outcome is Outcome.WAITING]
            self._count([one for one in results if one.outcome is not Outcome.WAITING])
        for batch in self._paced(waiting):
            self._count(self._save_batch(batch, last_chance=True))
        self._collect_notes()
        return self.report

    def _paced(self, records: Sequence[Record]) -> Iterator[Sequence[Record]]:
        """Batches, with a rest before each but the first: longer where others publish."""
        took = 0.0
        for batch in batches(records, self._size):
            rest(took * (REST_BESIDE_OTHERS if self._small else REST))
            began = monotonic()
            yield batch
            took = monotonic() - began

    def _size(self) -> int:
        return min(self.batch_size, BATCH_SIZE_BESIDE_OTHERS) if self._small else self.batch_size

    def _save_batch(self, batch: Sequence[Record], *, last_chance: bool) -> list[Result]:
        began = monotonic()
        with transaction.atomic():
            if self.publish:
                # Before any other lock, as everyone who publishes.
                ContentVersion.lock()
                waited = monotonic() - began > NOBODY_WAITED_SECONDS
                self._small = SMALL_BATCHES if waited else max(0, self._small - 1)
            known = KnownRecords.of(batch)
            results = [self._save_one(record, known, last_chance) for record in batch]
            self._write_arrivals()
            if self.dry_run:
                transaction.set_rollback(True)
        if self.dry_run:
            # What was looked up and made is gone.
            self._collect_notes()
            self.writers.clear()
            self.references.forget_all()
        late, self.late = self.late, {}
        return [late.get(result.record.key, result) for result in results]

    def _save_one(self, record: Record, known: KnownRecords, last_chance: bool) -> Result:
        writer = None
        try:
            writer = self._writer(record)
            try:
                outcome = self._in_savepoint(writer, record, known, last_chance)
            except NeedsArrivalsError:
                self._write_arrivals()
                outcome = self._in_savepoint(writer, record, known, last_chance)
        except (RecordError, ValidationError, IntegrityError) as error:
            return self._rejected(record, error)
        missing = tuple(self.references.waiting) if last_chance else ()
        return Result(record, outcome, missing=missing)

    def _in_savepoint(
        self, writer: EntryWriter, record: Record, known: KnownRecords, last_chance: bool
    ) -> Outcome:
        try:
            with transaction.atomic():
                outcome = writer.save(record, known, last_chance=last_chance)
        except BaseException:
            writer.forget_new()
            raise
        # Later records must not be undone with what this one found and made.
        writer.keep_new()
        return outcome

    def _write_arrivals(self) -> None:
        for writer in self.writers.values():
            for record, error in writer.write_arrivals():
                self.late[record.key] = self._rejected(record, error)

    def _collect_notes(self) -> None:
        for writer in self.writers.values():
            self.report.ignored.update(writer.ignored)
            self.report.notices += writer.notices

    def _rejected(self, record: Record, error: Exception) -> Result:
        return Result(
            record, rejection=Rejection(record.origin, record.source_id, reasons_of(error))
        )

    def _writer(self, record: Record) -> EntryWriter:
        if record.locale not in self.writers:
            locale = self._locale(record.locale)
            terms = TermFinder(locale, self.default_locale)
            self.writers[record.locale] = EntryWriter(locale, terms, self.references, self.publish)
        return self.writers[record.locale]

    def _locale(self, code: str) -> Locale:
        if code not in dict(settings.WAGTAIL_CONTENT_LANGUAGES):
            raise RecordError({"locale": [f"{code} is not a language of this site."]})
        return Locale.objects.get_or_create(language_code=code)[0]

    def _count(self, results: list[Result]) -> None:
        for result in results:
            if result.rejection is not None:
                self.report.rejections.append(result.rejection)
                continue
            outcome = result.outcome or Outcome.UNCHANGED
            # A dry run stops where a real one would go on to link and publish.
            counted = Outcome.CREATED if outcome is Outcome.WAITING else outcome
            self.report.outcomes[counted] += 1
            self.report.kinds[result.record.kind] += 1
            if result.missing:
                self.report.notices.append(
                    f"{result.record.origin}  {result.record.source_id}  came in without its "
                    f"links to {', '.join(result.missing)}, which did not."
                )
        self.committed(results)


def batches(records: Sequence[Record], size: Callable[[], int]) -> Iterator[Sequence[Record]]:
    """``records`` in slices of at most ``size`` as it is then, one language a slice."""
    for _, group in groupby(records, key=lambda record: record.locale):
        same = list(group)
        while same:
            most = size()
            yield same[:most]
            del same[:most]

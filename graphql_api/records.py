"""Entries as resolvers see them: plain documents that load together.

Invariant: rows that were fetched together form a batch, and whatever one of them still
lacks is loaded for all of them in one statement.
"""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

import orjson
from django.db.models import Case, ExpressionWrapper, F, Q, QuerySet, TextField, Value, When

from cms.publishing.parts import Parts, merged
from graphql_api.caching import tags
from graphql_api.knowledge.reading import Reading, visible_entries
from graphql_api.knowledge.selection import Needs
from knowledge.counters.reading import Counts, with_delivered_counts
from knowledge.models import PublishedEntry

# What a record is made of; documents are fetched as text and parsed when they are read.
BODY_COLUMNS = tuple(f"{column}_text" for column in Parts._fields)
COLUMNS = (
    "object_id",
    "translation_key",
    "card_text",
    *BODY_COLUMNS,
    "view_count",
    "uses_this_week",
)


class EntryRecord:
    """One entry in one language. ``get`` reads a document key, which is a field's name."""

    __slots__ = ("_body", "_body_texts", "_card", "_card_text", "batch", "counts", "key", "pk")
    batch: "Batch"

    def __init__(
        self,
        pk: int,
        key: UUID,
        card: str,
        outline: str | None,
        html_parts: str | None,
        markdown_parts: str | None,
        text_parts: str | None,
        block_parts: str | None,
        views: int | None = None,
        uses: int | None = None,
    ) -> None:
        self.pk = pk
        # None when they were not fetched with the row.
        self.counts = None if views is None else Counts(views, uses or 0)
        self.key = key.hex
        self._card_text = card
        self._card: dict[str, Any] | None = None
        self._body_texts = (outline, html_parts, markdown_parts, text_parts, block_parts)
        self._body: dict[str, Any] | None = None

    @property
    def card(self) -> dict[str, Any]:
        """What listings show."""
        if self._card is None:
            self._card = orjson.loads(self._card_text)
        return self._card

    @property
    def body(self) -> dict[str, Any]:
        """The long parts; loaded for the whole batch when they were not fetched."""
        if self._body is None:
            if not self.has_body_texts:
                self.batch.load_bodies()
            self._body = body_of(self._body_texts)
        return self._body

    @property
    def has_body_texts(self) -> bool:
        """Whether the body was fetched, though perhaps not parsed yet."""
        return self._body_texts[0] is not None

    @property
    def locale(self) -> str:
        """The language the entry is delivered in."""
        return self.card["locale"]

    @property
    def kind(self) -> str:
        """The kind of entry, a value of ``knowledge.kinds.Kind``."""
        return self.card["kind"]

    def get(self, name: str) -> Any:
        """The value of a document key, wherever it stands."""
        card = self.card
        return card[name] if name in card else self.body.get(name)

    def part(self, name: str) -> Any:
        """The value of a document key, whose dictionaries remember this record."""
        return as_parts(self.get(name), self)

    def reference(self, key: str | None) -> "EntryRecord | None":
        """The published entry with translation key ``key``, in the language of the request."""
        return self.batch.references().get(key) if key else None

    def translations(self) -> list["EntryRecord"]:
        """The same entry in the other languages, by language."""
        return [one for one in self.batch.siblings(self.key) if one.pk != self.pk]


def body_of(texts: tuple[str | None, ...]) -> dict[str, Any]:
    """The body whose columns hold ``texts``; empty when they could not be fetched."""
    if None in texts:
        return {}
    return merged(Parts(*map(orjson.loads, texts)))  # type: ignore[arg-type]


class Part(dict):
    """A dictionary of a document that knows whose it is, so references can be followed."""

    __slots__ = ("record",)

    def __init__(self, data: dict[str, Any], record: EntryRecord) -> None:
        super().__init__(data)
        self.record = record


def as_parts(value: Any, record: EntryRecord) -> Any:
    """``value`` with its dictionaries, also in lists, made parts of ``record``."""
    if isinstance(value, dict):
        return Part(value, record)
    if isinstance(value, list):
        return [as_parts(item, record) for item in value]
    return value


class Batch:
    """Records fetched by one statement, and what they load together."""

    __slots__ = ("_references", "_siblings", "needs", "reading", "records")

    def __init__(
        self,
        reading: Reading,
        needs: Needs,
        siblings: dict[str, list[EntryRecord]] | None = None,
    ) -> None:
        self.reading = reading
        self.needs = needs
        self.records: list[EntryRecord] = []
        self._siblings = siblings
        self._references: dict[str, EntryRecord] | None = None

    def adopt(self, records: Iterable[EntryRecord]) -> list[EntryRecord]:
        """Make ``records`` members of this batch."""
        self.records = list(records)
        for record in self.records:
            record.batch = self
        tags.note_entries(record.pk for record in self.records)
        return self.records

    def release(self) -> None:
        """Forget the members, when nothing more will be read of them.

        A batch and its members know each other: let go of together, they would wait in memory
        for the next look for garbage, which stops everybody.
        """
        known = [*(self._siblings or {}).values(), (self._references or {}).values()]
        self.records, self._siblings, self._references = [], {}, {}
        for group in known:
            for record in group:
                if (other := getattr(record, "batch", self)).records:
                    other.release()

    def load_bodies(self) -> None:
        """Fetch every body that is missing."""
        missing = {record.pk: record for record in self.records if not record.has_body_texts}
        rows = visible_entries(named=True).filter(pk__in=missing).annotate(**body_texts())
        for pk, *texts in rows.values_list("pk", *BODY_COLUMNS):
            missing[pk]._body_texts = tuple(texts)

    def siblings(self, key: str) -> list[EntryRecord]:
        """All translations of the entry ``key``, by language."""
        if self._siblings is None:
            self._load_neighbours(translations=True)
        return (self._siblings or {}).get(key, [])

    def references(self) -> dict[str, EntryRecord]:
        """What the entries of the batch point at: translation key → published entry."""
        if self._references is None:
            self._load_neighbours(references=True)
        return self._references or {}

    def _load_neighbours(self, *, translations: bool = False, references: bool = False) -> None:
        """Fetch translations and references, both at once when both will be read."""
        wants_siblings = self._siblings is None and (translations or self.needs.translations)
        wants_references = references or self.needs.references is not None
        own = {record.key for record in self.records} if wants_siblings else set()
        nested = self.needs.references or Needs()
        targets: set[str] = set()
        if wants_references:
            targets = {key for record in self.records for key in referenced_keys(record.body)}
        groups = load_translations(own | targets, self.reading, nested, bodies_of=targets)
        if wants_siblings:
            self._siblings = {key: groups.get(key, []) for key in own}
        if wants_references:
            batch = Batch(
                self.reading, nested, siblings={key: groups.get(key, []) for key in targets}
            )
            found = [self.reading.choose(groups[key]) for key in targets if key in groups]
            chosen = batch.adopt(record for record in found if record is not None)
            self._references = {record.key: record for record in chosen}


def load_translations(
    keys: set[str], reading: Reading, needs: Needs, bodies_of: set[str]
) -> dict[str, list[EntryRecord]]:
    """Every visible translation of ``keys``, by language; bodies only where they will be read."""
    if not keys:
        return {}
    tags.note_sets(keys)
    rows = visible_entries(named=True).filter(translation_key__in=sorted(map(UUID, keys)))
    wanted = Q(translation_key__in=sorted(map(UUID, bodies_of)), locale__in=reading.locales)
    groups: dict[str, list[EntryRecord]] = {}
    for row in with_texts(rows, needs, only=wanted).order_by("locale").values_list(*COLUMNS):
        record = EntryRecord(*row)
        groups.setdefault(record.key, []).append(record)
    tags.note_entries(record.pk for group in groups.values() for record in group)
    return groups


def with_texts(
    rows: QuerySet[PublishedEntry], needs: Needs, only: Q | None = None
) -> QuerySet[PublishedEntry]:
    """``rows`` with ``COLUMNS``: texts of the documents and counts, as ``needs`` says.

    ``only`` names the rows whose body is fetched.
    """
    nothing = Value(None, output_field=TextField())
    body = body_texts(only) if needs.body else dict.fromkeys(BODY_COLUMNS, nothing)
    rows = rows.annotate(card_text=text_of("card"), **body)
    if needs.counts:
        tags.note_counts()
        return with_delivered_counts(rows)
    return rows.annotate(view_count=nothing, uses_this_week=nothing)


def body_texts(only: Q | None = None) -> dict[str, Any]:
    """The columns of a body under the names in ``BODY_COLUMNS``, where ``only`` holds."""
    texts = zip(BODY_COLUMNS, map(text_of, Parts._fields), strict=True)
    if only is None:
        return dict(texts)
    return {name: Case(When(only, then=text), output_field=TextField()) for name, text in texts}


def text_of(column: str) -> Any:
    """A document column as the text it is stored as."""
    return ExpressionWrapper(F(column), output_field=TextField())


def referenced_keys(body: dict[str, Any]) -> Iterator[str]:
    """The translation keys of the entries that a body points at."""
    for relation in body.get("related", ()):
        yield relation["entryKey"]
    for section in body.get("sections", ()):
        for question in section.get("questions", ()):
            if question["answeredByKey"]:
                yield question["answeredByKey"]
    for module in body.get("modules", ()):
        for resource in module["resources"]:
            if resource["entryKey"]:
                yield resource["entryKey"]
    yield from body.get("prerequisiteKeys", ())

"""One entry by code, slug or id.

Invariant: one statement fetches the entry with all its translations, and the language
is chosen among them as everywhere else.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import graphene
from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from graphql_api.caching import tags
from graphql_api.errors import ApiError, ErrorCode
from graphql_api.filters import is_storable
from graphql_api.knowledge.drafts import asked_draft
from graphql_api.knowledge.entries import Entry
from graphql_api.knowledge.global_ids import read_global_id
from graphql_api.knowledge.kinds import KINDS
from graphql_api.knowledge.reading import Reading, reading, visible_entries
from graphql_api.knowledge.reading_arguments import reading_arguments
from graphql_api.knowledge.selection import Needs, needs
from graphql_api.records import COLUMNS, Batch, EntryRecord, with_texts
from knowledge.kinds import Kind
from knowledge.models import PublishedEntry, PublishedEntryTerm


def single_entry(kind: Kind) -> graphene.Field:
    """One entry of a kind."""
    shown = KINDS[kind]

    def resolve(
        root: None,
        info: graphene.ResolveInfo,
        code: str | None = None,
        slug: str | None = None,
        id: str | None = None,
        locale: str | None = None,
        fallback: Any = None,
    ) -> EntryRecord | None:
        if sum(value is not None for value in (code, slug, id)) != 1:
            raise ApiError(ErrorCode.BAD_USER_INPUT, "Give exactly one of code, slug and id.")
        language = reading(locale, fallback)
        wanted = needs(info)
        draft = asked_draft(info.context, kind, code=code, slug=slug, id=id)
        if draft is not None:
            own_language = id is not None and locale is None
            return with_draft(draft, Reading(draft.locale) if own_language else language, wanted)
        if code is not None:
            return by_code(code, language, wanted, kind)
        if slug is not None:
            return by_slug(slug, language, wanted, kind)
        return by_id(id or "", language if locale else None, wanted, kind)

    return graphene.Field(
        shown.type,
        description=f"One {shown.singular}, or null. Give exactly one of code, slug and id.",
        code=graphene.Argument(graphene.String, description="Its code; case does not matter."),
        slug=graphene.Argument(
            graphene.String, description="Its slug in the language read; former slugs work too."
        ),
        id=graphene.Argument(graphene.ID, description="Its id."),
        **reading_arguments(
            f"Default: `{settings.LANGUAGE_CODE}`, or the language that the id stands for."
        ),
        resolver=resolve,
    )


def any_entry() -> graphene.Field:
    """One entry of any kind."""

    def resolve(
        root: None,
        info: graphene.ResolveInfo,
        code: str,
        locale: str | None = None,
        fallback: Any = None,
    ) -> EntryRecord | None:
        language, wanted = reading(locale, fallback), needs(info)
        draft = asked_draft(info.context, None, code=code)
        if draft is not None:
            return with_draft(draft, language, wanted)
        return by_code(code, language, wanted)

    return graphene.Field(
        Entry,
        description="One entry of any kind by its code, or null.",
        code=graphene.Argument(
            graphene.String, required=True, description="Its code; case does not matter."
        ),
        **reading_arguments(),
        resolver=resolve,
    )


def by_code(
    code: str, language: Reading, wanted: Needs, kind: Kind | None = None
) -> EntryRecord | None:
    """The entry with this code."""
    if not is_storable(code):
        return None
    rows = visible_entries(named=True).filter(code=code.upper())
    if kind is not None:
        rows = rows.filter(kind=kind.value)
    found = _choose(_records(rows, language, wanted), language, wanted)
    if found is None:
        tags.note_kinds(*([kind.value] if kind else []))
    return found


def by_slug(slug: str, language: Reading, wanted: Needs, kind: Kind) -> EntryRecord | None:
    """The entry that has this slug in a language of the reading, or had it.

    A present slug goes before a former one, the language asked for before the fallback.
    """
    if not is_storable(slug):
        return None
    of_kind = visible_entries(named=True).filter(kind=kind.value)
    formerly = PublishedEntryTerm.objects.filter(facet="former_slug", value=slug)
    named = of_kind.filter(
        Q(slug=slug) | Q(pk__in=formerly.values("entry")), locale__in=language.locales
    )
    rows = of_kind.filter(translation_key__in=named.values("translation_key")).annotate(
        was_called=Exists(formerly.filter(entry=OuterRef("pk")))
    )
    records, places = [], []
    texts = with_texts(rows, wanted, only=Q(locale__in=language.locales))
    for *row, locale, present, formerly_called in texts.order_by("pk").values_list(
        *COLUMNS, "locale", "slug", "was_called"
    ):
        record = EntryRecord(*row)
        records.append(record)
        if locale in language.locales and (present == slug or formerly_called):
            places.append((language.locales.index(locale), present != slug, record.key))
    if not places or min(places)[:2] != (0, False):
        # Another entry may come that the slug fits better.
        tags.note_kinds(kind.value)
    if not places:
        return None
    key = min(places)[2]
    return _choose([one for one in records if one.key == key], language, wanted)


def by_id(value: str, language: Reading | None, wanted: Needs, kind: Kind) -> EntryRecord | None:
    """The entry with this id; without a language, in the one that the id stands for."""
    asked = read_global_id(value)
    type_name = KINDS[kind].type_name
    if asked.type_name != type_name:
        raise ApiError(ErrorCode.BAD_USER_INPUT, f"This is not the id of a {type_name}.")
    if language is None:
        return entries_by_pk([asked.pk], wanted).get((kind.value, asked.pk))
    tags.note_entries([asked.pk])
    itself = visible_entries(named=True).filter(pk=asked.pk, kind=kind.value)
    rows = visible_entries(named=True).filter(translation_key__in=itself.values("translation_key"))
    return _choose(_records(rows, language, wanted), language, wanted)


def entries_by_pk(pks: list[int], wanted: Needs) -> dict[tuple[str, int], EntryRecord]:
    """(kind, primary key) → entry, each in its own language."""
    tags.note_entries(pks)
    rows = with_texts(visible_entries(named=True).filter(pk__in=pks), wanted)
    records = [EntryRecord(*row) for row in rows.order_by("pk").values_list(*COLUMNS)]
    for locale in sorted({record.locale for record in records}):
        batch = Batch(Reading(locale), wanted)
        batch.adopt(record for record in records if record.locale == locale)
    return {(record.kind, record.pk): record for record in records}


def with_draft(draft: EntryRecord, language: Reading, wanted: Needs) -> EntryRecord | None:
    """The draft among its published translations, in the language of the reading."""
    rows = visible_entries().filter(translation_key=UUID(draft.key)).exclude(pk=draft.pk)
    return _choose([draft, *_records(rows, language, wanted)], language, wanted)


def _records(rows: QuerySet[PublishedEntry], language: Reading, wanted: Needs) -> list[EntryRecord]:
    texts = with_texts(rows, wanted, only=Q(locale__in=language.locales))
    return [EntryRecord(*row) for row in texts.order_by("locale").values_list(*COLUMNS)]


def _choose(
    translations: Iterable[EntryRecord], language: Reading, wanted: Needs
) -> EntryRecord | None:
    together = list(translations)
    tags.note_entries(record.pk for record in together)
    tags.note_sets({record.key for record in together})
    found = language.choose(together)
    if found is None:
        return None
    Batch(language, wanted, siblings={found.key: together}).adopt([found])
    return found

"""Entries that were read together, shown field by field: one field of all, then the next.

Invariant: each value is the one that the field's getter gives for its entry alone, and the
fields come out in the order of the selection.

What a getter does for each value (a call, a look at what the key holds, at where terms are
remembered, at which section is meant) a loop over all entries does once.
"""

from collections.abc import Callable
from functools import cached_property, partial
from typing import Any

from graphql import GraphQLEnumType, GraphQLInt, GraphQLLeafType

from graphql_api.plan.entries.columns import FORMS
from graphql_api.plan.entries.fields import (
    MemoOf,
    keys_of_section,
    shown_plain_section,
    shown_rich_text,
    shown_section,
    shown_term,
)
from graphql_api.plan.entries.record import PlannedEntry
from graphql_api.plan.leaves import LARGEST_INT, names_as_they_are
from graphql_api.plan.places import Place
from graphql_api.plan.running import Run
from graphql_api.plan.selection import Completer, Getter, PlainField, PlainFields, shown_key
from graphql_api.records import EntryRecord

_MISSING = object()


class _Table:
    """The entries, and the answer's objects for them, which are filled field by field."""

    def __init__(self, records: list[Any], made: list[dict[str, Any]], run: Run) -> None:
        self.records = records
        self.cards = [record.card for record in records]
        self.made = made
        self.run = run

    @cached_property
    def outlines(self) -> list[dict[str, Any] | None]:
        """Of each entry, its body without forms; None where it was not fetched."""
        return [record.outline if type(record) is PlannedEntry else None for record in self.records]

    @cached_property
    def sections(self) -> list[dict[str, Any]]:
        """Of each entry, its first section of each name; none where its body was not fetched."""
        return [
            {one["name"]: one for one in reversed(outline["sections"])} if outline else {}
            for outline in self.outlines
        ]


# Fills one field of all objects.
_Column = Callable[[_Table], None]


def shape(fields: list[tuple[str, Getter]]) -> Callable[[list[EntryRecord], Run], list[Any]]:
    """What shows entries of one batch; ``fields`` by response key, in order."""
    columns = [_column(key, getter) for key, getter in fields]
    empty: dict[str, Any] = dict.fromkeys(key for key, _ in fields)

    def shown(records: list[EntryRecord], run: Run) -> list[Any]:
        run.deadline.check()
        made = [empty.copy() for _ in records]
        if made:
            table = _Table(records, made, run)
            for fill in columns:
                fill(table)
        return made

    return shown


def _column(key: str, getter: Getter) -> _Column:
    if isinstance(getter, partial):
        if getter.func is shown_key:
            return _keys(key, *getter.args)
        if getter.func is shown_term:
            return _terms(key, getter, *getter.args[:2])
        if getter.func is shown_plain_section:
            return _sections(key, *getter.args)
        if getter.func is shown_rich_text:
            return _rich_texts(key, *getter.args)
        if getter.func is shown_section:
            return _objects(key, getter, *getter.args)

    def fill(table: _Table) -> None:
        run = table.run
        for record, one in zip(table.records, table.made, strict=True):
            one[key] = getter(record, run)

    return fill


def _keys(
    key: str, name: str, leaf: GraphQLLeafType | None, plain: type | None, complete: Completer
) -> _Column:
    """A key of the document. Most are on the card, and most need no completing."""
    if isinstance(leaf, GraphQLEnumType):
        return _names(key, name, names_as_they_are(leaf), complete)
    if leaf is GraphQLInt:
        return _numbers(key, name, complete)

    def fill(table: _Table) -> None:
        for record, card, one in zip(table.records, table.cards, table.made, strict=True):
            value = card.get(name, _MISSING)
            if type(value) is not plain:
                value = complete(record.get(name) if value is _MISSING else value, table.run)
            one[key] = value

    return fill


def _names(key: str, name: str, known: frozenset[str], complete: Completer) -> _Column:
    def fill(table: _Table) -> None:
        for record, card, one in zip(table.records, table.cards, table.made, strict=True):
            value = card.get(name, _MISSING)
            if type(value) is not str or value not in known:
                value = complete(record.get(name) if value is _MISSING else value, table.run)
            one[key] = value

    return fill


def _numbers(key: str, name: str, complete: Completer) -> _Column:
    def fill(table: _Table) -> None:
        for record, card, one in zip(table.records, table.cards, table.made, strict=True):
            value = card.get(name, _MISSING)
            if type(value) is not int or not -LARGEST_INT - 1 <= value <= LARGEST_INT:
                value = complete(record.get(name) if value is _MISSING else value, table.run)
            one[key] = value

    return fill


def _terms(key: str, getter: Getter, name: str, memo_of: MemoOf) -> _Column:
    def fill(table: _Table) -> None:
        run = table.run
        memo = memo_of(run)
        reading = table.records[0].batch.reading
        locale, falls_back = reading.locale, reading.falls_back
        for record, card, one in zip(table.records, table.cards, table.made, strict=True):
            found = memo.get((card.get(name), locale, falls_back))
            one[key] = getter(record, run) if found is None else found

    return fill


def _sections(key: str, name: str, fields: PlainFields, whole: Getter) -> _Column:
    def found(table: _Table) -> list[Any]:
        return [sections.get(name) for sections in table.sections]

    return _parts(key, found, fields, whole)


def _rich_texts(key: str, name: str, fields: PlainFields, whole: Getter) -> _Column:
    def found(table: _Table) -> list[Any]:
        return [
            outline.get(name) if outline and name not in card else None
            for outline, card in zip(table.outlines, table.cards, strict=True)
        ]

    return _parts(key, found, fields, whole)


def _parts(
    key: str, found: Callable[[_Table], list[Any]], fields: PlainFields, whole: Getter
) -> _Column:
    """What ``found`` finds of each entry: outlines of texts, of which forms are shown."""
    if len(fields) == 1 and fields[0].name in FORMS:
        return _form(key, found, fields[0], whole)

    def fill(table: _Table) -> None:
        run = table.run
        for record, outline, one in zip(table.records, found(table), table.made, strict=True):
            part = outline.get("part") if type(outline) is dict else None
            if part is None:
                one[key] = whole(record, run)
            else:
                one[key] = keys_of_section(outline, part, record.forms, fields, run)

    return fill


def _form(
    key: str, found: Callable[[_Table], list[Any]], field: PlainField, whole: Getter
) -> _Column:
    """One form of each text, and nothing else of it. Whatever form is selected was fetched."""
    name, form, exact, complete = field

    def fill(table: _Table) -> None:
        run = table.run
        for record, outline, one in zip(table.records, found(table), table.made, strict=True):
            part = outline.get("part") if type(outline) is dict else None
            if part is None:
                one[key] = whole(record, run)
            else:
                value = record.forms[form][part]
                one[key] = {name: value if type(value) is exact else complete(value, run)}

    return fill


def _objects(
    key: str,
    getter: Getter,
    name: str,
    place: Place,
    complete: Completer,
    needs_entry: bool,
    needs_forms: bool,
) -> _Column:
    """A section of which objects are shown: they are in its outline, unless forms are, too."""

    def fill(table: _Table) -> None:
        run = table.run
        for record, sections, one in zip(table.records, table.sections, table.made, strict=True):
            found = sections.get(name)
            if found is None or needs_entry or needs_forms:
                one[key] = getter(record, run)
            else:
                one[key] = complete(found, run)

    return fill

"""How fields of entries are shown that lead to terms and to sections.

Invariant: what comes out is what the resolver of the field and graphql-core make of it; copies
are left out, and what is the same for every request is remembered with the vocabulary.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from graphql import GraphQLObjectType, get_named_type

from graphql_api.knowledge.vocabulary import vocabulary
from graphql_api.plan.entries.columns import FORMS, field_names
from graphql_api.plan.entries.record import PlannedEntry
from graphql_api.plan.places import Place
from graphql_api.plan.running import Run
from graphql_api.plan.selection import Completer, Getter, PlainFields, Selections, shown_key
from graphql_api.records import EntryRecord, Part

# Where completed terms are remembered: (key, language, whether it falls back) → the answer's.
MemoOf = Callable[[Run], dict[Any, Any]]


def term(key: str, place: Place, selections: Selections) -> Getter:
    """A getter of the term whose translation key the document holds under ``key``."""
    return partial(shown_term, key, _memo_of(place, selections), selections.completer_at(place))


def shown_term(key: str, memo_of: MemoOf, complete: Completer, record: Any, run: Run) -> Any:
    """The term as the answer shows it."""
    value = record.get(key)
    if value is None:
        return complete(None, run)
    reading = record.batch.reading
    known = value, reading.locale, reading.falls_back
    memo = memo_of(run)
    found = memo.get(known)
    if found is None:
        found = memo[known] = complete(vocabulary(run.context).term(value, reading), run)
    return found


def terms(key: str, place: Place, selections: Selections) -> Getter:
    """A getter of the terms whose translation keys the document holds under ``key``."""
    memo_of, complete = _memo_of(place, selections), selections.completer_at(place)

    def get(record: Any, run: Run) -> Any:
        keys = record.get(key) or ()
        reading = record.batch.reading
        known = tuple(keys), reading.locale, reading.falls_back
        memo = memo_of(run)
        found = memo.get(known)
        if found is None:
            all_terms = vocabulary(run.context)
            records = [one for value in keys if (one := all_terms.term(value, reading))]
            records.sort(key=lambda one: (one.term.position, one.get("name").casefold()))
            found = memo[known] = complete(records, run)
        return found

    return get


def section(name: str, place: Place, selections: Selections) -> Getter:
    """A getter of the first section called ``name``."""
    below = names_below(place)
    complete = selections.completer_at(place)
    needs_entry, needs_forms = "answeredBy" in below, bool(below & FORMS.keys())
    whole = partial(shown_section, name, place, complete, needs_entry, needs_forms)
    plain = _plain(place, selections)
    return whole if plain is None else partial(shown_plain_section, name, plain, whole)


def shown_section(
    name: str,
    place: Place,
    complete: Completer,
    needs_entry: bool,
    needs_forms: bool,
    record: Any,
    run: Run,
) -> Any:
    """A section of which objects are shown, or what only its resolver knows."""
    if not isinstance(record, PlannedEntry):
        resolve: Any = place.resolve
        return complete(resolve(record, run.info(place)), run)
    if needs_forms or record.outline is None:
        found = record.section(name)
    else:
        found = record.outline_of_section(name)
    return complete(Part(found, record) if found and needs_entry else found, run)


def shown_plain_section(
    name: str, fields: PlainFields, whole: Getter, record: EntryRecord, run: Run
) -> Any:
    """A section of which only keys are shown; ``whole`` shows those that are stored otherwise."""
    if type(record) is PlannedEntry:
        found = record.outline_of_section(name)
        if found is not None and (part := found.get("part")) is not None:
            return keys_of_section(found, part, record.forms, fields, run)
    return whole(record, run)


def rich_text(place: Place, selections: Selections) -> Getter | None:
    """A getter of a document key that holds a text in its forms; None where more is shown."""
    plain = _plain(place, selections)
    if plain is None:
        return None
    name = place.name
    whole = partial(shown_key, name, None, None, selections.completer_at(place))
    return partial(shown_rich_text, name, plain, whole)


def shown_rich_text(name: str, fields: PlainFields, whole: Getter, record: Any, run: Run) -> Any:
    """A text of which only keys are shown; ``whole`` shows one that is stored otherwise."""
    is_below = type(record) is PlannedEntry and name not in record.card
    found = outline.get(name) if is_below and (outline := record.outline) else None
    if type(found) is dict and "part" in found:
        return keys_of_section(found, found["part"], record.forms, fields, run)
    return whole(record, run)


def count(place: Place, selections: Selections) -> Getter:
    """A getter of one of the numbers that are counted, fetched with the entry or not."""
    resolve: Any = place.resolve
    complete = selections.completer_at(place)
    attribute = {"viewCount": "view_count", "usesThisWeek": "uses_this_week"}[place.name]

    def get(record: EntryRecord, run: Run) -> Any:
        if record.counts is None:
            return complete(resolve(record, run.info(place)), run)
        return complete(getattr(record.counts, attribute), run)

    return get


def keys_of_section(
    found: dict[str, Any],
    part: int,
    forms: dict[str, list[Any]],
    fields: PlainFields,
    run: Run,
) -> dict[str, Any]:
    """Keys of a section, or of a text, and of its forms: the ``part``-th ones of the entry's."""
    made = {}
    for key, field, exact, complete in fields:
        parts = forms.get(field)
        value = found.get(field) if parts is None else parts[part]
        made[key] = value if type(value) is exact else complete(value, run)
    return made


def names_below(place: Place) -> set[str]:
    """The names of all fields that are selected below ``place``."""
    below = [node.selection_set for node in place.nodes if node.selection_set]
    return field_names(below, place.document.fragments)


def _plain(place: Place, selections: Selections) -> PlainFields | None:
    """What is selected of the object at ``place``, when it is only keys of its document."""
    kind = get_named_type(place.return_type)
    if not isinstance(kind, GraphQLObjectType):
        return None
    return selections.plain_fields(kind, place.nodes)


def _memo_of(place: Place, selections: Selections) -> MemoOf:
    """Where completed terms are remembered, by a run.

    What is plain is the same for every request that reads the same vocabulary, and for every
    place at which the same of it is selected.
    """
    plain = _plain(place, selections)
    if plain is None:
        return lambda run: run.memo.setdefault(place, {})
    selected = tuple((field.key, field.name) for field in plain)
    shown = get_named_type(place.return_type).name, str(place.return_type), selected
    return lambda run: vocabulary(run.context).completed(shown)

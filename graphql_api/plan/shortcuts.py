"""Ways to a field's value that are shorter than its resolver, and lead to the same value.

Invariant: a shortcut returns what the resolver of the field returns; it only leaves out
copies, or remembers within one request what comes out the same again.
"""

from typing import Any

from graphql import FragmentDefinitionNode, GraphQLObjectType, get_named_type

from graphql_api.knowledge.kinds import KIND_OF_TYPE
from graphql_api.knowledge.sections import SECTION_TYPES
from graphql_api.knowledge.selection import selected_fields
from graphql_api.knowledge.vocabulary import vocabulary
from graphql_api.plan.entries.record import PlannedEntry
from graphql_api.plan.places import Place
from graphql_api.plan.running import Run
from graphql_api.plan.selection import PlainFields, Selections
from graphql_api.records import Part

# Fields of entries that lead to one term, and to several.
_TERM = {"technology": "technologyKey", "category": "categoryKey"}
_TERMS = {"topics": "topicKeys", "roles": "roleKeys"}
_SECTIONS = {kind._meta.name: name for name, kind in SECTION_TYPES.items()}
_FOLLOW_UP = SECTION_TYPES["FOLLOW_UP_QUESTIONS"]._meta.name
_CONNECTIONS = {f"{name}Connection" for name in (*KIND_OF_TYPE, "Entry")}


def shortcut(place: Place, complete: Any, selections: Selections) -> Any:
    """A getter for the field at ``place``, or None: then its resolver is asked."""
    parent, name = place.parent_type.name, place.name
    if parent in _CONNECTIONS and name == "nodes":
        return lambda page, run: complete(page.rows, run)
    if parent == _FOLLOW_UP and name == "questions" and not _leads_to_entries(place):
        return lambda section, run: complete(section["questions"], run)
    if parent not in KIND_OF_TYPE:
        return None
    if name in _TERM:
        return _term(_TERM[name], place, complete, _plain(place, selections))
    if name in _TERMS:
        return _terms(_TERMS[name], place, complete, _plain(place, selections))
    named = get_named_type(place.return_type)
    is_list = name == "additionalSections"
    if isinstance(named, GraphQLObjectType) and named.name in _SECTIONS and not is_list:
        whole = _section(_SECTIONS[named.name], place, complete)
        plain = _plain(place, selections)
        return whole if plain is None else _plain_section(_SECTIONS[named.name], plain, whole)
    return None


def _plain(place: Place, selections: Selections) -> PlainFields | None:
    """What is selected of the object at ``place``, when it is only keys of its document."""
    kind = get_named_type(place.return_type)
    if not isinstance(kind, GraphQLObjectType):
        return None
    return selections.plain_fields(kind, place.nodes)


def _leads_to_entries(place: Place) -> bool:
    """Whether anything below needs to know which entry it belongs to."""
    fragments: dict[str, FragmentDefinitionNode] = place.document.fragments
    waiting = [node.selection_set for node in place.nodes if node.selection_set]
    seen: set[str] = set()
    while waiting:
        for field in selected_fields(waiting.pop(), fragments, seen):
            if field.name.value == "answeredBy":
                return True
            if field.selection_set:
                waiting.append(field.selection_set)
    return False


def _remembered(place: Place, plain: PlainFields | None) -> Any:
    """Where completed terms are remembered, by a run.

    What is plain is the same for every request that reads the same vocabulary, and for every
    place at which the same of it is selected.
    """
    if plain is None:
        return lambda run: run.memo.setdefault(place, {})
    selected = tuple((field.key, field.name) for field in plain)
    shown = get_named_type(place.return_type).name, str(place.return_type), selected
    return lambda run: vocabulary(run.context).completed(shown)


def _term(key: str, place: Place, complete: Any, plain: PlainFields | None) -> Any:
    memo_of = _remembered(place, plain)

    def get(record: Any, run: Run) -> Any:
        value = record.get(key)
        if value is None:
            return complete(None, run)
        reading = record.batch.reading
        known = value, reading.locale, reading.falls_back
        memo = memo_of(run)
        found = memo.get(known)
        if found is None:
            term = vocabulary(run.context).term(value, reading)
            found = memo[known] = complete(term, run)
        return found

    return get


def _terms(key: str, place: Place, complete: Any, plain: PlainFields | None) -> Any:
    memo_of = _remembered(place, plain)

    def get(record: Any, run: Run) -> Any:
        keys = record.get(key) or ()
        reading = record.batch.reading
        known = tuple(keys), reading.locale, reading.falls_back
        memo = memo_of(run)
        found = memo.get(known)
        if found is None:
            terms = vocabulary(run.context)
            records = [one for value in keys if (one := terms.term(value, reading))]
            records.sort(key=lambda one: (one.term.position, one.get("name").casefold()))
            found = memo[known] = complete(records, run)
        return found

    return get


def _section(name: str, place: Place, complete: Any) -> Any:
    resolve: Any = place.resolve
    needs_entry = _leads_to_entries(place)

    def get(record: Any, run: Run) -> Any:
        if not isinstance(record, PlannedEntry):
            return complete(resolve(record, run.info(place)), run)
        section = record.section(name)
        return complete(Part(section, record) if section and needs_entry else section, run)

    return get


def _plain_section(name: str, fields: PlainFields, whole: Any) -> Any:
    def get(record: Any, run: Run) -> Any:
        if type(record) is not PlannedEntry:
            return whole(record, run)
        section = record.outline_of_section(name)
        if section is None or (part := section.get("part")) is None:
            return whole(record, run)
        forms = record.forms
        made = {}
        for key, field, exact, complete in fields:
            parts = forms.get(field)
            value = section.get(field) if parts is None else parts[part]
            made[key] = value if type(value) is exact else complete(value, run)
        return made

    return get

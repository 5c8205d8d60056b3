"""Ways to a field's value that are shorter than its resolver, and lead to the same value.

Invariant: a shortcut returns what the resolver of the field returns; it only leaves out
copies, or remembers within one request what comes out the same again.
"""

from graphql import GraphQLObjectType, get_named_type

from graphql_api.knowledge.blocks import RichText
from graphql_api.knowledge.kinds import KIND_OF_TYPE
from graphql_api.knowledge.sections import SECTION_TYPES
from graphql_api.knowledge.selection import COUNTS
from graphql_api.plan.entries import fields
from graphql_api.plan.entries.shaping import shape
from graphql_api.plan.places import Place
from graphql_api.plan.selection import Getter, Selections, is_document_key

# Fields of entries that lead to one term, and to several.
_TERM = {"technology": "technologyKey", "category": "categoryKey"}
_TERMS = {"topics": "topicKeys", "roles": "roleKeys"}
_SECTIONS = {kind._meta.name: name for name, kind in SECTION_TYPES.items()}
_FOLLOW_UP = SECTION_TYPES["FOLLOW_UP_QUESTIONS"]._meta.name
_RICH_TEXT = RichText._meta.name
_CONNECTIONS = {f"{name}Connection" for name in (*KIND_OF_TYPE, "Entry")}


def shortcut(place: Place, selections: Selections) -> Getter | None:
    """A getter for the field at ``place``, or None: then its resolver is asked."""
    parent, name = place.parent_type.name, place.name
    if parent in KIND_OF_TYPE:
        return _of_entry(place, selections)
    if parent in _CONNECTIONS and name == "nodes":
        return _nodes(place, selections)
    if parent in _CONNECTIONS and name == "totalCount":
        complete = selections.completer_at(place)
        return lambda page, run: complete(page.total_count, run)
    if parent == _FOLLOW_UP and name == "questions":
        return _follow_up(place, selections)
    return None


def _of_entry(place: Place, selections: Selections) -> Getter | None:
    name = place.name
    if name in _TERM:
        return fields.term(_TERM[name], place, selections)
    if name in _TERMS:
        return fields.terms(_TERMS[name], place, selections)
    if name in COUNTS:
        return fields.count(place, selections)
    named = get_named_type(place.return_type)
    if not isinstance(named, GraphQLObjectType):
        return None
    if named.name == _RICH_TEXT and is_document_key(place.resolve):
        return fields.rich_text(place, selections)
    if named.name in _SECTIONS and name != "additionalSections":
        return fields.section(_SECTIONS[named.name], place, selections)
    return None


def _nodes(place: Place, selections: Selections) -> Getter:
    kind = get_named_type(place.return_type)
    # Lists of entries and their items are never null; of all kinds they are shown one by one.
    if isinstance(kind, GraphQLObjectType) and kind.is_type_of is None:
        shown = shape(selections.fields(kind, place.nodes))
        return lambda page, run: shown(page.rows, run)
    complete = selections.completer_at(place)
    return lambda page, run: complete(page.rows, run)


def _follow_up(place: Place, selections: Selections) -> Getter | None:
    if "answeredBy" in fields.names_below(place):
        return None
    complete = selections.completer_at(place)
    return lambda section, run: complete(section["questions"], run)

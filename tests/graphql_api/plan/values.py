"""Values for arguments: such as mean something in the archive, and such as mean nothing.

Invariant: a value always fits the type it is made for; whether it is sensible is left to
chance.
"""

from collections.abc import Callable, Sequence
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    is_required_input_field,
)
from hypothesis import strategies as st

from tests.graphql_api.plan.world import LISTS, VOCABULARIES, Known

MAX_NESTING = 3
NONSENSE = ["", " ", "nothing", "a\x00b", "%", "_", "';--", "\u202e", "😀", "İ", "ß", "x" * 300]
LOCALES = [*["en", "de", "de"] * 8, "tlh", "", "EN"]
MOMENTS = ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z", "2026-01-31T10:30:00+05:30"]
BROKEN_CURSORS = ["", "====", "é", "WyJub3RoaW5nIl0", "W10", "bnVsbA", "x" * 2_100]
BROKEN_IDS = ["", "1", "é", "SW50ZXJ2aWV3UXVlc3Rpb246MA", "Tm90aGluZzox", "x" * 400]
RANGES = [0, 1, 2, 3, 5, 7, 10, 11, 40, -1, 2**31 - 1, -(2**31)]
SIZES = [0, 1, 2, 3, 4, 5, 7, 100]
WRONG_SIZES = [-1, 101, 2**31 - 1]
PAGES = [1, 1, 2, 3, 9, 2, 3, 4, 1, 1, 2, 3, 0, -1, 5_000, 2**31 - 1]


class Enum(str):
    """The name of an enum's value: without quotes in a document, with them in JSON."""


class Variable(str):
    """The name of a variable that stands in the place of a value."""


class Chooser:
    """Choices that hypothesis makes, and can make smaller."""

    def __init__(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        self._draw = draw

    def number(self, least: int, most: int) -> int:
        """A number, both ends included."""
        return self._draw(st.integers(least, most)) if least < most else least

    def chance(self, percent: int) -> bool:
        """True in so many of a hundred cases, False in the smallest example."""
        return self.number(0, 99) >= 100 - percent

    def one_of(self, options: Sequence[Any]) -> Any:
        """One of them, the first in the smallest example."""
        return options[self.number(0, len(options) - 1)]


class Values:
    """Makes values for the arguments of one operation."""

    def __init__(self, chooser: Chooser, known: Known) -> None:
        self.choose = chooser
        self.known = known
        known_or = self._known_or
        self._texts: dict[str, Callable[[], str]] = {
            "code": lambda: self._cased(known_or(known.codes)),
            "slug": lambda: known_or(known.slugs),
            "technology": lambda: known_or(known.terms),
            "category": lambda: known_or(known.terms),
            "topic": lambda: known_or(known.terms),
            "role": lambda: known_or(known.terms),
            "owasp": lambda: self._cased(known_or(known.facets)),
            "cwe": lambda: self._cased(known_or(known.facets)),
            "attack": lambda: self._cased(known_or(known.facets)),
            "locale": lambda: chooser.one_of(LOCALES),
            "path": lambda: known_or(known.paths),
            "parentPath": lambda: known_or(known.paths),
            "query": lambda: known_or(known.words),
            "trace": lambda: known_or(known.words),
            "menu": lambda: chooser.one_of(["main", "footer", "nothing", ""]),
        }

    def of(self, kind: GraphQLInputType, name: str, root: str = "", depth: int = 0) -> Any:
        """A value of the type for the argument or input field ``name`` of ``root``."""
        if isinstance(kind, GraphQLNonNull):
            return self._not_null(kind.of_type, name, root, depth)
        if self.choose.chance(6):
            return None
        return self._not_null(kind, name, root, depth)

    def _not_null(self, kind: GraphQLInputType, name: str, root: str, depth: int) -> Any:
        if isinstance(kind, GraphQLList):
            length = self.choose.one_of([1, 2, 0, 3])
            return [self.of(kind.of_type, name, root, depth) for _ in range(length)]
        if isinstance(kind, GraphQLEnumType):
            return Enum(self.choose.one_of(list(kind.values)))
        if isinstance(kind, GraphQLInputObjectType):
            return self._object(kind, name, root, depth)
        return self._scalar(kind.name, name, root)

    def _object(
        self, kind: GraphQLInputObjectType, name: str, root: str, depth: int
    ) -> dict[str, Any]:
        combined = {"and", "or", "not"} & set(kind.fields)
        fields = [one for one in kind.fields if one not in combined]
        if depth < MAX_NESTING:
            # As many as the conditions they combine would bury them among those.
            fields += sorted(combined) * 2
        wanted = {self.choose.one_of(fields) for _ in range(self.choose.one_of([1, 2, 1, 0, 3]))}
        wanted |= {one for one, field in kind.fields.items() if is_required_input_field(field)}
        return {
            # eq, in, gte … say nothing of what they compare: the field around them does.
            one: self.of(field.type, one if combined else name, root, depth + bool(combined))
            for one, field in kind.fields.items()
            if one in wanted
        }

    def _scalar(self, kind: str, name: str, root: str) -> Any:
        match kind:
            case "Int":
                return self._number(name)
            case "Float":
                return self.choose.one_of([0.5, 0.0, -1.5, 3.0])
            case "Boolean":
                return bool(self.choose.number(0, 1))
            case "ID":
                return self._id(root)
            case "DateTime":
                return self.choose.one_of([*self.known.moments, *MOMENTS])
        if name in ("after", "before"):
            return self.cursor(root)[1]
        if name == "slug" and root not in LISTS and root in VOCABULARIES:
            return self._known_or(self.known.terms)
        if name == "slug" and root in ("technology", "category", "topic", "role", "domain"):
            return self._known_or(self.known.terms)
        make = self._texts.get(name)
        return make() if make else self.choose.one_of(NONSENSE)

    def _id(self, root: str) -> str:
        if self.choose.chance(6):
            return self.choose.one_of(BROKEN_IDS)
        own = self.known.ids.get(root[:1].upper() + root[1:])
        if own and not self.choose.chance(6):
            return self.choose.one_of(own)
        return self.choose.one_of([one for ids in self.known.ids.values() for one in ids])

    def _number(self, name: str) -> int:
        if name in ("first", "last", "perPage"):
            return self.choose.one_of(WRONG_SIZES if self.choose.chance(3) else SIZES)
        if name == "page":
            return self.choose.one_of(PAGES)
        return self.choose.one_of(RANGES)

    def cursor(self, root: str) -> tuple[str | None, str]:
        """An order and a cursor of ``root``; now and then of another list, or broken."""
        if self.choose.chance(4):
            return None, self.choose.one_of(BROKEN_CURSORS)
        name = root if root in self.known.cursors and not self.choose.chance(2) else "entries"
        return self.choose.one_of(self.known.cursors[name])

    def _known_or(self, known: list[str]) -> str:
        return self.choose.one_of(NONSENSE if self.choose.chance(12) else known)

    def _cased(self, text: str) -> str:
        return self.choose.one_of([text, text.lower(), text.lower(), text.upper()])

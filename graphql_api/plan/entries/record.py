"""An entry of which only the columns that will be shown were fetched.

Invariant: to resolvers it is an ``EntryRecord``: a value that needs a column that was not
fetched is had by loading the body of the whole batch, as for any other record.
"""

from typing import Any

import orjson

from cms.publishing.parts import Parts
from graphql_api.plan.entries.columns import Columns
from graphql_api.records import EntryRecord
from knowledge.counters.reading import Counts

_KEYS = {
    "html_parts": "html",
    "markdown_parts": "markdown",
    "text_parts": "text",
    "block_parts": "blocks",
}


_NO_TEXTS = (None,) * len(Parts._fields)


class PlannedEntry(EntryRecord):
    """``row``: the card, the columns of ``columns.body``, then the counts if there are any.

    ``forms`` are there once the outline was read.
    """

    __slots__ = ("_columns", "_outline", "_row", "forms")

    def __init__(self, row: tuple[Any, ...], columns: Columns) -> None:
        card = self._card = orjson.loads(row[0])
        self.pk = card["id"]
        self.key = card["key"]
        self._body = None
        self._row = row
        self._columns = columns
        self._outline: dict[str, Any] | None = None
        self._body_texts: tuple[Any, ...] = _NO_TEXTS
        if columns.has_whole_body:
            self._body_texts = row[1 : len(columns.body) + 1]
        self.counts = None
        if columns.has_counts:
            # What is not shown is not asked for either.
            views = row[len(columns.body) + 1] if columns.views else 0
            self.counts = Counts(views, int(row[columns.width - 1]) if columns.uses else 0)

    @property
    def card(self) -> dict[str, Any]:
        return self._card  # type: ignore[return-value]

    @property
    def outline(self) -> dict[str, Any] | None:
        """The body without its forms; None when it was not fetched."""
        if self._outline is None and self._columns.body and self._row[1] is not None:
            self._outline = orjson.loads(self._row[1])
            # The forms that were fetched, by the key they have in a document: all parts in order.
            self.forms: dict[str, list[Any]] = {}
            for place, name in enumerate(self._columns.body[1:], start=2):
                self.forms[_KEYS[name]] = orjson.loads(self._row[place])
        return self._outline

    def get(self, name: str) -> Any:
        card = self._card
        if name in card:  # type: ignore[operator]
            return card[name]  # type: ignore[index]
        outline = self.outline
        if outline is None:
            return self.body.get(name)
        return self._filled(outline.get(name))

    def section(self, name: str) -> dict[str, Any] | None:
        """The first section called ``name``, with the forms that were fetched."""
        if self.outline is None:
            return next((one for one in self.body["sections"] if one["name"] == name), None)
        one = self.outline_of_section(name)
        if one is None:
            return None
        # The forms of a section are its only ones: what else it holds has no part.
        part = one.get("part")
        if part is None:
            return self._filled(one)
        return {**one, **{form: parts[part] for form, parts in self.forms.items()}}

    def outline_of_section(self, name: str) -> dict[str, Any] | None:
        """The first section called ``name`` without its forms; None when there is none."""
        outline = self.outline
        for one in outline["sections"] if outline else ():
            if one["name"] == name:
                return one
        return None

    def _filled(self, value: Any) -> Any:
        """``value`` of the outline with the forms that were fetched put in."""
        if isinstance(value, dict):
            filled: dict[str, Any] = {}
            for key, one in value.items():
                if key == "part":
                    for form, parts in self.forms.items():
                        # A part without blocks has none, and not an empty list of them.
                        if parts[one] is not None:
                            filled[form] = parts[one]
                else:
                    filled[key] = self._filled(one) if type(one) in (dict, list) else one
            return filled
        if isinstance(value, list):
            return [self._filled(one) if type(one) in (dict, list) else one for one in value]
        return value

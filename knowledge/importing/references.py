"""Entries that a record points at.

Invariant: a reference is to an entry that exists. One to a record that is still to come
in the same import makes the record wait; one to nothing at all is a mistake in the record.
"""

from collections.abc import Iterable

from knowledge.importing.records import Record
from knowledge.models import Entry, ImportedRecord


class References:
    """Finds entries by code or by source id; remembers whether anything has to wait."""

    def __init__(self, records: Iterable[Record], default_locale: str) -> None:
        self.expected_codes: set[str] = set()
        self.expected_ids: set[str] = set()
        for record in records:
            self.expected_ids.add(record.source_id)
            if record.code:
                self.expected_codes.add(record.code)
        self.default_locale = default_locale
        self.waiting: list[str] = []
        self._by_code: dict[str, dict[str, int]] = {}
        self._fresh: list[str] = []

    def start(self) -> None:
        """A new record begins; nothing waits yet."""
        self.waiting = []

    def forget_new(self) -> None:
        """What was looked up since ``keep_new`` may have been rolled back."""
        for code in self._fresh:
            self._by_code.pop(code, None)
        self._fresh.clear()

    def forget_all(self) -> None:
        """Everything since the beginning was rolled back."""
        self._by_code.clear()
        self._fresh.clear()

    def keep_new(self) -> None:
        """What was looked up is committed."""
        self._fresh.clear()

    def added(self, code: str) -> None:
        """An entry with ``code`` was saved, perhaps in another language."""
        self._by_code.pop(code, None)

    def by_code(self, code: str, locale: str) -> int | None:
        """The id of the entry with ``code``, in ``locale`` if there is one.

        None when it is not there; ``waiting`` then names it if it is still to come.
        Raises KeyError when nothing will ever have the code.
        """
        code = code.strip().upper()
        rows = self._by_code.get(code)
        if rows is None:
            rows = dict(Entry.objects.filter(code=code).values_list("locale__language_code", "pk"))
            if rows:
                self._by_code[code] = rows
                self._fresh.append(code)
        if rows:
            return rows.get(locale) or rows.get(self.default_locale) or min(rows.values())
        if code not in self.expected_codes:
            raise KeyError(code)
        self.waiting.append(code)
        return None

    def by_source_id(self, source: str, source_id: str, locale: str) -> int | None:
        """The id of the entry that came from a record of the same source; else as ``by_code``."""
        found = dict(
            ImportedRecord.objects.filter(source=source, source_id=source_id).values_list(
                "locale", "entry_id"
            )
        )
        if found:
            return found.get(locale) or min(found.values())
        if source_id not in self.expected_ids:
            raise KeyError(source_id)
        self.waiting.append(source_id)
        return None

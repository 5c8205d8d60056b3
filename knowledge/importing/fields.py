"""Reading the values of one record.

Invariant: a value of the wrong form is noted under its field and reading goes on, so a
rejected row names everything that is wrong with it at once.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, time
from typing import Any
from urllib.parse import urljoin, urlsplit

from knowledge.importing.records import RecordError

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}


class RecordFields:
    """The values of a record, with what was asked for and what was wrong."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = values
        self.asked: set[str] = set()
        self.errors: dict[str, list[str]] = {}

    def has(self, *names: str) -> bool:
        """True when the record says anything under one of ``names``, were it "nothing"."""
        self.asked.update(names)
        return any(name in self.values for name in names)

    def get(self, name: str) -> Any:
        """The raw value; None when it is absent or empty text."""
        self.asked.add(name)
        value = self.values.get(name)
        return None if isinstance(value, str) and not value.strip() else value

    def wrong(self, name: str, sentence: str) -> None:
        """Note what is wrong with a field."""
        self.errors.setdefault(name, []).append(sentence)

    def check(self) -> None:
        """Raise ``RecordError`` when anything was wrong."""
        if self.errors:
            raise RecordError(self.errors)

    def unused(self) -> set[str]:
        """The names that hold something nobody asked for."""
        return {
            name
            for name, value in self.values.items()
            if name not in self.asked and value not in (None, "", [], {})
        }

    def raw_text(self, name: str) -> str:
        """Text byte for byte; numbers as they are written."""
        value = self.get(name)
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            self.wrong(name, "Must be text.")
            return ""
        return str(value)

    def text(self, name: str) -> str:
        """Text on one line."""
        return " ".join(self.raw_text(name).split())

    def integer(self, name: str) -> int | None:
        """A whole number, also when written as text."""
        value = self.get(name)
        if value is None:
            return None
        try:
            if isinstance(value, bool) or (isinstance(value, float) and not value.is_integer()):
                raise ValueError
            return int(value)
        except (TypeError, ValueError):
            self.wrong(name, f"Must be a whole number, not {shown(value)}.")
            return None

    def boolean(self, name: str) -> bool:
        """A truth value, also when written as yes or no."""
        value = self.get(name)
        if value is None or isinstance(value, bool):
            return bool(value)
        word = str(value).strip().lower()
        if word not in _TRUE | _FALSE:
            self.wrong(name, f"Must be true or false, not {shown(value)}.")
        return word in _TRUE

    def choice(self, name: str, allowed: Iterable[str], synonyms: Mapping[str, str]) -> str:
        """One of ``allowed``, found by value or synonym; "" when the record says nothing."""
        value = self.text(name)
        if not value:
            return ""
        known = {one.casefold().replace("_", " "): one for one in allowed} | dict(synonyms)
        words = value.casefold().replace("_", " ").replace("-", " ")
        # "Senior developer" and "beginner to advanced": the first word that says something.
        found = next((known[word] for word in (words, *words.split()) if word in known), None)
        if found is None:
            choices = ", ".join(one.lower() for one in allowed)
            self.wrong(name, f"{shown(value)} is not one of {choices}.")
            return ""
        return found

    def texts(self, name: str) -> list[str]:
        """A list of non-empty texts; a single text counts as a list of one."""
        value = self.get(name)
        if value is None:
            return []
        items = value if isinstance(value, list) else [value]
        if not all(isinstance(item, (str, int, float)) for item in items):
            self.wrong(name, "Must be a list of texts.")
            return []
        return [str(item) for item in items if str(item).strip()]

    def items(self, name: str, text_key: str) -> list["RecordFields"]:
        """A list of mappings, each to be read in turn; a bare text stands for ``text_key``."""
        value = self.get(name)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(one, (dict, str)) for one in value):
            self.wrong(name, "Must be a list.")
            return []
        return [
            RecordFields(one if isinstance(one, dict) else {text_key: one}) for one in value if one
        ]

    def absorb(self, name: str, items: Iterable["RecordFields"]) -> None:
        """Note the mistakes found inside a list under the list's name, with the position."""
        for position, item in enumerate(items, start=1):
            for key, sentences in item.errors.items():
                for sentence in sentences:
                    self.wrong(name, f"Item {position}, {key}: {sentence}")

    def moment(self, name: str) -> datetime | None:
        """A date or a date with time; without a zone it is UTC."""
        value = self.get(name)
        if isinstance(value, str):
            with suppress(ValueError):
                value = datetime.fromisoformat(value.strip())
        if isinstance(value, datetime):
            return value if value.tzinfo else value.replace(tzinfo=UTC)
        if isinstance(value, date):
            return datetime.combine(value, time(), tzinfo=UTC)
        if value is not None:
            self.wrong(name, f"Must be a date like 2026-01-31, not {shown(value)}.")
        return None


def shown(value: Any) -> str:
    """A value as an error message shows it: short, on one line."""
    text = " ".join(str(value).split())
    return f"“{text[:60]}{'…' if len(text) > 60 else ''}”"


def absolute_url(target: str, start: str) -> str:
    """``target`` as a web address, resolved against ``start``; "" when it is none."""
    try:
        joined = target.strip()
        if start and not urlsplit(joined).scheme:
            joined = urljoin(start, joined)
        parts = urlsplit(joined)
    except ValueError:
        return ""
    return joined.replace(" ", "%20") if parts.scheme in ("http", "https") and parts.netloc else ""

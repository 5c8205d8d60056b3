"""A record as it was read, before it becomes an entry.

Invariant: its digest depends on its content alone, not on the file, the order of its
keys or the day it is read.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any
from uuid import UUID, uuid5

import orjson

from knowledge.kinds import Kind
from knowledge.models.codes import CODE_PATTERN

NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
NAMESPACE = UUID("6f0a5f1e-5d6b-5c0e-9b1a-6c616d706c69")


class RecordError(Exception):
    """A record that cannot come in; ``reasons`` maps field names to sentences."""

    def __init__(self, reasons: Mapping[str, list[str]]) -> None:
        super().__init__("; ".join(text for texts in reasons.values() for text in texts))
        self.reasons = {name: list(texts) for name, texts in reasons.items()}


@dataclass(frozen=True)
class Record:
    """One record of a source. ``origin`` is where it was read: ``file:line``.

    ``own`` marks the site's own content: it is delivered without provenance and
    must be as complete as what editors write.
    """

    kind: str
    source: str
    source_id: str
    locale: str
    values: Mapping[str, Any]
    origin: str
    own: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it the same record when it comes again."""
        return (self.source, self.source_id, self.locale)

    @property
    def code(self) -> str:
        """The code the record asks for, or nothing.

        Some sources keep the program of a snippet under the same name.
        """
        text = str(self.values.get("code") or "").strip()
        if self.kind == Kind.CODE_SNIPPET and not CODE_PATTERN.match(text):
            return ""
        return text.upper()

    @property
    def translation_key(self) -> UUID:
        """The same for every language and every import of the record."""
        return uuid5(NAMESPACE, f"{self.source}\n{self.source_id}")

    @cached_property
    def digest(self) -> str:
        """32 hexadecimal digits. Raises ``RecordError`` for text no database can hold."""
        try:
            data = orjson.dumps(
                [self.kind, self.own, self.values],
                option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS,
            )
        except TypeError:
            raise RecordError(
                {"record": ["It holds characters that are not valid Unicode."]}
            ) from None
        # NUL is written as an escape; the same letters in a text come with another backslash.
        if NUL.search(data):
            raise RecordError({"record": ["It holds a NUL character."]})
        return blake2b(data, digest_size=16).hexdigest()


@dataclass(frozen=True)
class Rejection:
    """A row that did not come in, and why: field → sentences."""

    origin: str
    source_id: str
    reasons: Mapping[str, list[str]]

    def __str__(self) -> str:
        why = " ".join(
            f"{name}: {' '.join(texts)}" if name != "record" else " ".join(texts)
            for name, texts in self.reasons.items()
        )
        return f"{self.origin}  {self.source_id or '(no id)'}  {why}"

"""The operations of our own front ends: the only ones answered where that is required.

Invariant: the list is what the files say at the start of the process; no client adds to it.
"""

import hashlib
from functools import lru_cache
from pathlib import Path

from graphql import parse, print_ast

from cms.configured import configured


def required() -> bool:
    """Whether any other operation is refused."""
    return configured.GRAPHQL_TRUSTED_DOCUMENTS_ONLY


def text_of(digest: str) -> str | None:
    """The listed text whose SHA-256 is ``digest``."""
    return _texts(configured.GRAPHQL_TRUSTED_DOCUMENTS).get(digest)


def is_trusted(text: str) -> bool:
    """Whether ``text`` is on the list, in the spelling of its file or as printers write it."""
    return hashlib.sha256(text.encode()).hexdigest() in _texts(configured.GRAPHQL_TRUSTED_DOCUMENTS)


def texts() -> list[str]:
    """Every listed text, in all its spellings."""
    return list(_texts(configured.GRAPHQL_TRUSTED_DOCUMENTS).values())


@lru_cache(maxsize=4)
def _texts(folder: str) -> dict[str, str]:
    found = {}
    for file in sorted(Path(folder).glob("*.graphql")):
        text = file.read_text(encoding="utf-8")
        # Build tools send what graphql-js prints of the file.
        for spelling in (text, text.strip(), print_ast(parse(text))):
            found[hashlib.sha256(spelling.encode()).hexdigest()] = spelling
    return found

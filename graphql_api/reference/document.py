"""docs/graphql-api.md: prose by people around parts that are generated.

Invariant: a generated part stands between two marks and is replaced whole; what people
wrote is never touched, and no part is missing.
"""

import re
from collections.abc import Callable
from pathlib import Path

from graphql_api.reference import errors, examples, fields, settings
from graphql_api.schema import printed_schema

REPOSITORY = Path(__file__).resolve().parents[2]
DOCUMENT = REPOSITORY / "docs" / "graphql-api.md"

PARTS: dict[str, Callable[[], str]] = {
    "queries": lambda: fields.root_fields(printed_schema(), "Query"),
    "mutations": lambda: fields.root_fields(printed_schema(), "Mutation"),
    "inputs": lambda: fields.inputs(printed_schema()),
    "error codes": errors.request_codes,
    "user error codes": lambda: errors.user_codes(printed_schema()),
    "settings": settings.table,
    "examples": examples.listings,
}
_PART = re.compile(
    r"(?P<begin><!-- (?P<name>[a-z ]+): begin -->\n).*?(?P<end><!-- (?P=name): end -->)", re.S
)


class MarksMissing(Exception):
    """The document lacks the marks of a part, or has marks of a part that there is not."""


def renewed(text: str) -> str:
    """The document with every generated part as the code has it now; raises ``MarksMissing``."""
    names = [match["name"] for match in _PART.finditer(text)]
    if sorted(names) != sorted(PARTS):
        wrong = sorted(set(names) ^ set(PARTS)) or sorted(names)
        raise MarksMissing(f"Each part needs its marks once; look at: {', '.join(wrong)}.")
    return _PART.sub(
        lambda match: f"{match['begin']}{PARTS[match['name']]()}\n{match['end']}", text
    )

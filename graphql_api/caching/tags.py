"""Names for what an answer shows: the surrogate keys of CDNs, and our own invalidation.

Invariant: whatever can change an answer has a tag on it. A list shows entries that are
not in it yet, so a list is tagged with its kind as well as with its entries.
"""

from collections.abc import Iterable

# Terms, settings, pages, files: few, and changed seldom.
SURROUNDINGS = "site"
# Cloudflare and Fastly take 16 KB of tags; more of them would be cut, and an answer
# whose tags were cut could not be purged. One tag for everything stands for too many.
MAX_HEADER_LENGTH = 8_000
EVERYTHING = "all"


def entry(object_id: int) -> str:
    """The tag of one entry in one language."""
    return f"e{object_id}"


def kind(name: str) -> str:
    """The tag of every list of a kind."""
    return name.lower().replace("_", "-")


def header(tags: Iterable[str]) -> str:
    """The value of a ``Cache-Tag`` header."""
    value = ",".join([EVERYTHING, *sorted(tags)])
    return value if len(value) <= MAX_HEADER_LENGTH else EVERYTHING

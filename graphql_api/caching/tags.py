"""Names for what an answer shows: the surrogate keys of CDNs, and our own invalidation.

Invariant: whatever an event of the log can change in an answer has a tag on it: each
entry it shows, each translation set it looked for (a translation may come), each kind it
lists or counts. Terms, pages, files and settings have none: they change seldom, and a
change of theirs forgets every answer.
"""

from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.conf import settings

from cms.publishing.reads import watched_reads
from knowledge.kinds import Kind

# Cloudflare and Fastly take 16 KB of tags; more of them would be cut, and an answer
# whose tags were cut could not be purged. One tag for everything stands for too many.
MAX_HEADER_LENGTH = 8_000
EVERYTHING = "all"
_SEPARATORS = {"Cache-Tag": ",", "Surrogate-Key": " "}

# Root fields that read entries through ``visible()`` alone, which is watched: what they do
# not name counts as everything. Any other root field is taken to rest on all entries from
# the start, so that a new one is right before it is fast.
NAMED_ROOTS = frozenset(
    {
        "__schema", "__type", "__typename", "node", "nodes", "entry", "entries",
        "interviewQuestion", "interviewQuestions", "debugEntry", "debugEntries",
        "codeSnippet", "codeSnippets", "systemDesignNote", "systemDesignNotes",
        "learningPath", "learningPaths", "securityTopic", "securityTopics",
        "technology", "technologies", "category", "categories", "topic", "topics",
        "role", "roles", "domain", "domains",
        "page", "pages", "navigation", "redirect", "hub",
        "image", "images", "document", "documents",
    }
)  # fmt: skip


@dataclass(slots=True)
class Tags:
    """The tags of one answer. ``has_counts``: it shows numbers that change by themselves.

    ``entries`` are numbers until somebody asks for the tags: most answers are read by nobody
    who does.
    """

    others: set[str] = field(default_factory=set)
    entries: set[int] = field(default_factory=set)
    has_counts: bool = False

    @property
    def found(self) -> set[str]:
        """All tags."""
        return self.others.union(map(entry, self.entries))


_current: ContextVar[Tags | None] = ContextVar("lamplight_tags", default=None)


class collected:
    """Collect the tags of what the block reads.

    A class, because a generator's frame would cost every request more than what it does.
    """

    __slots__ = ("_into", "_reads", "_token")

    def __init__(self, into: Tags) -> None:
        self._into = into
        self._reads = watched_reads()

    def __enter__(self) -> None:
        self._token = _current.set(self._into)
        self._reads.__enter__()

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._reads.__exit__()
        if kind is None and self._reads.unnamed:
            note_kinds()
        _current.reset(self._token)


def note_root(name: str) -> None:
    """A root field is being resolved."""
    if name not in NAMED_ROOTS:
        note_kinds()


def note_entries(pks: Iterable[int]) -> None:
    """These entries are shown, or would be if they were published."""
    tags = _current.get()
    if tags is not None:
        tags.entries.update(pks)


def note_sets(keys: Iterable[str]) -> None:
    """These translation sets were looked for, whatever was found of them."""
    tags = _current.get()
    if tags is not None:
        tags.others.update(map(translation_set, keys))


def note_kinds(*names: str) -> None:
    """Entries of these kinds were listed, counted or missed; without a name, of every kind."""
    tags = _current.get()
    if tags is not None:
        tags.others.update([kind(name) for name in names or Kind.values])


def note_counts() -> None:
    """Numbers are shown that no event announces."""
    tags = _current.get()
    if tags is not None:
        tags.has_counts = True


def entry(object_id: int) -> str:
    """The tag of one entry in one language."""
    return f"e{object_id}"


def translation_set(key: str) -> str:
    """The tag of an entry in whatever language; ``key`` is its translation key in hex."""
    return f"s{key}"


def kind(name: str) -> str:
    """The tag of every list of a kind."""
    return name.lower().replace("_", "-")


def header(tags: Iterable[str]) -> dict[str, str]:
    """The header that tells a CDN the tags, as GRAPHQL_TAG_HEADER names it."""
    name = settings.GRAPHQL_TAG_HEADER
    value = _SEPARATORS[name].join([EVERYTHING, *sorted(tags)])
    return {name: value if len(value) <= MAX_HEADER_LENGTH else EVERYTHING}

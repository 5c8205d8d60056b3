"""Made content, the same in every run: 3,500 published questions and 100 drafts, 1,200 debug
entries, 800 snippets, 18 technologies and 8 categories.

Invariant: every text is one plain paragraph without markup, so all its forms hold the same
words; orders that the queries ask for have no ties.
"""

from random import Random
from typing import Any

from benchmarks.records import Content, Row

SEED = 74_025
PUBLISHED_QUESTIONS, DRAFTS, DEBUG_ENTRIES, SNIPPETS = 3_500, 100, 1_200, 800

# Invented, but for the words that answers are made of.
TECHNOLOGIES = (
    "Alder", "Basalt", "Cobalt", "Dune", "Ember", "Fjord", "Garnet", "Harbor", "Iris",
    "Juniper", "Kestrel", "Lagoon", "Marble", "Nectar", "Onyx", "Pebble", "Quartz", "Raven",
)  # fmt: skip
CATEGORIES = (
    "Language", "Storage", "Messaging", "Delivery", "Reliability", "Protection", "Tooling",
    "Design",
)  # fmt: skip
# Level: the part of the code, and the difficulties it is asked at.
LEVELS = {
    "junior": ("JR", 1, 4),
    "mid": ("MID", 3, 7),
    "senior": ("SR", 5, 9),
    "architect": ("AR", 7, 10),
}
ERROR_KINDS = ("runtime", "type", "import", "network", "configuration", "build")
SNIPPET_KINDS = ("pattern", "utility", "query", "script", "test")
LANGUAGES = ("python", "typescript", "sql", "bash", "yaml", "go")
# What questions are about; the terms of the searches.
TOPICS = (
    "backpressure", "checkpoint recovery", "clock skew", "cold start", "column pruning",
    "consistent hashing", "copy on write", "dead letter", "double booking", "eager loading",
    "fan out", "feature toggle", "graceful shutdown", "hot partition", "idle timeout",
    "idempotency key", "index bloat", "lease renewal", "lock ordering", "log compaction",
    "memory mapping", "message replay", "nightly rollup", "optimistic retry", "page splitting",
    "plan caching", "quorum reads", "rate shaping", "schema drift", "secret rotation",
    "shadow traffic", "snapshot isolation", "stale reads", "tail sampling", "thundering herd",
    "token refresh", "two phase commit", "vector clocks", "warm standby", "write skew",
)  # fmt: skip
THINGS = (
    "acknowledgement", "adapter", "archive", "balancer", "bucket", "catalogue", "channel",
    "collector", "compiler", "consumer", "controller", "cursor", "dashboard", "deadline",
    "decoder", "directory", "dispatcher", "endpoint", "envelope", "exporter", "federation",
    "fixture", "follower", "gateway", "handshake", "heartbeat", "importer", "interpreter",
    "journal", "ledger", "listener", "mailbox", "manifest", "mirror", "namespace", "observer",
    "operator", "planner", "producer", "proxy", "quota", "receiver", "region", "resolver",
    "router", "runtime", "sandbox", "scheduler", "sequence", "shard", "socket", "supervisor",
    "tablespace", "template", "tenant", "timer", "tracer", "validator", "warehouse", "watcher",
)  # fmt: skip
QUALITIES = (
    "abandoned", "ambiguous", "bursty", "compact", "crowded", "delayed", "dense", "detached",
    "duplicate", "empty", "exclusive", "fragile", "frozen", "greedy", "immutable", "inherited",
    "late", "layered", "loaded", "narrow", "nightly", "opaque", "ordered", "orphaned",
    "portable", "redundant", "reversible", "sparse", "tentative", "unsigned", "verbose", "wide",
)  # fmt: skip
ACTIONS = (
    "absorbs", "announces", "batches", "blames", "bypasses", "claims", "copies", "counts",
    "delays", "deletes", "discovers", "duplicates", "exhausts", "forwards", "guards", "hides",
    "ignores", "inherits", "interrupts", "locks", "mirrors", "moves", "notifies", "outlives",
    "overtakes", "polls", "rebuilds", "refuses", "renames", "repeats", "resumes", "shadows",
    "splits", "starves", "verifies", "wakes",
)  # fmt: skip
LINKS = ("because", "until", "although", "whenever", "so that", "while", "after", "if")


class Writer:
    """Makes sentences from words, always the same ones."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - content, no secret

    def clause(self) -> str:
        """Eight words, such as ``the late proxy wakes the narrow shard``."""
        one = self.random.choice
        return (
            f"the {one(QUALITIES)} {one(THINGS)} {one(ACTIONS)} the {one(QUALITIES)} {one(THINGS)}"
        )

    def sentence(self, start: str = "") -> str:
        """Two clauses; ``start`` comes before the first."""
        text = f"{start}{self.clause()} {self.random.choice(LINKS)} {self.clause()}."
        return text[0].upper() + text[1:]

    def paragraph(self, length: int, topic: str = "") -> str:
        """Sentences of at least ``length`` characters together; the first names ``topic``."""
        sentences = [self.sentence(f"under {topic}, " if topic else "")]
        size = len(sentences[0])
        while size < length:
            sentences.append(self.sentence())
            size += len(sentences[-1]) + 1
        return " ".join(sentences)


def made_content() -> Content:
    """The whole content: rows by the names that ``benchmarks.records`` knows."""
    writer = Writer(SEED)
    return {
        "technologies": terms(TECHNOLOGIES),
        "categories": terms(CATEGORIES),
        "questions": questions(writer),
        "debug_entries": debug_entries(writer),
        "snippets": snippets(writer),
    }


def terms(names: tuple[str, ...]) -> list[Row]:
    """Numbered terms; a slug is the name in small letters."""
    return [{"number": n, "name": name, "slug": name.lower()} for n, name in enumerate(names, 1)]


def questions(writer: Writer) -> list[Row]:
    """Published ones first, then the drafts, evenly over technologies and levels."""
    random = writer.random
    given: dict[str, int] = {}
    rows: list[Row] = []
    for position in range(PUBLISHED_QUESTIONS + DRAFTS):
        technology = position % len(TECHNOLOGIES)
        level = tuple(LEVELS)[position // len(TECHNOLOGIES) % len(LEVELS)]
        part, easiest, hardest = LEVELS[level]
        prefix = f"{TECHNOLOGIES[technology].upper()}-{part}"
        given[prefix] = given.get(prefix, 0) + 1
        topic = random.choice(TOPICS)
        about = f"a {random.choice(QUALITIES)} {random.choice(THINGS)}"
        row: dict[str, Any] = {
            "number": position + 1,
            "code": f"{prefix}-{given[prefix]:03d}",
            "title": f"What does {topic} mean for {about} of {TECHNOLOGIES[technology]}?",
            "short_answer": writer.paragraph(210),
            "deep_dive": writer.paragraph(950, topic),
            "real_world": writer.paragraph(640),
            "common_mistakes": writer.paragraph(540),
            "production_scenario": writer.paragraph(540),
            "follow_up_questions": [f"What if {writer.clause()}?" for _ in range(4)],
            "technology": technology + 1,
            "category": random.randrange(len(CATEGORIES)) + 1,
            "level": level,
            "difficulty": random.randint(easiest, hardest),
            "status": "published" if position < PUBLISHED_QUESTIONS else "draft",
        }
        rows.append(row)
    return rows


def debug_entries(writer: Writer) -> list[Row]:
    """Each with its own number of views."""
    random = writer.random
    views = random.sample(range(50, 50 + 9 * DEBUG_ENTRIES), DEBUG_ENTRIES)
    rows: list[Row] = []
    for position, count in enumerate(views):
        technology = position % len(TECHNOLOGIES)
        topic = random.choice(TOPICS)
        name = topic.title().replace(" ", "") + random.choice(("Error", "Failure", "Refused"))
        line = f"{name}: {writer.clause()} (worker={random.randint(1, 99)})"
        rows.append(
            {
                "number": position + 1,
                "code": f"DBG-{position + 1:04d}",
                "title": f"{name} in {TECHNOLOGIES[technology]}: {writer.clause()}",
                "error_message": line,
                "technology": technology + 1,
                "kind": random.choice(ERROR_KINDS),
                "root_cause": writer.paragraph(420, topic),
                "fix": writer.paragraph(420),
                "views": count,
                "status": "published",
            }
        )
    return rows


def snippets(writer: Writer) -> list[Row]:
    """Programs that say nothing, of ten lines and more."""
    random = writer.random
    rows: list[Row] = []
    for position in range(SNIPPETS):
        lines = [
            f"{random.choice(THINGS)}_{n} = {random.choice(THINGS)}({random.randint(1, 999)})"
            for n in range(random.randint(10, 24))
        ]
        rows.append(
            {
                "number": position + 1,
                "code_id": f"SNP-{position + 1:04d}",
                "title": f"A {random.choice(QUALITIES)} {random.choice(THINGS)}, {position + 1}",
                "language": random.choice(LANGUAGES),
                "kind": random.choice(SNIPPET_KINDS),
                "description": writer.paragraph(160),
                "code": "\n".join(lines),
                "status": "published",
            }
        )
    return rows

"""Generated entries and questions for measuring speed: as many as wanted, always the same.

Invariant: words are as frequent as in the demonstration content, and the vocabulary grows
with the archive, as names of functions and products do.
"""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path
from typing import Any
from uuid import UUID

from knowledge.kinds import Kind
from knowledge.models.published import PublishedEntry
from knowledge.search.analysis import is_stop_word, words

CONTENT = Path(__file__).resolve().parents[2] / "demo" / "content"
_MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
_KINDS = (
    (Kind.INTERVIEW_QUESTION, 45), (Kind.DEBUG_ENTRY, 25), (Kind.CODE_SNIPPET, 18),
    (Kind.SYSTEM_DESIGN_NOTE, 6), (Kind.SECURITY_TOPIC, 5), (Kind.LEARNING_PATH, 1),
)  # fmt: skip
_CLASSES = ("TypeError", "ValueError", "RuntimeError", "KeyError", "ConnectionError", "IOException")
_OWN_WORDS = 0.08


class Language:
    """Words drawn as often as the demonstration content uses them, and invented names."""

    def __init__(self, seed: int) -> None:
        counts: Counter[str] = Counter()
        for path in sorted(CONTENT.rglob("*.md")):
            counts.update(words(path.read_text(encoding="utf-8")))
        known = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        self.words = [word for word, _ in known if word.isalpha()]
        self.weights = list(accumulate(count for word, count in known if word.isalpha()))
        self.telling = [word for word in self.words if not is_stop_word(word) and len(word) > 3]
        self.random = random.Random(seed)  # noqa: S311 - to be repeated, not to be guessed

    def word(self) -> str:
        """A word of running text."""
        return self.random.choices(self.words, cum_weights=self.weights)[0]

    def name(self) -> str:
        """A name as programmers make them: ``invoiceParser17``."""
        first, second = self.random.choices(self.telling, k=2)
        return f"{first}{second.capitalize()}{self.random.randrange(100)}"

    def text(self, length: int) -> str:
        """Running text of ``length`` words, some of them names."""
        chosen = self.random.choices(self.words, cum_weights=self.weights, k=length)
        return " ".join(
            self.name() if self.random.random() < _OWN_WORDS else word for word in chosen
        )

    def phrase(self, length: int) -> str:
        """``length`` words that tell something."""
        return " ".join(self.random.choices(self.telling, k=length))


def documents(count: int, first: int, language: Language) -> Iterator[PublishedEntry]:
    """Unsaved published documents with primary keys from ``first``."""
    technologies = [UUID(int=number + 1) for number in range(40)]
    topics = [UUID(int=number + 1000).hex for number in range(200)]
    kinds, shares = zip(*_KINDS, strict=True)
    for pk in range(first, first + count):
        kind = language.random.choices(kinds, shares)[0]
        title = language.phrase(language.random.randint(3, 8)).capitalize()
        lead = language.text(language.random.randint(10, 30))
        card: dict[str, Any] = {
            "id": pk, "kind": kind.value, "title": title, "summary": lead,
            "code": f"GEN-{pk:06d}", "topicKeys": language.random.sample(topics, 2),
        }  # fmt: skip
        if kind == Kind.DEBUG_ENTRY:
            card["errorMessages"] = [message(language)]
        body = {
            "sections": [
                {"name": "DEEP_DIVE", "text": language.text(language.random.randint(40, 240))}
            ]
        }
        yield PublishedEntry(
            object_id=pk, kind=kind.value, code=card["code"], slug=f"generated-{pk}",
            locale="en", translation_key=UUID(int=pk), card=card, body=body,
            content_hash="", version=pk, published_at=_MOMENT, updated_at=_MOMENT,
            title_key=title.casefold()[:255], technology=language.random.choice(technologies),
            level=language.random.choice(("JUNIOR", "MID", "SENIOR", "ARCHITECT")),
            difficulty=language.random.randint(1, 10),
        )  # fmt: skip


def message(language: Language) -> str:
    """An error message with a name in it."""
    kind = language.random.choice(_CLASSES)
    return f"{kind}: {language.phrase(4)} '{language.name()}' {language.phrase(3)}"


def trace(known: str, language: Language) -> str:
    """``known`` as a program prints it: another name, and the stack around it."""
    before, _, rest = known.partition("'")
    after = rest.partition("'")[2]
    frames = "".join(
        f'  File "/srv/{language.name()}.py", line {language.random.randrange(900)}, '
        f"in {language.name()}\n    {language.name()}()\n"
        for _ in range(language.random.randint(4, 25))
    )
    return f"Traceback (most recent call last):\n{frames}{before}'{language.name()}'{after}\n"

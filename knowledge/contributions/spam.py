"""How much a submission looks like spam: a score with its reasons, from the text alone.

Invariant: a score never refuses anything; above the threshold a submission waits in
quarantine, where a reviewer can rescue it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

QUARANTINE_SCORE = 60

_URL = re.compile(r"(?i)\bhttps?://[^\s)\]>\"']+|\bwww\.[^\s)\]>\"']+")
_LURES = re.compile(
    r"(?i)\b(?:casino|viagra|cialis|payday loan|crypto (?:invest|giveaway)|forex|escort|jackpot"
    r"|seo (?:service|ranking|expert|package)|backlinks?|guest post|buy (?:followers|likes|traffic)"
    r"|replica watch|weight loss|make money (?:fast|online)|whatsapp \+?\d|telegram @\w+)\b"
)
_MARKUP_LINK = re.compile(r"(?i)<a\s[^>]*href|\[url[=\]]")
_WORD = re.compile(r"\w{3,}")


@dataclass(slots=True)
class SpamScore:
    """Points, and why each was given."""

    points: int = 0
    reasons: list[str] = field(default_factory=list)

    def add(self, points: int, reason: str) -> None:
        if points > 0:
            self.points += points
            self.reasons.append(reason)

    @property
    def is_suspect(self) -> bool:
        return self.points >= QUARANTINE_SCORE


def score_submission(
    fields: Mapping[str, str],
    *,
    trap: str = "",
    same_token: int = 0,
    same_text: int = 0,
    code_fields: Iterable[str] = ("code", "fixCode", "stackTrace", "errorMessage"),
) -> SpamScore:
    """Score a proposal.

    ``trap`` is what the hidden field holds, ``same_token`` and ``same_text`` how often the
    form token and the very text were used before.
    """
    score = SpamScore()
    score.add(100 if trap.strip() else 0, "the hidden field was filled in")
    prose = "\n".join(text for name, text in fields.items() if name not in set(code_fields))
    links = _URL.findall(prose)
    score.add(min(60, 15 * max(0, len(links) - 2)), f"{len(links)} links")
    if links and len(_WORD.findall(_URL.sub(" ", prose))) < 8 * len(links):
        score.add(25, "more links than text")
    score.add(25 if _MARKUP_LINK.search(prose) else 0, "links written as markup")
    lures = {match.lower() for match in _LURES.findall(prose)}
    score.add(min(80, 40 * len(lures)), f"words of advertising: {', '.join(sorted(lures))}")
    score.add(_repetition(prose), "the same words again and again")
    score.add(30 * min(2, same_token), "the form token was used before")
    score.add(40 * min(2, same_text), "the same text was sent before")
    return score


def _repetition(text: str) -> int:
    words = [word.lower() for word in _WORD.findall(text)]
    if len(words) < 20:
        return 0
    commonest = Counter(words).most_common(1)[0][1]
    share = commonest / len(words)
    return 40 if share > 0.3 or len(set(words)) / len(words) < 0.15 else 0

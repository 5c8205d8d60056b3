"""Why an entry was matched, in words of a closed list."""

from enum import StrEnum

from knowledge.search.errors.matching import Evidence


class Reason(StrEnum):
    """What spoke for a match."""

    CODE = "CODE"
    MESSAGE = "MESSAGE"
    SIMILAR_MESSAGE = "SIMILAR_MESSAGE"
    WORDS = "WORDS"
    TECHNOLOGY = "TECHNOLOGY"


def reasons(found: Evidence) -> list[Reason]:
    """Everything that spoke for it, the strongest kind of evidence first."""
    named = []
    if found.code:
        named.append(Reason.CODE)
    if found.coverage >= 0.75:
        named.append(Reason.MESSAGE)
    elif found.name or max(found.coverage, found.trigram) >= 0.3:
        named.append(Reason.SIMILAR_MESSAGE)
    if found.words >= 0.5 or not named:
        named.append(Reason.WORDS)
    if found.technology > 0:
        named.append(Reason.TECHNOLOGY)
    return named

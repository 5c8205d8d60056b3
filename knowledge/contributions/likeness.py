"""Contributions that say much the same, before any of them is published.

Invariant: only titles and error messages are compared, and only of what may still become
an entry.
"""

from knowledge.contributions.duplicates import THRESHOLD, trigrams_of, words_of
from knowledge.contributions.kinds import NEW_ENTRY_KINDS
from knowledge.contributions.models import Contribution
from knowledge.contributions.states import OPEN_STATES, State

# A reviewer looks at one page: its neighbours are among the latest.
LATEST = 500
# Characters of a message that are compared.
COMPARED = 500

Traits = tuple[frozenset[str], frozenset[str]]


def similar_contributions(contribution: Contribution) -> list[int]:
    """Keys of the open and accepted contributions of its kind most like it, at most ten."""
    if contribution.kind not in NEW_ENTRY_KINDS or not contribution.title:
        return []
    others = (
        Contribution.objects.filter(
            kind=contribution.kind,
            locale=contribution.locale,
            state__in=(*OPEN_STATES, State.ACCEPTED),
        )
        .exclude(pk=contribution.pk)
        .order_by("-submitted_at", "-pk")
        .values_list("pk", "title", "fields__errorMessage")[:LATEST]
    )
    title = traits(contribution.title)
    message = traits(contribution.fields.get("errorMessage"))
    found = []
    for pk, other_title, other_message in others:
        score = max(likeness(title, traits(other_title)), likeness(message, traits(other_message)))
        if score >= THRESHOLD:
            found.append((-score, pk))
    return [pk for _score, pk in sorted(found)[:10]]


def traits(text: str | None) -> Traits:
    """What ``text`` is compared by; its beginning is enough."""
    start = (text or "")[:COMPARED]
    return frozenset(words_of(start)), trigrams_of(start)


def likeness(one: Traits, other: Traits) -> float:
    """From 0 to 1: shared telling words and shared trigrams; 0 when either has no words."""
    if not one[0] or not other[0]:
        return 0.0
    by_words, by_trigrams = (
        len(left & right) / len(left | right) for left, right in zip(one, other, strict=True)
    )
    return 0.65 * by_words + 0.35 * by_trigrams

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
    message = contribution.fields.get("errorMessage") or ""
    found = []
    for pk, title, other_message in others:
        score = max(
            likeness(contribution.title, title), likeness(message, str(other_message or ""))
        )
        if score >= THRESHOLD:
            found.append((-score, pk))
    return [pk for _score, pk in sorted(found)[:10]]


def likeness(one: str, other: str) -> float:
    """From 0 to 1: shared telling words and shared trigrams; 0 when either is empty."""
    one, other = one[:2000], other[:2000]
    left, right = words_of(one).keys(), words_of(other).keys()
    if not left or not right:
        return 0.0
    grams, other_grams = trigrams_of(one), trigrams_of(other)
    by_words = len(left & right) / len(left | right)
    by_trigrams = len(grams & other_grams) / len(grams | other_grams)
    return 0.65 * by_words + 0.35 * by_trigrams

"""The nearest known word to a misspelt one."""

from collections.abc import Mapping


def closest(word: str, known: Mapping[str, int]) -> str | None:
    """The known word with the fewest slips from ``word``; of equals the most used.

    One slip (a letter more, less, other, or two exchanged) up to five letters, two above.
    None when nothing is that near, or the word is too short to tell.
    """
    if len(word) < 4 or not word.isalpha():
        return None
    allowed = 1 if len(word) <= 5 else 2
    best: tuple[int, int, str] | None = None
    for candidate, count in known.items():
        if abs(len(candidate) - len(word)) > allowed or candidate == word:
            continue
        slips = distance(word, candidate, allowed)
        if slips <= allowed and (best is None or (slips, -count, candidate) < best):
            best = (slips, -count, candidate)
    return best[2] if best else None


def distance(left: str, right: str, most: int) -> int:
    """Slips between two words (optimal string alignment); ``most`` + 1 when there are more."""
    before: list[int] = []
    previous = list(range(len(right) + 1))
    for row, letter in enumerate(left, start=1):
        current = [row]
        for column, other in enumerate(right, start=1):
            cost = min(
                previous[column] + 1,
                current[column - 1] + 1,
                previous[column - 1] + (letter != other),
            )
            if row > 1 and column > 1 and letter == right[column - 2] and left[row - 2] == other:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        if min(current) > most:
            return most + 1
        before, previous = previous, current
    return min(previous[-1], most + 1)

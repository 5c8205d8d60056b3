"""Slugs that are still free.

Invariant: an entry keeps its slug for as long as its record asks for the same one.
"""

import re

from django.utils.text import slugify

from knowledge.models import Entry
from knowledge.models.entry import SLUG_LENGTH


class SlugRegister:
    """The slugs in use, read once a kind and language."""

    def __init__(self) -> None:
        self._owners: dict[tuple[int, int], dict[str, int | None]] = {}
        self._new: list[tuple[tuple[int, int], str]] = []

    def keep_new(self) -> None:
        """The slugs given out since the last call are there to stay."""
        self._new.clear()

    def forget_new(self) -> None:
        """The entries that took the last slugs were rolled back."""
        for key, slug in self._new:
            self._owners[key].pop(slug, None)
        self._new.clear()

    def free(self, entry: Entry, wanted: str) -> str:
        """``wanted``, or the title's slug, with a number where it is another entry's."""
        owners = self._owners_for(entry)
        wanted = slugify(wanted or entry.title)[: SLUG_LENGTH - 8].strip("-") or entry.KIND.lower()
        if entry.slug and re.fullmatch(rf"{re.escape(wanted)}(-\d+)?", entry.slug) and entry.pk:
            return entry.slug
        candidate, number = wanted, 1
        # The owner None is an entry of this run, saved a moment ago.
        while candidate in owners and not (entry.pk and owners[candidate] == entry.pk):
            number += 1
            suffix = f"-{number}"
            candidate = wanted[: SLUG_LENGTH - len(suffix)] + suffix
        owners[candidate] = entry.pk
        self._new.append(((entry.content_type_id, entry.locale_id), candidate))
        return candidate

    def _owners_for(self, entry: Entry) -> dict[str, int | None]:
        key = (entry.content_type_id, entry.locale_id)
        if key not in self._owners:
            rows = Entry.objects.filter(content_type_id=key[0], locale_id=key[1])
            self._owners[key] = dict(rows.values_list("slug", "pk"))
        return self._owners[key]

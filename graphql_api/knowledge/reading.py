"""In which language content is read, and what stands in for a missing translation.

Invariant: every list, count, single and reference of a request goes through the same
choice, so a count always equals the number of rows there are to page through.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from cms.configured import configured, following_settings
from cms.publishing.models import VisibleQuerySet
from graphql_api.errors import ApiError, ErrorCode
from knowledge.models import PublishedEntry

NO_FALLBACK = "NONE"
DEFAULT_FALLBACK = "DEFAULT"


class HasLocale(Protocol):
    """Anything that exists once per language."""

    @property
    def locale(self) -> str: ...


Translated = TypeVar("Translated", bound=HasLocale)


def visible_entries(*, named: bool = False) -> QuerySet[PublishedEntry]:
    """Every entry that may be seen now, in all languages.

    ``named``: the caller notes in ``graphql_api.caching.tags`` what it looks for.
    """
    return VisibleQuerySet(PublishedEntry).visible(named=named)


@dataclass(frozen=True, slots=True)
class Reading:
    """A language, and whether the default language stands in where it lacks something."""

    locale: str
    falls_back: bool = True

    @property
    def locales(self) -> tuple[str, ...]:
        """The languages that may be delivered, the preferred one first."""
        if self.falls_back and self.locale != configured.LANGUAGE_CODE:
            return (self.locale, configured.LANGUAGE_CODE)
        return (self.locale,)

    def choose(self, translations: Iterable[Translated]) -> Translated | None:
        """The translation to deliver, or None."""
        by_locale = {one.locale: one for one in translations}
        return next((by_locale[name] for name in self.locales if name in by_locale), None)

    def delivered(self, *, named: bool = False) -> QuerySet[PublishedEntry]:
        """Visible entries, each translation set at most once. ``named``: as there."""
        rows = visible_entries(named=named)
        if len(self.locales) == 1:
            return rows.filter(locale=self.locale)
        translated = visible_entries(named=named).filter(
            translation_key=OuterRef("translation_key"), locale=self.locale
        )
        return rows.filter(
            Q(locale=self.locale) | (Q(locale=settings.LANGUAGE_CODE) & ~Exists(translated))
        )


def reading(locale: str | None = None, fallback: object = None) -> Reading:
    """The reading that the arguments ``locale`` and ``fallback`` ask for.

    Raises ``ApiError`` UNKNOWN_LOCALE, naming the languages there are.
    """
    return _reading(locale, getattr(fallback, "value", fallback) != NO_FALLBACK)


@following_settings
def _reading(locale: str | None, falls_back: bool) -> Reading:
    known = [code for code, _ in settings.WAGTAIL_CONTENT_LANGUAGES]
    if locale is not None and locale not in known:
        raise ApiError(
            ErrorCode.UNKNOWN_LOCALE,
            "There is no content in that language; the known ones are: " + ", ".join(known) + ".",
            locales=known,
        )
    return Reading(
        locale=settings.LANGUAGE_CODE if locale is None else locale,
        falls_back=falls_back,
    )

"""How one request reads the hub's own words and other people's: each table once."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any, TypeVar

from cms.publishing.visibility import visible_records
from graphql_api.context import RequestContext
from graphql_api.knowledge.counts import published_counts
from graphql_api.knowledge.reading import Reading
from graphql_api.knowledge.vocabulary import vocabulary
from graphql_api.pages.entries import entries_by_key, keys_of_entries
from graphql_api.records import EntryRecord
from knowledge.kinds import TermKind
from pages.models import (
    FigureSource,
    HubFigure,
    HubSettings,
    HubSocialLink,
    HubStatus,
    Quote,
    Testimonial,
)
from pages.models.voices import Voice

VoiceType = TypeVar("VoiceType", bound=Voice)

# A hub shows a handful; more than this is not read for one answer.
MAX_VOICES = 100

_COUNTED_TERMS = {
    FigureSource.TECHNOLOGIES: TermKind.TECHNOLOGY,
    FigureSource.TOPICS: TermKind.TOPIC,
}


class HubReader:
    """The hub in one reading."""

    def __init__(self, context: RequestContext, reading: Reading) -> None:
        self.context = context
        self.reading = reading

    @cached_property
    def settings(self) -> HubSettings:
        """The default site's settings; empty ones when none were saved. Never writes."""
        found = HubSettings.objects.filter(site__is_default_site=True).first()
        return found or HubSettings()

    @cached_property
    def figures(self) -> list[HubFigure]:
        """The figures in the editors' order."""
        rows = HubFigure.objects.filter(settings__site__is_default_site=True)
        return list(rows.order_by("sort_order", "pk"))

    @cached_property
    def social_links(self) -> list[HubSocialLink]:
        """Where else the hub can be followed, in the editors' order."""
        rows = HubSocialLink.objects.filter(settings__site__is_default_site=True)
        return list(rows.order_by("sort_order", "pk"))

    @cached_property
    def quotes(self) -> list[Quote]:
        """What is out, each quote once."""
        return self.chosen(visible_records(Quote.objects.select_related("locale")))

    @cached_property
    def testimonials(self) -> list[Testimonial]:
        """What is out, each testimonial once."""
        return self.chosen(visible_records(Testimonial.objects.select_related("locale")))

    @cached_property
    def subjects(self) -> dict[int, EntryRecord]:
        """Primary key of a testimonial → the published entry it is about. Two statements."""
        about = {one.pk: one.about_id for one in self.testimonials if one.about_id}
        keys = keys_of_entries(about.values()) if about else {}
        found = entries_by_key(keys.values(), self.reading.locale) if keys else {}
        return {
            pk: found[keys[entry]]
            for pk, entry in about.items()
            if entry in keys and keys[entry] in found
        }

    def status_document(self) -> dict[str, Any]:
        """The status in its parts."""
        settings = self.settings
        return {
            "key": settings.status_key,
            "value": HubStatus(settings.status_value).value,
            "notes": settings.status_note_list,
        }

    def contact_document(self) -> dict[str, Any]:
        """How to reach the editors."""
        settings = self.settings
        return {
            "email": settings.contact_email,
            "phone": settings.contact_phone,
            "hours": settings.contact_hours,
            "timezone": settings.contact_timezone,
            "socialLinks": [
                {"platform": link.platform, "url": link.url, "label": link.label}
                for link in self.social_links
            ],
        }

    def figure_documents(self) -> list[dict[str, Any]]:
        """The figures with what is counted beside each claim."""
        return [
            {
                "label": figure.label,
                "claimedText": figure.claimed_text,
                "claimedNumber": figure.claimed_number,
                "note": figure.note,
                "source": figure.live_source or None,
                "counted": self.counted(figure),
            }
            for figure in self.figures
        ]

    def quote_documents(self) -> list[dict[str, Any]]:
        """The quotes."""
        return [quote_document(quote) for quote in self.quotes]

    def testimonial_documents(self) -> list[dict[str, Any]]:
        """The testimonials; what they are about is looked up when asked for."""
        return [
            {
                "pk": one.pk,
                "text": one.text,
                "authorName": one.author_name,
                "authorRole": one.author_role,
                "rating": one.rating,
                "locale": one.locale.language_code,
                "hub": self,
            }
            for one in self.testimonials
        ]

    def counted(self, figure: HubFigure) -> int | None:
        """The counted side of ``figure``; None when nothing is counted beside it."""
        if not figure.live_source:
            return None
        counts = published_counts(self.context, self.reading)
        source = FigureSource(figure.live_source)
        if source == FigureSource.ALL_ENTRIES:
            return counts.by_kind.total()
        if kind := _COUNTED_TERMS.get(source):
            terms = vocabulary(self.context).all(kind, Reading(self.reading.locale))
            return sum(1 for term in terms if counts.of_term(kind, term.term.key).total())
        return counts.by_kind[source.value]

    def chosen(self, rows: Iterable[VoiceType]) -> list[VoiceType]:
        """Of each translation set the one this reading delivers, in the editors' order."""
        sets: dict[Any, dict[str, VoiceType]] = defaultdict(dict)
        for row in rows:
            sets[row.translation_key][row.locale.language_code] = row
        found = [
            translations[locale]
            for translations in sets.values()
            if (locale := next((one for one in self.reading.locales if one in translations), None))
        ]
        return sorted(found, key=lambda row: (row.order, row.pk))[:MAX_VOICES]


def quote_document(quote: Quote) -> dict[str, Any]:
    """A quote as delivery shows it."""
    return {
        "pk": quote.pk,
        "text": quote.text,
        "attributionName": quote.attribution_name,
        "attributionRole": quote.attribution_role,
        "context": quote.context,
        "locale": quote.locale.language_code,
    }


def hub_reader(context: RequestContext, reading: Reading) -> HubReader:
    """The hub as this request sees it."""
    memo: dict[Reading, HubReader] = context.memo.setdefault("hub", {})
    if reading not in memo:
        memo[reading] = HubReader(context, reading)
    return memo[reading]

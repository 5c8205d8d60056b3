"""The sections of a home page. Each reads what it shows at the moment it is delivered."""

from typing import Any

import graphene

from graphql_api.knowledge.documents import DocumentType, listed, text
from graphql_api.knowledge.entries import Entry
from graphql_api.knowledge.enums import EntryKind
from graphql_api.knowledge.reading import Reading
from graphql_api.knowledge.selection import needs
from graphql_api.knowledge.terms import Domain
from graphql_api.knowledge.vocabulary import TermRecord, vocabulary
from graphql_api.pages.entries import latest_entries
from graphql_api.pages.hub_reader import HubReader, hub_reader
from graphql_api.pages.hub_types import Contact, Figure, Quote, Testimonial
from graphql_api.pages.links import Link
from graphql_api.records import EntryRecord
from knowledge.kinds import TermKind

Section = dict[str, Any]


class HomeSection(graphene.Interface):
    """A section of a home page. A word that an editor left out is an empty text."""

    ordinal = text("The label it is numbered by, for example `IV`.")
    eyebrow = text("The small line above the heading.")
    heading = text("The heading.")
    status_line = text("A line of status, to be set in a monospaced face.")
    text = text("Plain text; an empty line parts paragraphs.")
    link = graphene.Field(Link, description="Where to go from here, if anywhere.")

    @classmethod
    def resolve_type(cls, section: Section, info: graphene.ResolveInfo) -> Any:
        return SECTION_TYPES[section["type"]]


def hub_of(section: Section, info: graphene.ResolveInfo) -> HubReader:
    """The hub in the language of the page that ``section`` is on."""
    return hub_reader(info.context, Reading(section["locale"]))


class HomeHero(DocumentType):
    """The opening of the page."""

    class Meta:
        interfaces = (HomeSection,)

    lead = text("One or two sentences under the heading.")


class HomeStatusLine(DocumentType):
    """A line of status by itself."""

    class Meta:
        interfaces = (HomeSection,)


class HomeFigures(DocumentType):
    """The figures of the hub."""

    class Meta:
        interfaces = (HomeSection,)

    figures = listed(Figure, "The figures, claimed and counted.")

    @staticmethod
    def resolve_figures(section: Section, info: graphene.ResolveInfo) -> list[Any]:
        return hub_of(section, info).figure_documents()


class HomeDomains(DocumentType):
    """The areas of the archive."""

    class Meta:
        interfaces = (HomeSection,)

    domains = listed(Domain, "The domains, in the editors' order.")

    @staticmethod
    def resolve_domains(section: Section, info: graphene.ResolveInfo) -> list[TermRecord]:
        return vocabulary(info.context).all(TermKind.DOMAIN, Reading(section["locale"]))


class HomeQuotes(DocumentType):
    """The published quotes."""

    class Meta:
        interfaces = (HomeSection,)

    quotes = listed(Quote, "The quotes, in the editors' order.")

    @staticmethod
    def resolve_quotes(section: Section, info: graphene.ResolveInfo) -> list[Any]:
        return hub_of(section, info).quote_documents()


class HomeTestimonials(DocumentType):
    """The published testimonials."""

    class Meta:
        interfaces = (HomeSection,)

    testimonials = listed(Testimonial, "The testimonials, in the editors' order.")

    @staticmethod
    def resolve_testimonials(section: Section, info: graphene.ResolveInfo) -> list[Any]:
        return hub_of(section, info).testimonial_documents()


class HomeLatestEntries(DocumentType):
    """The newest published entries."""

    class Meta:
        interfaces = (HomeSection,)

    kind = EntryKind(description="Of which kind; null: of all.")
    count = graphene.Int(required=True, description="How many the editors want shown.")
    entries = listed(Entry, "The entries, the newest first; fewer when there are fewer.")

    @staticmethod
    def resolve_entries(section: Section, info: graphene.ResolveInfo) -> list[EntryRecord]:
        reading = Reading(section["locale"])
        return latest_entries(reading, section["kind"], section["count"], needs(info))


class HomeContributions(DocumentType):
    """The invitation to contribute."""

    class Meta:
        interfaces = (HomeSection,)


class HomeContact(DocumentType):
    """How to reach the editors."""

    class Meta:
        interfaces = (HomeSection,)

    contact = graphene.Field(
        graphene.NonNull(Contact), description="The details of the hub settings."
    )

    @staticmethod
    def resolve_contact(section: Section, info: graphene.ResolveInfo) -> dict[str, Any]:
        return hub_of(section, info).contact_document()


SECTION_TYPES: dict[str, type[graphene.ObjectType]] = {
    "HERO": HomeHero,
    "STATUS_LINE": HomeStatusLine,
    "FIGURES": HomeFigures,
    "DOMAINS": HomeDomains,
    "QUOTES": HomeQuotes,
    "TESTIMONIALS": HomeTestimonials,
    "LATEST_ENTRIES": HomeLatestEntries,
    "CONTRIBUTIONS": HomeContributions,
    "CONTACT": HomeContact,
}

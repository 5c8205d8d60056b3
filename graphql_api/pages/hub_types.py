"""The hub: what it says about itself, what it claims, and what others say."""

from typing import Any

import graphene

from graphql_api.knowledge.documents import DocumentType, listed, text
from graphql_api.knowledge.entries import Entry
from graphql_api.knowledge.enums import labelled
from graphql_api.knowledge.global_ids import global_id
from graphql_api.knowledge.node import Node
from graphql_api.pages.hub_reader import HubReader
from pages.models import FigureSource as FigureSourceChoices
from pages.models import HubStatus as HubStatusChoices

HubState = labelled(
    "HubState",
    "How the hub is doing.",
    {str(value): f"{label}." for value, label in HubStatusChoices.choices},
)
FigureSource = labelled(
    "FigureSource",
    "What the counted side of a figure counts.",
    {str(value): f"{label}." for value, label in FigureSourceChoices.choices},
)


class HubStatus(DocumentType):
    """A line of status in its parts, as in `HUB_STATUS: OPERATIONAL // FREE_TO_READ`."""

    key = text("The word before the status.")
    value = HubState(required=True, description="The status.")
    notes = listed(graphene.String, "Short remarks after it.")


class SocialLink(DocumentType):
    """Where else the hub can be followed."""

    platform = text("Lower-case name of the platform, for example `mastodon`.")
    url = text("The address.")
    label = text("What to expect there; empty when nothing was written.")


class Contact(DocumentType):
    """How to reach the editors; what they left out is an empty text."""

    email = text("E-mail address.")
    phone = text("Telephone number.")
    hours = text("When somebody answers.")
    timezone = text("The time zone of those hours.")
    social_links = listed(SocialLink, "Where else the hub can be followed.")


class Figure(DocumentType):
    """A figure: what the editors claim, and what is really there."""

    label = text("What it counts, in the editors' words.")
    claimed_text = text("What the site says, for example `3,500+`.")
    claimed_number = graphene.Int(description="The same as a number.")
    note = text("A remark; empty when there is none.")
    source = FigureSource(description="What is counted beside the claim; null: nothing.")
    counted = graphene.Int(
        description="What is published now, in the language asked for; null without a source."
    )


class Quote(DocumentType):
    """A sentence or two worth repeating."""

    class Meta:
        interfaces = (Node,)

    id = graphene.ID(required=True, description="The quote's own id, one for each language.")
    attribution_name = text("Whose they are.")
    attribution_role = text("What that person does; empty when that is not told.")
    context = text("What it was about; empty when that is not told.")
    locale = text("The language it is delivered in.")
    text = text("The words.")

    @staticmethod
    def resolve_id(quote: dict[str, Any], info: graphene.ResolveInfo) -> str:
        return global_id("Quote", quote["pk"])


class Testimonial(DocumentType):
    """What a reader said."""

    class Meta:
        interfaces = (Node,)

    id = graphene.ID(required=True, description="The testimonial's own id, one for each language.")
    author_name = text("Whose they are.")
    author_role = text("What that person does; empty when that is not told.")
    rating = graphene.Int(description="One to five stars; null when none were given.")
    about = graphene.Field(
        Entry, description="The entry it is about, while that is published; null otherwise."
    )
    locale = text("The language it is delivered in.")
    text = text("The words.")

    @staticmethod
    def resolve_id(testimonial: dict[str, Any], info: graphene.ResolveInfo) -> str:
        return global_id("Testimonial", testimonial["pk"])

    @staticmethod
    def resolve_about(testimonial: dict[str, Any], info: graphene.ResolveInfo) -> Any:
        return testimonial["hub"].subjects.get(testimonial["pk"])


class Hub(graphene.ObjectType):
    """What the hub says about itself. Its own words exist in one language only."""

    site_name = text("The name of the hub.")
    tagline = text("What it promises, in a sentence.")
    status = graphene.Field(graphene.NonNull(HubStatus), description="How the hub is doing.")
    contact = graphene.Field(graphene.NonNull(Contact), description="How to reach the editors.")
    default_licence = text("SPDX identifier that holds for entries that name none.")
    default_licence_url = text("The text of that licence.")
    figures = listed(Figure, "The figures, claimed and counted, in the editors' order.")
    quotes = listed(Quote, "The published quotes in the editors' order, at most 100.")
    testimonials = listed(
        Testimonial, "The published testimonials in the editors' order, at most 100."
    )

    @staticmethod
    def resolve_site_name(hub: HubReader, info: graphene.ResolveInfo) -> str:
        return hub.settings.site_name

    @staticmethod
    def resolve_tagline(hub: HubReader, info: graphene.ResolveInfo) -> str:
        return hub.settings.tagline

    @staticmethod
    def resolve_status(hub: HubReader, info: graphene.ResolveInfo) -> dict[str, Any]:
        return hub.status_document()

    @staticmethod
    def resolve_contact(hub: HubReader, info: graphene.ResolveInfo) -> dict[str, Any]:
        return hub.contact_document()

    @staticmethod
    def resolve_default_licence(hub: HubReader, info: graphene.ResolveInfo) -> str:
        return hub.settings.default_licence

    @staticmethod
    def resolve_default_licence_url(hub: HubReader, info: graphene.ResolveInfo) -> str:
        return hub.settings.default_licence_url

    @staticmethod
    def resolve_figures(hub: HubReader, info: graphene.ResolveInfo) -> list[dict[str, Any]]:
        return hub.figure_documents()

    @staticmethod
    def resolve_quotes(hub: HubReader, info: graphene.ResolveInfo) -> list[dict[str, Any]]:
        return hub.quote_documents()

    @staticmethod
    def resolve_testimonials(hub: HubReader, info: graphene.ResolveInfo) -> list[dict[str, Any]]:
        return hub.testimonial_documents()

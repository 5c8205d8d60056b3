"""Pages and other people's words by their id alone, for Relay's ``node`` and ``nodes``.

Invariant: an id finds what its own root field would show, and nothing that is hidden there.
"""

from collections.abc import Sequence
from typing import Any

from wagtail.models import Page

from cms.publishing.visibility import visible_records
from graphql_api.context import RequestContext
from graphql_api.knowledge.global_ids import global_id
from graphql_api.knowledge.node import Finder, FoundNode, register_node
from graphql_api.knowledge.reading import Reading
from graphql_api.pages import hub_types
from graphql_api.pages.drafts import asked_draft
from graphql_api.pages.hub_reader import HubReader, quote_document
from graphql_api.pages.page_types import PAGE_TYPES
from graphql_api.pages.reader import reader
from pages import models


class QuoteNode(FoundNode):
    """A quote that came by its id."""


class TestimonialNode(FoundNode):
    """A testimonial that came by its id."""


def page_finder(type_name: str, model: type[Page]) -> Finder:
    """How pages of one model are found."""

    def find(pks: Sequence[int], context: RequestContext) -> dict[int, Any]:
        site = reader(context)
        rows = site.visible().type(model).filter(pk__in=pks)
        found = {page.pk: page for page in site.batch(rows)}
        if context.preview is not None:
            drafts = {pk: asked_draft(context, id=global_id(type_name, pk)) for pk in pks}
            found |= {pk: draft for pk, draft in drafts.items() if draft is not None}
        return found

    return find


def find_quotes(pks: Sequence[int], context: RequestContext) -> dict[int, Any]:
    """The quotes among ``pks`` that are out, each in its own language."""
    rows = visible_records(models.Quote.objects.select_related("locale")).filter(pk__in=pks)
    return {quote.pk: QuoteNode(quote_document(quote)) for quote in rows}


def find_testimonials(pks: Sequence[int], context: RequestContext) -> dict[int, Any]:
    """The testimonials among ``pks`` that are out, each in its own language."""
    rows = visible_records(models.Testimonial.objects.select_related("locale")).filter(pk__in=pks)
    by_locale: dict[str, list[models.Testimonial]] = {}
    for one in rows:
        by_locale.setdefault(one.locale.language_code, []).append(one)
    found: dict[int, Any] = {}
    for locale, testimonials in by_locale.items():
        hub = HubReader(context, Reading(locale))
        hub.testimonials = testimonials
        found |= {one["pk"]: TestimonialNode(one) for one in hub.testimonial_documents()}
    return found


# What of the site has an id of its own.
SITE_NODES = (*PAGE_TYPES, hub_types.Quote, hub_types.Testimonial)
for page_type in PAGE_TYPES:
    page_model = page_type._meta.model
    register_node(page_model, page_type, page_finder(page_type._meta.name, page_model))
register_node(QuoteNode, hub_types.Quote, find_quotes)
register_node(TestimonialNode, hub_types.Testimonial, find_testimonials)

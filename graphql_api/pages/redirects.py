"""Where a former path leads now.

Invariant: a redirect to a page that may not be seen does not exist.
"""

from dataclasses import dataclass

import graphene
from django.db.models import F, Q
from wagtail.contrib.redirects.models import Redirect as RedirectModel

from cms.publishing.addresses import absolute
from graphql_api.context import RequestContext
from graphql_api.filters import is_storable
from graphql_api.knowledge.documents import text
from graphql_api.pages.reader import reader

MAX_PATH_LENGTH = 255


@dataclass(frozen=True, slots=True)
class Target:
    """Where a redirect leads."""

    url: str
    is_permanent: bool


class Redirect(graphene.ObjectType):
    """Where a former path leads now."""

    url = text("The present place: a path on the front end or a whole address.")
    is_permanent = graphene.Boolean(required=True, description="Send 301 if true, 302 if false.")


def find_redirect(context: RequestContext, path: str) -> Target | None:
    """The redirect from ``path`` on the default site, if it leads anywhere the public may go."""
    if len(path) > MAX_PATH_LENGTH or not path.startswith("/") or not is_storable(path):
        return None
    try:
        former = RedirectModel.normalise_path(path)
    except ValueError:
        return None
    rows = RedirectModel.objects.filter(
        Q(site__isnull=True) | Q(site__is_default_site=True), old_path=former
    )
    # One made for the site goes before one made for all sites.
    for row in rows.order_by(F("site").asc(nulls_last=True), "pk"):
        if url := present_url(context, row):
            return Target(url, row.is_permanent)
    return None


def present_url(context: RequestContext, row: RedirectModel) -> str | None:
    """Where ``row`` leads, or None when the public may not go there."""
    if row.redirect_page_id is None:
        return row.redirect_link or None
    site = reader(context)
    page = site.one(site.visible().filter(pk=row.redirect_page_id))
    if page is None:
        return None
    return absolute(site.path(page).rstrip("/") + (row.redirect_page_route_path or "/"))

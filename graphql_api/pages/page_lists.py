"""Lists of pages: closed filters, orders that are total, the paging of every other list."""

from datetime import UTC, datetime
from typing import Any

from django.db.models import DateTimeField, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from wagtail.models import Page as PageModel

from graphql_api.knowledge.enums import labelled
from graphql_api.knowledge.orders import Orders
from graphql_api.knowledge.reading import Reading
from graphql_api.ordering import Key, Order
from graphql_api.pages.page_types import Page
from graphql_api.pages.reader import PAGE_MODELS, PageReader
from graphql_api.pagination import Page as PageOfList
from graphql_api.pagination import PageRequest, read_page
from graphql_api.pagination_types import connection_type

PageKind = labelled(
    "PageKind",
    "The kinds of page.",
    {
        "HOME_PAGE": "The front of the site.",
        "STANDARD_PAGE": "A page of text.",
        "LANDING_PAGE": "The entrance to a subject.",
    },
)
_MODELS = dict(zip(("HOME_PAGE", "STANDARD_PAGE", "LANDING_PAGE"), PAGE_MODELS, strict=True))

_ID = Key("id", int)
PAGE_ORDERS = Orders(
    "PageOrder",
    "pages",
    Order("TREE", (Key("path", str), _ID), "As in the page tree, parents before their children."),
    Order("TITLE_ASC", (Key("title", str), _ID), "By title."),
    Order(
        "PUBLISHED_AT_DESC",
        (Key("published", datetime, descending=True), Key("id", int, descending=True)),
        "By first publication, the newest first.",
    ),
)
_BEFORE_EVERYTHING = datetime(1970, 1, 1, tzinfo=UTC)

PageConnection = connection_type(Page, "pages")


def read_pages(
    site: PageReader,
    language: Reading,
    request: PageRequest,
    *,
    order_by: Any,
    kinds: list[Any] | None,
    parent_path: str | None,
    in_menu: bool | None,
) -> PageOfList[PageModel]:
    """One page of the list of visible pages under these filters."""
    rows = site.delivered(language)
    if kinds is not None:
        rows = rows.filter(of_kinds(kinds))
    if in_menu is not None:
        rows = rows.filter(show_in_menus=in_menu)
    if parent_path is not None:
        rows = below(site, rows, parent_path)
    rows = rows.annotate(
        published=Coalesce(
            "first_published_at",
            "last_published_at",
            Value(_BEFORE_EVERYTHING, output_field=DateTimeField()),
        )
    )
    return read_page(
        rows,
        request,
        PAGE_ORDERS.named(order_by),
        PageConnection._meta.name,
        columns=("id",),
        make=lambda found: site.by_pks([pk for (pk,) in found]),
    )


def of_kinds(kinds: list[Any]) -> Q:
    """Pages of any of ``kinds``; none of an empty list."""
    condition = Q(pk__in=[])
    for kind in kinds:
        model = _MODELS[getattr(kind, "value", kind)]
        condition |= Q(**{f"{model._meta.model_name}__isnull": False})
    return condition


def below(site: PageReader, rows: QuerySet[PageModel], path: str) -> QuerySet[PageModel]:
    """The pages of ``rows`` directly below the page at ``path``, in any of its languages."""
    parent = site.by_path(path)
    if parent is None:
        return rows.none()
    condition = Q(pk__in=[])
    for one in [parent, *parent.batch.translations.get(parent.translation_key, [])]:
        condition |= Q(path__startswith=one.path, depth=one.depth + 1)
    return rows.filter(condition)

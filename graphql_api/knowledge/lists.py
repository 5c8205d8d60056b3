"""The six lists and the list of all kinds."""

from typing import Any

import graphene
from django.db.models import Q

from graphql_api.caching import tags
from graphql_api.knowledge.entries import Entry
from graphql_api.knowledge.filters import FILTERS, EntryFilter, entry_conditions
from graphql_api.knowledge.kinds import KINDS
from graphql_api.knowledge.orders import ENTRY_ORDERS, ORDERS, Orders
from graphql_api.knowledge.reading import reading
from graphql_api.knowledge.reading_arguments import reading_arguments
from graphql_api.knowledge.selection import needs
from graphql_api.pagination import Page, page_request, read_page
from graphql_api.pagination_types import connection_type, paging_arguments
from graphql_api.records import COLUMNS, Batch, EntryRecord, with_texts
from knowledge.kinds import Kind
from knowledge.models.published import IN_ALL_KINDS


def entry_list(kind: Kind) -> graphene.Field:
    """The list of all published entries of a kind."""
    shown = KINDS[kind]
    return _list(shown.type, shown.plural, FILTERS[kind], ORDERS[kind], kind)


def all_entries() -> graphene.Field:
    """The list of all published entries."""
    return _list(Entry, "entries of any kind", EntryFilter, ENTRY_ORDERS, None)


def _list(node: Any, plural: str, filter_type: Any, orders: Orders, kind: Kind | None) -> Any:
    connection = connection_type(node, plural)

    def resolve(
        root: None,
        info: graphene.ResolveInfo,
        filter: Any = None,
        order_by: Any = None,
        locale: str | None = None,
        fallback: Any = None,
        **paging: Any,
    ) -> Page[EntryRecord]:
        language = reading(locale, fallback)
        request = page_request(**paging)
        tags.note_kinds(*([kind.value] if kind else []))
        rows = language.delivered(named=True)
        rows = rows.filter(IN_ALL_KINDS if kind is None else Q(kind=kind.value))
        rows = rows.filter(entry_conditions(filter, language, info.context))
        wanted = needs(info)
        return read_page(
            rows,
            request,
            orders.named(order_by),
            connection._meta.name,
            annotated=lambda ordered: with_texts(ordered, wanted),
            columns=COLUMNS,
            make=lambda found: Batch(language, wanted).adopt(EntryRecord(*row) for row in found),
        )

    return graphene.Field(
        graphene.NonNull(connection),
        description=f"Published {plural}, a page at a time.",
        filter=graphene.Argument(filter_type, description="Which of them."),
        order_by=graphene.Argument(
            orders.enum, default_value=orders.default, description="In which order."
        ),
        **paging_arguments(),
        **reading_arguments(),
        resolver=resolve,
    )

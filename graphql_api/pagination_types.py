"""Connections as Relay defines them, with the two shortcuts page-number front ends want."""

from typing import Any

import graphene

from graphql_api.pagination import Page


class PageInfo(graphene.ObjectType):
    """Where a page stands in its list."""

    has_next_page = graphene.Boolean(
        required=True,
        description="More rows follow. When paging backwards: a `before` cursor was given.",
    )
    has_previous_page = graphene.Boolean(
        required=True,
        description="Rows come before. When paging forwards: an `after` cursor was given, "
        "or the page is not the first.",
    )
    start_cursor = graphene.String(description="Cursor of the first row; null on an empty page.")
    end_cursor = graphene.String(description="Cursor of the last row; null on an empty page.")

    @staticmethod
    def resolve_has_next_page(page: Page, info: graphene.ResolveInfo) -> bool:
        return page.has_next

    @staticmethod
    def resolve_has_previous_page(page: Page, info: graphene.ResolveInfo) -> bool:
        return page.has_previous

    @staticmethod
    def resolve_start_cursor(page: Page, info: graphene.ResolveInfo) -> str | None:
        return page.cursors[0] if page.cursors else None

    @staticmethod
    def resolve_end_cursor(page: Page, info: graphene.ResolveInfo) -> str | None:
        return page.cursors[-1] if page.cursors else None


class Connection(graphene.ObjectType):
    """What all connections share; ``connection_type`` adds the rows."""

    class Meta:
        abstract = True

    page_info = graphene.Field(
        graphene.NonNull(PageInfo), description="Where this page stands in the list."
    )
    total_count = graphene.Int(
        required=True, description="All rows of the list under this filter. Counted when asked for."
    )
    page_count = graphene.Int(
        required=True,
        description="How many pages of this size the list has. Counted when asked for.",
    )

    @staticmethod
    def resolve_page_info(page: Page, info: graphene.ResolveInfo) -> Page:
        return page

    @staticmethod
    def resolve_total_count(page: Page, info: graphene.ResolveInfo) -> int:
        return page.total_count

    @staticmethod
    def resolve_page_count(page: Page, info: graphene.ResolveInfo) -> int:
        return page.page_count

    @staticmethod
    def resolve_nodes(page: Page, info: graphene.ResolveInfo) -> Any:
        return page.rows

    @staticmethod
    def resolve_edges(page: Page, info: graphene.ResolveInfo) -> list[dict[str, Any]]:
        return [
            {"cursor": cursor, "node": row}
            for cursor, row in zip(page.cursors, page.rows, strict=True)
        ]


def connection_type(node: Any, plural: str) -> type[Connection]:
    """``<Node>Connection`` with ``<Node>Edge`` for the type ``node``; resolves a ``Page``."""
    name = node._meta.name
    edge = type(
        f"{name}Edge",
        (graphene.ObjectType,),
        {
            "__doc__": f"One of the {plural} and its place in the list.",
            "cursor": graphene.String(
                required=True, description="The place, for `after` and `before`."
            ),
            "node": graphene.Field(graphene.NonNull(node), description="The row itself."),
        },
    )
    return type(
        f"{name}Connection",
        (Connection,),
        {
            "__doc__": f"A page of {plural}.",
            "edges": graphene.List(
                graphene.NonNull(edge), required=True, description="The rows with their cursors."
            ),
            "nodes": graphene.List(
                graphene.NonNull(node), required=True, description="The rows without their cursors."
            ),
        },
    )


def paging_arguments() -> dict[str, graphene.Argument]:
    """``first``, ``after``, ``last``, ``before``, ``page``, ``per_page``."""
    described = {
        "first": (graphene.Int, "How many rows from the beginning, or after `after`."),
        "after": (graphene.String, "Rows after this cursor."),
        "last": (graphene.Int, "How many rows from the end, or before `before`."),
        "before": (graphene.String, "Rows before this cursor."),
        "page": (graphene.Int, "Page number from 1; not together with cursors."),
        "per_page": (graphene.Int, "Rows a page, for `page`."),
    }
    return {
        name: graphene.Argument(kind, description=text) for name, (kind, text) in described.items()
    }

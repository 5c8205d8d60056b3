"""The slice of the schema that is about the site: pages, menus, redirects, the hub."""

from typing import Any

import graphene
from wagtail.models import Page as PageModel

from graphql_api.errors import ApiError, ErrorCode
from graphql_api.knowledge.global_ids import read_global_id
from graphql_api.knowledge.reading import reading
from graphql_api.knowledge.reading_arguments import reading_arguments
from graphql_api.media import MediaQuery
from graphql_api.pages.blocks import BLOCK_TYPES
from graphql_api.pages.drafts import asked_draft
from graphql_api.pages.hub_reader import HubReader, hub_reader
from graphql_api.pages.hub_types import Hub
from graphql_api.pages.navigation import MAIN_MENU, MenuLink, NavigationItem, navigation
from graphql_api.pages.nodes import SITE_NODES
from graphql_api.pages.page_lists import PAGE_ORDERS, PageConnection, PageKind, read_pages
from graphql_api.pages.page_types import PAGE_TYPES, Page
from graphql_api.pages.reader import PageReader, reader
from graphql_api.pages.redirects import Redirect, Target, find_redirect
from graphql_api.pages.section_types import SECTION_TYPES
from graphql_api.pagination import Page as PageOfList
from graphql_api.pagination import page_request
from graphql_api.pagination_types import paging_arguments

# Types that only an interface leads to; the schema must be told of them.
SITE_TYPES = [*SITE_NODES, *SECTION_TYPES.values(), *BLOCK_TYPES.values()]


class PagesQuery(MediaQuery, graphene.ObjectType):
    """The site: pages, menus, redirects, the hub, images and documents."""

    page = graphene.Field(
        Page,
        path=graphene.Argument(
            graphene.String, description="Its path on the site, for example `/about/`."
        ),
        id=graphene.Argument(graphene.ID, description="Its id."),
        **reading_arguments("Default: the language that the path or the id stands for."),
        description="One page, or null when there is none that may be seen. Give exactly one of "
        "path and id. With a locale, its translation into that language.",
    )
    pages = graphene.Field(
        graphene.NonNull(PageConnection),
        description="The pages of the site that may be seen, a page of the list at a time.",
        type=graphene.Argument(
            graphene.List(graphene.NonNull(PageKind)), description="Only pages of these kinds."
        ),
        parent_path=graphene.Argument(
            graphene.String, description="Only pages directly below the page at this path."
        ),
        in_menu=graphene.Argument(
            graphene.Boolean, description="Only those that are, or are not, wanted in menus."
        ),
        order_by=graphene.Argument(
            PAGE_ORDERS.enum, default_value=PAGE_ORDERS.default, description="In which order."
        ),
        args={**paging_arguments(), **reading_arguments()},
    )
    navigation = graphene.List(
        graphene.NonNull(NavigationItem),
        required=True,
        description="The links of a menu. Without a menu of the name `main`, two levels of the "
        "page tree.",
        menu=graphene.Argument(
            graphene.String, default_value=MAIN_MENU, description="The handle of the menu."
        ),
        **reading_arguments(),
    )
    redirect = graphene.Field(
        Redirect,
        description="Where a former path leads now; null when it leads nowhere public.",
        path=graphene.Argument(
            graphene.String, required=True, description="The path somebody asked for."
        ),
    )
    hub = graphene.Field(
        graphene.NonNull(Hub),
        description="What the hub says about itself, what it claims, and what others say.",
        **reading_arguments(),
    )

    @staticmethod
    def resolve_page(
        root: None,
        info: graphene.ResolveInfo,
        path: str | None = None,
        id: str | None = None,
        locale: str | None = None,
        fallback: Any = None,
    ) -> PageModel | None:
        if (path is None) == (id is None):
            raise ApiError(ErrorCode.BAD_USER_INPUT, "Give exactly one of path and id.")
        language = reading(locale, fallback)
        site = reader(info.context)
        draft = asked_draft(info.context, path=path, id=id)
        if draft is not None:
            return draft
        found = site.by_path(path) if path is not None else page_by_id(site, id or "")
        if found is None or locale is None:
            return found
        return site.in_language(found, language)

    @staticmethod
    def resolve_pages(
        root: None,
        info: graphene.ResolveInfo,
        type: list[Any] | None = None,
        parent_path: str | None = None,
        in_menu: bool | None = None,
        order_by: Any = None,
        locale: str | None = None,
        fallback: Any = None,
        **paging: Any,
    ) -> PageOfList[PageModel]:
        return read_pages(
            reader(info.context),
            reading(locale, fallback),
            page_request(**paging),
            order_by=order_by,
            kinds=type,
            parent_path=parent_path,
            in_menu=in_menu,
        )

    @staticmethod
    def resolve_navigation(
        root: None,
        info: graphene.ResolveInfo,
        menu: str,
        locale: str | None = None,
        fallback: Any = None,
    ) -> list[MenuLink]:
        return navigation(info.context, reading(locale, fallback), menu)

    @staticmethod
    def resolve_redirect(root: None, info: graphene.ResolveInfo, path: str) -> Target | None:
        return find_redirect(info.context, path)

    @staticmethod
    def resolve_hub(
        root: None,
        info: graphene.ResolveInfo,
        locale: str | None = None,
        fallback: Any = None,
    ) -> HubReader:
        return hub_reader(info.context, reading(locale, fallback))


def page_by_id(site: PageReader, value: str) -> PageModel | None:
    """The visible page with this id. Raises ``ApiError`` for the id of something else."""
    asked = read_global_id(value)
    models = {kind._meta.name: kind._meta.model for kind in PAGE_TYPES}
    if asked.type_name not in models:
        raise ApiError(ErrorCode.BAD_USER_INPUT, "This is not the id of a page.")
    model = models[asked.type_name]
    return site.one(site.visible().type(model).filter(pk=asked.pk))

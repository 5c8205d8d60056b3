"""Menus: the editors' own where there is one, else the page tree's.

Invariant: a link to a page that may not be seen is left out, with what is below it.
"""

from dataclasses import dataclass, field
from typing import Any

import graphene
from wagtail.models import Page as PageModel

from cms.publishing.addresses import absolute
from graphql_api.context import RequestContext
from graphql_api.filters import is_storable
from graphql_api.knowledge.documents import listed, text
from graphql_api.knowledge.reading import Reading
from graphql_api.pages.page_types import Page
from graphql_api.pages.reader import children_of, reader
from pages.models import NavigationItem as NavigationItemModel
from pages.models import NavigationMenu

MAIN_MENU = "main"


@dataclass(frozen=True, slots=True)
class MenuLink:
    """A link of a menu: what it says, where it leads, what hangs below it."""

    label: str
    url: str
    page: PageModel | None = None
    children: list["MenuLink"] = field(default_factory=list)


class NavigationItem(graphene.ObjectType):
    """A link of a menu."""

    label = text("The words.")
    url = text("Where it leads: a path on the front end or a whole address.")
    page = graphene.Field(Page, description="The page it leads to; null for any other address.")
    children = listed(lambda: NavigationItem, "The links below it.")


def navigation(context: RequestContext, reading: Reading, menu: str) -> list[MenuLink]:
    """The links of ``menu``; empty when there is no such menu."""
    composed = composed_menu(context, reading, menu) if is_storable(menu) else None
    if composed is not None:
        return composed
    return tree_menu(context, reading) if menu == MAIN_MENU else []


def composed_menu(context: RequestContext, reading: Reading, menu: str) -> list[MenuLink] | None:
    """The menu that editors composed, in the language of the reading; None without one."""
    menus = {
        one.locale.language_code: one
        for one in NavigationMenu.objects.filter(handle=menu).select_related("locale")
    }
    found = next((menus[locale] for locale in reading.locales if locale in menus), None)
    if found is None:
        return None
    items = list(NavigationItemModel.objects.filter(menu=found).order_by("sort_order", "pk"))
    site = reader(context)
    wanted = [item.page_id for item in items if item.page_id]
    pages = {page.pk: page for page in site.by_pks(wanted)} if wanted else {}
    links = []
    for item in items:
        if item.page_id is None:
            links.append(MenuLink(item.label, item.url))
        elif page := pages.get(item.page_id):
            links.append(link_to(context, page, item.label))
    return links


def tree_menu(context: RequestContext, reading: Reading) -> list[MenuLink]:
    """Two levels of the page tree: what editors want in menus, in their order."""
    site = reader(context)
    homes = {root.locale: root.path for root in site.roots}
    path = next((homes[locale] for locale in reading.locales if locale in homes), None)
    home = site.one(site.visible().filter(path=path)) if path else None
    if home is None:
        return []
    return [
        link_to(context, page, children=[link_to(context, one) for one in in_menus(page)])
        for page in in_menus(home)
    ]


def in_menus(page: PageModel) -> list[PageModel]:
    """The children of ``page`` that editors want in menus."""
    return [child for child in children_of(page) if child.show_in_menus]


def link_to(context: RequestContext, page: PageModel, label: str = "", **more: Any) -> MenuLink:
    """A link to a visible page; without words of its own it has the page's title."""
    return MenuLink(label or page.title, absolute(reader(context).path(page)), page, **more)

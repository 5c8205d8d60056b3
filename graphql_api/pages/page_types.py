"""Page types, written out field by field.

Invariant: a page shows the fields named here and no others. The types stand in grapple's
registry as the types of their models, and take none of the fields grapple would give them.
"""

from typing import Any

import graphene
from graphene_django import DjangoObjectType
from grapple.registry import registry
from wagtail.models import Page as PageModel

from cms.publishing.addresses import absolute
from graphql_api.errors import ApiError, ErrorCode
from graphql_api.knowledge.blocks import Block
from graphql_api.knowledge.documents import listed, text
from graphql_api.knowledge.entries import Seo
from graphql_api.knowledge.global_ids import global_id
from graphql_api.knowledge.node import Node
from graphql_api.pages import reader
from graphql_api.pages.links import Link
from graphql_api.pages.section_types import HomeSection
from graphql_api.scalars import DateTime
from pages.models import HomePage as HomePageModel
from pages.models import LandingPage as LandingPageModel
from pages.models import StandardPage as StandardPageModel
from pages.rendering.sections import render_home_sections

DEFAULT_CHILDREN = MAX_CHILDREN = 100


class PageTranslation(graphene.ObjectType):
    """The same page in another language."""

    locale = text("The language.")
    slug = text("The slug in that language.")
    path = text("Its path on the site.")

    @staticmethod
    def resolve_locale(page: PageModel, info: graphene.ResolveInfo) -> str:
        return locale_of(page)

    @staticmethod
    def resolve_path(page: PageModel, info: graphene.ResolveInfo) -> str:
        return page.batch.reader.path(page)


class Page(graphene.Interface):
    """A page of the site that the public may see, in one language."""

    class Meta:
        interfaces = (Node,)

    id = graphene.ID(
        required=True, description="For `page(id:)` and `node`. The page has one in each language."
    )
    title = text("The title.")
    slug = text("The last part of its path.")
    path = text(
        "Its path on the site, for example `/about/`; begins with the language if that "
        "is not the default one."
    )
    url = text("The path on the front end: a whole address when the site has set one.")
    locale = text("The language this page is delivered in.")
    translations = listed(PageTranslation, "The same page in the other languages it is out in.")
    show_in_menus = graphene.Boolean(
        required=True, description="The editors want it in menus made from the page tree."
    )
    seo = graphene.Field(graphene.NonNull(Seo), description="What to tell search engines.")
    published_at = DateTime(description="When it was first published; null when unknown.")
    updated_at = DateTime(description="When it was last published; null when unknown.")
    parent = graphene.Field(lambda: Page, description="The page above; null for a home page.")
    ancestors = listed(lambda: Page, "The pages above, from the home page down.")
    children = listed(
        lambda: Page,
        "The pages directly below that may be seen, in the editors' order.",
        first=graphene.Argument(
            graphene.Int,
            default_value=DEFAULT_CHILDREN,
            description=f"How many, at most {MAX_CHILDREN}; `pages(parentPath:)` reaches all.",
        ),
        in_menu=graphene.Argument(
            graphene.Boolean, description="Only those that are, or are not, wanted in menus."
        ),
    )

    @classmethod
    def resolve_type(cls, page: PageModel, info: graphene.ResolveInfo) -> Any:
        return registry.pages[type(page)]


class PageType(DjangoObjectType):
    """What the page types share: how they read the fields of ``Page``."""

    class Meta:
        abstract = True

    def resolve_id(self, info: graphene.ResolveInfo) -> str:
        return global_id(registry.pages[type(self)]._meta.name, self.pk)

    def resolve_path(self, info: graphene.ResolveInfo) -> str:
        return self.batch.reader.path(self)

    def resolve_url(self, info: graphene.ResolveInfo) -> str:
        return absolute(self.batch.reader.path(self))

    def resolve_locale(self, info: graphene.ResolveInfo) -> str:
        return locale_of(self)

    def resolve_translations(self, info: graphene.ResolveInfo) -> list[PageModel]:
        return reader.translations_of(self)

    def resolve_seo(self, info: graphene.ResolveInfo) -> dict[str, str]:
        return {"title": self.seo_title or self.title, "description": self.search_description}

    def resolve_published_at(self, info: graphene.ResolveInfo) -> Any:
        return self.first_published_at

    def resolve_updated_at(self, info: graphene.ResolveInfo) -> Any:
        return self.last_published_at

    def resolve_parent(self, info: graphene.ResolveInfo) -> PageModel | None:
        above = reader.ancestors_of(self)
        return above[-1] if above else None

    def resolve_ancestors(self, info: graphene.ResolveInfo) -> list[PageModel]:
        return reader.ancestors_of(self)

    def resolve_children(
        self, info: graphene.ResolveInfo, first: int, in_menu: bool | None = None
    ) -> list[PageModel]:
        limit = checked_limit(first)
        found = reader.children_of(self)
        if in_menu is not None:
            found = [page for page in found if page.show_in_menus == in_menu]
        return found[:limit]


class HomePage(PageType):
    """The front of the site, composed of sections."""

    class Meta:
        model = HomePageModel
        fields = ()
        interfaces = (Page, Node)
        use_connection = False

    sections = listed(HomeSection, "The sections, in the editors' order.")

    def resolve_sections(self, info: graphene.ResolveInfo) -> list[dict[str, Any]]:
        locale = locale_of(self)
        sections = render_home_sections(reader.content_of(self).sections)
        return [{**section, "locale": locale} for section in sections]


class BodyPageType(PageType):
    """What pages with a body share."""

    class Meta:
        abstract = True

    introduction = text("Shown before the body; plain text, empty when there is none.")
    body = listed(Block, "The body, block by block. What the public may not see leaves no trace.")
    body_html = text("The body as sanitised HTML; headings begin at `h2`.")
    body_text = text("The body as plain text.")

    def resolve_introduction(self, info: graphene.ResolveInfo) -> str:
        return reader.content_of(self).introduction

    def resolve_body(self, info: graphene.ResolveInfo) -> list[dict[str, Any]]:
        return [{**block, "page": self} for block in reader.body_of(self)["blocks"]]

    def resolve_body_html(self, info: graphene.ResolveInfo) -> str:
        return reader.body_of(self)["html"]

    def resolve_body_text(self, info: graphene.ResolveInfo) -> str:
        return reader.body_of(self)["text"]


class StandardPage(BodyPageType):
    """A page of text."""

    class Meta:
        model = StandardPageModel
        fields = ()
        interfaces = (Page, Node)
        use_connection = False


class LandingPage(BodyPageType):
    """The entrance to a subject, with one thing to do next."""

    class Meta:
        model = LandingPageModel
        fields = ()
        interfaces = (Page, Node)
        use_connection = False

    call_to_action = graphene.Field(Link, description="The one thing to do next, if any.")

    def resolve_call_to_action(self, info: graphene.ResolveInfo) -> dict[str, str] | None:
        content = reader.content_of(self)
        label, url = content.call_to_action_label, content.call_to_action_url
        return {"label": label, "url": url} if label and url else None


PAGE_TYPES = (HomePage, StandardPage, LandingPage)
registry.pages.update({kind._meta.model: kind for kind in PAGE_TYPES})


def locale_of(page: PageModel) -> str:
    """The language code of ``page``."""
    return page.batch.reader.locales[page.locale_id]


def checked_limit(first: int) -> int:
    """``first`` of a list without cursors. Raises ``ApiError`` when it is out of range."""
    if first < 0:
        raise ApiError(ErrorCode.BAD_USER_INPUT, "first is at least 0.")
    if first > MAX_CHILDREN:
        raise ApiError(
            ErrorCode.PAGE_SIZE_TOO_LARGE, f"first is at most {MAX_CHILDREN}.", maximum=MAX_CHILDREN
        )
    return first

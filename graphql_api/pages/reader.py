"""How one request reads pages: through the rule of visibility, and in batches.

Invariant: pages that were found together load their parents, children, translations and
bodies together, so the number of statements does not grow with the number of pages.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Length, Substr
from wagtail.models import Locale, Page
from wagtail.query import PageQuerySet

from cms.publishing.addresses import SiteRoot, language_prefix, path_below, site_roots
from cms.publishing.visibility import hidden_branches, visible_pages
from graphql_api.context import RequestContext
from graphql_api.filters import is_storable
from graphql_api.knowledge.reading import Reading
from graphql_api.records import EntryRecord
from pages.models import HomePage, LandingPage, StandardPage
from pages.rendering.bodies import render_bodies

# Only these are delivered: a page model is public when its type is written, not before.
PAGE_MODELS = (HomePage, StandardPage, LandingPage)


class PageReader:
    """The default site's visible pages, as one request sees them."""

    @cached_property
    def hidden(self) -> list[str]:
        """Branches of the tree that nobody may see."""
        return hidden_branches()

    @cached_property
    def roots(self) -> list[SiteRoot]:
        """The home page in each language."""
        return site_roots()

    @cached_property
    def locales(self) -> dict[int, str]:
        """Language codes by the key that pages refer to them by."""
        return dict(Locale.objects.values_list("pk", "language_code"))

    def visible(self) -> PageQuerySet:
        """Every page of the site that may be seen, in every language."""
        below = Q(pk__in=[])
        for root in self.roots:
            below |= Q(path__startswith=root.path)
        return visible_pages(self.hidden).type(*PAGE_MODELS).filter(below)

    def delivered(self, reading: Reading) -> PageQuerySet:
        """Visible pages in the languages of ``reading``, each translation set at most once."""
        rows = self.visible()
        wanted = Q(locale__language_code=reading.locale)
        if len(reading.locales) > 1:
            translated = self.visible().filter(
                translation_key=OuterRef("translation_key"), locale__language_code=reading.locale
            )
            wanted |= Q(~Exists(translated), locale__language_code=settings.LANGUAGE_CODE)
        return rows.filter(wanted)

    def batch(self, rows: PageQuerySet) -> list[Page]:
        """The pages of ``rows``, each of its own model and without its long fields."""
        return PageBatch(self, rows.specific(defer=True)).pages

    def one(self, rows: PageQuerySet) -> Page | None:
        """The first page of ``rows``."""
        return next(iter(self.batch(rows[:1])), None)

    def by_pks(self, pks: list[int]) -> list[Page]:
        """Pages in the order of ``pks``, those that may be seen."""
        found = {page.pk: page for page in self.batch(self.visible().filter(pk__in=pks))}
        return [found[pk] for pk in pks if pk in found]

    def by_path(self, path: str) -> Page | None:
        """The page at ``path``, a path on the site such as ``/de/about/``."""
        wanted = self.url_paths(path)
        found = {
            page.url_path: page for page in self.batch(self.visible().filter(url_path__in=wanted))
        }
        return next((found[one] for one in wanted if one in found), None)

    def url_paths(self, path: str) -> list[str]:
        """Where in the tree ``path`` may lead, the likeliest first. Empty for no path at all."""
        if not path.startswith("/") or not is_storable(path):
            return []
        slashed = path if path.endswith("/") else f"{path}/"
        places = []
        # The longest prefix first: /de/ is a language before it is a page of that name.
        for root in sorted(self.roots, key=lambda one: -len(language_prefix(one.locale))):
            start = f"{language_prefix(root.locale)}/"
            if slashed.startswith(start):
                places.append(root.url_path + slashed.removeprefix(start))
        return places

    def in_language(self, page: Page, reading: Reading) -> Page | None:
        """The translation of ``page`` that ``reading`` delivers; itself in its own language."""
        translations = {self.locales[one.locale_id]: one for one in translations_of(page)}
        translations[self.locales[page.locale_id]] = page
        return next((translations[one] for one in reading.locales if one in translations), None)

    def path(self, page: Page) -> str:
        """The path of a visible page on its site."""
        return path_below(self.roots, page.url_path) or "/"


class PageBatch:
    """Pages found together, and what they load together."""

    def __init__(self, reader: PageReader, rows: Iterable[Page]) -> None:
        self.reader = reader
        self.pages = list(rows)
        # Language → the entries that the bodies show; see graphql_api.pages.entries.
        self.entries: dict[str, dict[str, EntryRecord]] = {}
        for page in self.pages:
            page.batch = self

    @cached_property
    def children(self) -> dict[str, list[Page]]:
        """Tree path → visible pages directly below, in the editors' order."""
        parents = [page.path for page in self.pages]
        below = Substr("path", 1, Length("path") - Value(Page.steplen))
        rows = self.reader.visible().alias(above=below).filter(above__in=parents).order_by("path")
        grouped: dict[str, list[Page]] = defaultdict(list)
        for page in self.reader.batch(rows):
            grouped[page.path[: -Page.steplen]].append(page)
        return grouped

    @cached_property
    def ancestors(self) -> dict[str, Page]:
        """Tree path → visible page, for everything above the pages."""
        paths = {path for page in self.pages for path in paths_above(page)}
        rows = self.reader.visible().filter(path__in=sorted(paths))
        return {page.path: page for page in self.reader.batch(rows)}

    @cached_property
    def translations(self) -> dict[Any, list[Page]]:
        """Translation key → visible pages in any language."""
        keys = {page.translation_key for page in self.pages}
        rows = self.reader.visible().filter(translation_key__in=sorted(keys))
        grouped: dict[Any, list[Page]] = defaultdict(list)
        for page in self.reader.batch(rows.order_by("locale__language_code")):
            grouped[page.translation_key].append(page)
        return grouped

    @cached_property
    def contents(self) -> dict[int, Page]:
        """Primary key → the whole page, long fields and all: a statement for each model."""
        found: dict[int, Page] = {}
        for model in {type(page) for page in self.pages}:
            pks = [page.pk for page in self.pages if type(page) is model]
            found |= model.objects.in_bulk(pks)
        return found

    @cached_property
    def bodies(self) -> dict[int, dict[str, Any]]:
        """Primary key → ``{html, text, blocks}`` of the pages that have a body."""
        return render_bodies(
            {
                page.pk: (self.reader.locales[page.locale_id], page.body)
                for page in self.contents.values()
                if hasattr(page, "body")
            }
        )


def reader(context: RequestContext) -> PageReader:
    """The pages as this request sees them."""
    if "pages" not in context.memo:
        context.memo["pages"] = PageReader()
    return context.memo["pages"]


def paths_above(page: Page) -> list[str]:
    """Tree paths of the pages above, from the outermost."""
    return [page.path[:end] for end in range(Page.steplen, len(page.path), Page.steplen)]


def ancestors_of(page: Page) -> list[Page]:
    """The visible pages above, from the home page down."""
    found = page.batch.ancestors
    return [found[path] for path in paths_above(page) if path in found]


def children_of(page: Page) -> list[Page]:
    """The visible pages directly below, in the editors' order."""
    return page.batch.children.get(page.path, [])


def translations_of(page: Page) -> list[Page]:
    """The same page in the other languages it may be seen in, by language."""
    found = page.batch.translations.get(page.translation_key, [])
    return [one for one in found if one.pk != page.pk]


def content_of(page: Page) -> Page:
    """The page with its long fields."""
    return page.batch.contents[page.pk]


def body_of(page: Page) -> dict[str, Any]:
    """``{html, text, blocks}`` of a page with a body."""
    return page.batch.bodies[page.pk]

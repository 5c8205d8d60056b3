"""What the public may see: the one definition for pages, files and small drafted records.

Invariant: nothing is visible by its own merit alone. A page needs every page above it to
be live, unexpired and unrestricted; a file needs every collection above it to be open.
Expiry counts from its moment, whether or not ``publish_scheduled`` has run since.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django.db.models.functions import Substr
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

from cms.media.renditions import RENDITIONS
from cms.media.rights import private_collections

ModelType = TypeVar("ModelType", bound=Model)


def is_out() -> Q:
    """Published and not expired, for any model with Wagtail's draft state."""
    return Q(live=True) & (Q(expire_at__isnull=True) | Q(expire_at__gt=timezone.now()))


def visible_records(queryset: QuerySet[ModelType]) -> QuerySet[ModelType]:
    """Of a drafted record that stands by itself, such as a quote: what is out."""
    return queryset.filter(is_out())


def hidden_branches() -> list[str]:
    """Tree paths of the pages that hide themselves and everything below, outermost only.

    One statement. Leaves that are merely drafts are not listed: they hide nothing else.
    """
    shut = (
        Page.objects.exclude(is_out())
        .filter(numchild__gt=0)
        .order_by()
        .values_list("path", flat=True)
    )
    restricted = PageViewRestriction.objects.values_list("page__path", flat=True)
    outermost: list[str] = []
    for path in sorted(shut.union(restricted)):
        if not outermost or not path.startswith(outermost[-1]):
            outermost.append(path)
    return outermost


def visible_pages(hidden: Iterable[str] | None = None) -> PageQuerySet:
    """Pages the public may see, in every language; the tree's root is none of them.

    ``hidden`` is what ``hidden_branches`` returned, for callers that ask more than once.
    """
    pages = Page.objects.filter(is_out(), depth__gt=1)
    by_length: dict[int, list[str]] = defaultdict(list)
    for path in hidden_branches() if hidden is None else hidden:
        by_length[len(path)].append(path)
    # One IN per level of the tree: a chain of LIKEs would grow with the number of drafts.
    for length, paths in sorted(by_length.items()):
        name = f"branch_{length}"
        pages = pages.alias(**{name: Substr("path", 1, length)}).exclude(**{f"{name}__in": paths})
    return pages


def visible_media(queryset: QuerySet[ModelType]) -> QuerySet[ModelType]:
    """Images or documents outside every restricted collection and what lies below one.

    One statement when built, for the restrictions.
    """
    return queryset.exclude(collection__in=private_collections().values("pk"))


def visible_images() -> QuerySet[Any]:
    """Images the public may see, with the sizes they have: two statements when read."""
    images = get_image_model().objects.prefetch_renditions(*RENDITIONS.values())
    return visible_media(images)


def visible_documents() -> QuerySet[Any]:
    """Documents the public may see."""
    return visible_media(get_document_model().objects.all())

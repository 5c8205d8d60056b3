"""A site of pages, saved as they are asked for: live unless told otherwise."""

from datetime import timedelta
from typing import Any, TypeVar

from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction, Site

from pages.models import HomePage, Quote, StandardPage, Testimonial

PageType = TypeVar("PageType", bound=Page)


def home(**fields: Any) -> HomePage:
    """The default site's home page, in place of Wagtail's welcome page."""
    site = Site.objects.get(is_default_site=True)
    page = HomePage(**{"title": "Home", "slug": "front", **fields})
    Page.get_first_root_node().add_child(instance=page)
    site.root_page = page
    site.save()
    return page


def below(parent: Page, page: PageType) -> PageType:
    """``page`` as the last child of ``parent``."""
    return Page.objects.get(pk=parent.pk).add_child(instance=page)


def standard(parent: Page, title: str = "About", **fields: Any) -> StandardPage:
    """A standard page below ``parent`` whose slug is its title's."""
    slug = title.lower().replace(" ", "-")
    return below(parent, StandardPage(**{"title": title, "slug": slug, **fields}))


def private(page: Page) -> Page:
    """``page``, now only for people who log in."""
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    return page


def expired() -> dict[str, Any]:
    """Fields of something whose time is over, while no command has taken it down yet."""
    return {"live": True, "expire_at": timezone.now() - timedelta(minutes=1)}


def private_collection(name: str = "Internal") -> Collection:
    """A collection only for people who log in."""
    collection = Collection.get_first_root_node().add_child(name=name)
    CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    return collection


def quote(**fields: Any) -> Quote:
    """A published quote."""
    values = {"text": "Write it down.", "attribution_name": "Maren Oyelaran", "live": True}
    return Quote.objects.create(**{**values, **fields})


def testimonial(**fields: Any) -> Testimonial:
    """A published testimonial."""
    values = {"text": "It helped.", "author_name": "Kofi Brandstätter", "live": True}
    return Testimonial.objects.create(**{**values, **fields})

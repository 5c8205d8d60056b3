"""May the public have this file? Decided by its collection and every collection above it."""

from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import Collection, CollectionViewRestriction


def private_collections() -> QuerySet[Collection]:
    """Restricted collections and everything below them."""
    restricted = Q(pk__in=())
    for path in CollectionViewRestriction.objects.values_list("collection__path", flat=True):
        restricted |= Q(path__startswith=path)
    return Collection.objects.filter(restricted)


def is_public_media(item: Any) -> bool:
    """True unless ``item`` (an image or document) lies in or below a restricted collection."""
    return not private_collections().filter(pk=item.collection_id).exists()

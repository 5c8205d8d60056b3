"""The only signal receivers in the project.

Invariant: the read model follows the *stored row* of a record. A draft lives in a
revision and in memory, never in the row of a live record, so nothing here renders
an instance that was saved only in part.
"""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.db.models.signals import post_delete, post_save
from treebeard.mp_tree import path_updated
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Locale,
    Page,
    PageViewRestriction,
    Site,
)
from wagtail.signals import page_published, page_slug_changed, post_page_move

from cms.publishing.bridge import synchronize, withdraw
from cms.publishing.dependents import render_dependents
from cms.publishing.models import ContentVersion, EmbeddedReference, PublicationEvent
from cms.publishing.record import DeliveredModel, PublishableRecord

# Fields that Wagtail saves while an editor works on a draft or locks a record.
# None of them changes what the public sees.
BOOKKEEPING = frozenset(
    {
        "latest_revision",
        "latest_revision_created_at",
        "has_unpublished_changes",
        "draft_title",
        "locked",
        "locked_at",
        "locked_by",
    }
)


def record_saved(
    sender: type[models.Model],
    instance: models.Model,
    raw: bool = False,
    update_fields: frozenset[str] | None = None,
    **kwargs: Any,
) -> None:
    """A record, or something else that delivery shows, was saved."""
    if raw or (update_fields is not None and set(update_fields) <= BOOKKEEPING):
        return
    if isinstance(instance, PublishableRecord):
        # Saved in part: the instance in memory may hold a draft, the row does not.
        record = instance if update_fields is None else type(instance).objects.get(pk=instance.pk)
        # The record's own ``save`` is around this, and is undone as a whole.
        with transaction.atomic(savepoint=False):
            if synchronize(record):
                render_dependents(record.own_targets())
    elif isinstance(instance, DeliveredModel):
        with transaction.atomic():
            instance.after_delivered_change()
            ContentVersion.advance()
    else:
        surroundings_changed(instance)


def surroundings_changed(instance: models.Model) -> None:
    """A page, a file, an access rule, a site or a language was saved or deleted."""
    match instance:
        case Page():
            page_changed(instance)
        case PageViewRestriction():
            page_changed(instance.page)
        case CollectionViewRestriction():
            collection_changed()
        case Site() | Locale() | Redirect():
            ContentVersion.advance()
        case _ if isinstance(instance, get_image_model()):
            media_changed(f"image:{instance.pk}")
        case _ if isinstance(instance, get_document_model()):
            media_changed(f"document:{instance.pk}")


def record_deleted(sender: type[models.Model], instance: models.Model, **kwargs: Any) -> None:
    """A record, or something else that delivery shows, was deleted."""
    if isinstance(instance, PublishableRecord):
        # Multi-table inheritance sends the signal for the child and then for its parent.
        # The child knows its kind; when the parent goes, what pointed at it is gone too.
        if getattr(sender, "KIND", ""):
            withdraw(instance, PublicationEvent.Action.DELETED)
        if not sender._meta.parents:
            render_dependents(instance.deletion_targets())
    elif isinstance(instance, DeliveredModel):
        instance.after_delivered_deletion()
        ContentVersion.advance()
    else:
        surroundings_changed(instance)


def page_changed(page: Page) -> None:
    """The page, and with it the address or the visibility of everything below, changed."""
    with transaction.atomic():
        ContentVersion.advance()
        paths = Page.objects.filter(path__startswith=page.path).values_list("pk", flat=True)
        embedded = EmbeddedReference.objects.filter(target__startswith="page:")
        if embedded.exists():
            render_dependents(f"page:{pk}" for pk in {*paths, page.pk})


def media_changed(target: str) -> None:
    """A file that documents may embed changed."""
    with transaction.atomic():
        ContentVersion.advance()
        render_dependents([target])


def files_moved(files: Iterable[models.Model]) -> None:
    """Images or documents were put into another collection, in the transaction that is open."""
    documents = get_document_model()
    render_dependents(
        f"{'document' if isinstance(file, documents) else 'image'}:{file.pk}" for file in files
    )
    ContentVersion.advance()


def collection_changed() -> None:
    """A branch of collections became private or public: any embedded file may have with it."""
    with transaction.atomic():
        ContentVersion.advance()
        targets = EmbeddedReference.objects.filter(
            models.Q(target__startswith="image:") | models.Q(target__startswith="document:")
        )
        render_dependents(targets.values_list("target", flat=True).distinct())


def collection_moved(sender: type[Collection], old_path: str, new_path: str, **kwargs: Any) -> None:
    """A branch of collections got another path; one below another parent may have been shut."""
    parent_length = -Collection.steplen
    if old_path[:parent_length] != new_path[:parent_length]:
        collection_changed()


def page_settled(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Wagtail moves a branch, and renames what is below a page, without saving those pages."""
    page_changed(instance)


post_save.connect(record_saved, dispatch_uid="publishing.record_saved")
post_delete.connect(record_deleted, dispatch_uid="publishing.record_deleted")
path_updated.connect(
    collection_moved, sender=Collection, dispatch_uid="publishing.collection_moved"
)
for signal in (page_published, post_page_move, page_slug_changed):
    signal.connect(page_settled, dispatch_uid="publishing.page_settled")

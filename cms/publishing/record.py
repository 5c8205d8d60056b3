"""The authoring side of the bridge: a draftable record whose publication is one transaction.

Invariant: whoever publishes (the admin, a command, code) goes through ``publish`` here,
which refuses an incomplete record and commits row, read model and event together.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    ReferenceIndex,
    RevisionMixin,
    WorkflowMixin,
)

from cms.publishing.children import in_memory, pass_over_childless, remembered
from cms.publishing.foreign_keys import all_exist, content_is_whole, keys_to_validate
from cms.publishing.history import History
from cms.publishing.models import ContentVersion, PublishedDocument
from cms.publishing.preview import FrontendPreviewMixin
from cms.publishing.stored import answering, stored_of

logger = logging.getLogger("lamplight.publishing")

# What Wagtail's publish_scheduled command logs a publication as.
SCHEDULED = "wagtail.publish.scheduled"

# What Wagtail saves of the row when a draft is saved.
DRAFTING = frozenset({"latest_revision", "has_unpublished_changes"})


class IncompleteRecordError(ValidationError):
    """A draft lacks something that publication needs; ``error_dict`` names each field."""


class DeliveredModel(models.Model):
    """Something small that delivery reads as it stands: a term, a setting, a quote.

    Every save and deletion advances the content version, so caches notice.
    """

    class Meta:
        abstract = True

    def after_delivered_change(self) -> None:
        """Called in the saving transaction."""

    def after_delivered_deletion(self) -> None:
        """Called in the deleting transaction."""

    def delivered_drift(self) -> list[str]:
        """What delivery has stored of this and should read otherwise; empty when in step."""
        return []

    @classmethod
    def delivered_orphans(cls) -> models.QuerySet | None:
        """Stored for delivery although the original is gone; None where nothing is stored."""
        return None


@dataclass(frozen=True, slots=True)
class RenderedDocument:
    """What a record looks like to the public: plain data, ready to be stored.

    ``columns`` are the read model's filter and order columns, ``terms`` its
    many-valued filters as (facet, value) pairs, ``references`` the targets whose
    change makes this rendering stale.
    """

    card: dict[str, Any]
    body: dict[str, Any]
    content_hash: str
    columns: dict[str, Any]
    terms: tuple[tuple[str, str], ...] = ()
    references: frozenset[str] = field(default_factory=frozenset)


class PublishableRecord(
    FrontendPreviewMixin,
    PreviewableMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    models.Model,
):
    """Drafts, revisions, workflow, locks, preview, and a read model that follows the live row."""

    # Wagtail's default is True: a row made by code would be public without anyone publishing it.
    live = models.BooleanField(default=False, editable=False)

    published_model: ClassVar[type[PublishedDocument]]
    KIND: ClassVar[str] = ""

    # True while the record is rendered for the first time ever: nothing is stored of its
    # past, and rendering need not ask.
    is_arriving = False

    # True while ``publish`` saves the record: what fails then undoes the whole publication,
    # so nothing inside it needs a savepoint.
    is_being_published = False

    # The fields that ``str()`` names the record by; its foreign keys that completeness or
    # rendering look behind, and at which fields there. Publication reads them together.
    NAMED_BY: ClassVar[tuple[str, ...]] = ()
    RELATIONS_SHOWN: ClassVar[Mapping[str, tuple[str, ...]]] = {}

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """Save the record, and index what it refers to once.

        Wagtail reads the row again for that, once for itself and once for each child that is
        saved with it. A draft is in its revision: saving one changes nothing in the row.
        """
        # From Wagtail 8.0 on, the module needs all models.
        from wagtail import signal_handlers

        changed = kwargs.get("update_fields")
        is_partial = changed is not None and not DRAFTING.issuperset(changed)
        is_off = getattr(signal_handlers.reference_index_auto_update_disabled, "value", False)
        if is_partial or is_off:
            return super().save(*args, **kwargs)
        # Who could go on without what is saved here has a savepoint of its own.
        with transaction.atomic(savepoint=False):
            children = dict(in_memory(self))
            with signal_handlers.disable_reference_index_auto_update():
                result = super().save(*args, **kwargs)
            if changed is None:
                with remembered(self, children):
                    ReferenceIndex.create_or_update_for_object(self)
        return result

    def save_base(self, *args, **kwargs):
        """Save the row; who hears of it is shown children that are saved after that."""
        super().save_base(*args, **kwargs)
        if kwargs.get("update_fields") is None:
            pass_over_childless(self)

    @property
    def revisions(self):
        """The record's revisions; a publication writes those only that had been scheduled."""
        return History.of(self)

    @property
    def publication_kind(self) -> str:
        """The kind as the event log and the read model name it."""
        raise NotImplementedError(type(self))

    def render_document(self) -> RenderedDocument:
        """The public rendering of the row as it stands in memory."""
        raise NotImplementedError(type(self))

    def own_targets(self) -> list[str]:
        """The targets under which other documents may embed this record."""
        return []

    def deletion_targets(self) -> list[str]:
        """The targets of documents that must be rendered again when this record is deleted."""
        return self.own_targets()

    def missing_for_publication(self) -> dict[str, str]:
        """What a reader would miss: field name → one sentence. Empty when complete."""
        return {}

    def before_replacement(self, published: PublishedDocument) -> None:
        """Called inside the transaction, before ``published`` is replaced or withdrawn."""

    def check_complete(self) -> None:
        """Raise ``IncompleteRecordError`` naming every missing field."""
        if missing := self.missing_for_publication():
            raise IncompleteRecordError(missing)

    def clean_fields(self, exclude=None):
        """Check each field, foreign keys together. Raises ``ValidationError``."""
        left_out = set(exclude or ())
        keys = keys_to_validate(self, left_out)
        super().clean_fields(left_out | keys.keys() if all_exist(keys.values()) else left_out)

    @classmethod
    def from_serializable_data(cls, data, check_fks=True, strict_fks=False):
        """A record of a revision's content; what it refers to is looked for in one statement."""
        check_fks = check_fks and not content_is_whole(cls, data)
        return super().from_serializable_data(data, check_fks=check_fks, strict_fks=strict_fks)

    def publish(self, revision, *args, **kwargs):
        """Publish ``revision``; refuses an incomplete one. One transaction.

        A refusal is a ``ValidationError``, but not for the scheduler: one revision that
        became impossible must not keep all later ones waiting. It stays scheduled, and
        the log says why.
        """
        try:
            with transaction.atomic():
                ContentVersion.lock()
                current = revision.content_object
                stored = stored_of(current)
                if stored is not None:
                    stored.share_with(current)
                candidate = revision.as_object()
                if stored is not None:
                    stored.share_with(candidate)
                candidate.check_complete()
                candidate.full_clean()
                with answering(revision, candidate, stored):
                    return super().publish(revision, *args, **kwargs)
        except ValidationError as error:
            if kwargs.get("log_action") != SCHEDULED:
                raise
            logger.warning("Not published as scheduled: %s: %s", self, "; ".join(error.messages))

    def unpublish(self, *args, **kwargs):
        """Take the record from the public. One transaction."""
        with transaction.atomic():
            ContentVersion.lock()
            return super().unpublish(*args, **kwargs)

    def delete(self, *args, **kwargs):
        """Delete the record and its document. One transaction."""
        with transaction.atomic():
            ContentVersion.lock()
            return super().delete(*args, **kwargs)

"""The event log, the content version, and the shape every read model shares.

Invariant: a row of a read model, its event and the content version that names them
are written in the transaction that publishes, or not at all.
"""

import secrets
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.db.models import Q
from django.utils import timezone

from cms.publishing.fields import DocumentField, ListField
from cms.publishing.followers import tell_change_followers
from cms.publishing.parts import Parts, merged, split
from cms.publishing.reads import note_unnamed_read
from cms.publishing.scope import Scope, current_scope


class ContentVersion(models.Model):
    """One row counting every change of what the public may see.

    The row is locked by the update that takes the next number, so numbers are
    committed in order and no reader of the log can ever skip one.
    """

    ROW = 1
    # Names this lock among the advisory locks of a PostgreSQL database.
    LOCK = 0x6C616D70

    number = models.BigIntegerField(default=0)
    # Drawn anew at each change: a database that was restored from a copy counts the same
    # numbers again, over other content.
    stamp = models.BigIntegerField(default=0)
    # Drawn anew at each change of anything but records: pages, terms, files, settings.
    surroundings = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = "content version"

    @classmethod
    def current(cls) -> int:
        """The number of the last committed change; 0 before the first."""
        return cls.objects.filter(pk=cls.ROW).values_list("number", flat=True).first() or 0

    @classmethod
    def stamps(cls) -> tuple[int, int]:
        """The stamps of the last committed change of anything, and of anything but records.

        Zeros before the first. What rests on no record holds for as long as the second.
        """
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT stamp, surroundings FROM publishing_contentversion WHERE id = %s", [cls.ROW]
            )
            return cursor.fetchone() or (0, 0)

    @classmethod
    def lock(cls) -> None:
        """Wait until no other transaction is publishing, and keep others waiting until commit.

        Publishing one record may render others again. Taking this lock before any row
        lock gives all publishing transactions one order, so they never deadlock.
        """
        if connection.vendor == "postgresql":
            # Who waits for a row that changes must begin again after each change, and may be
            # overtaken by an import that publishes batch after batch. Who waits for this lock
            # is served in turn.
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [cls.LOCK])
        elif not cls.objects.select_for_update().filter(pk=cls.ROW).exists():
            cls.objects.get_or_create(pk=cls.ROW)
            cls.objects.select_for_update().get(pk=cls.ROW)

    @classmethod
    def advance(cls, count: int = 1, *, of_records: bool = False) -> int:
        """Take the next ``count`` numbers and return the last of them.

        Call inside the transaction that makes the change. ``of_records``: nothing else changed.
        """
        number = cls._take(count, of_records)
        if not number:
            # Without a row there was nothing to join the lock with.
            cls.lock()
            cls.objects.get_or_create(pk=cls.ROW)
            number = cls._take(count, of_records)
        tell_change_followers(count)
        return number

    @classmethod
    def _take(cls, count: int, of_records: bool) -> int:
        """Add ``count`` to the row; returns its number then, 0 when there is no row."""
        columns, values = ["number = number + %s", "stamp = %s"], [count, secrets.randbits(62)]
        if not of_records:
            columns.append("surroundings = %s")
            values.append(secrets.randbits(62))
        source = ""
        if connection.vendor == "postgresql":
            # Who locked nothing before would wait for the row, behind all who come later. Read
            # before the row is locked: it is what the row to change is joined with.
            source = " FROM (SELECT pg_advisory_xact_lock(%s)) AS held"
            values.append(cls.LOCK)
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE publishing_contentversion SET {', '.join(columns)}{source}"  # noqa: S608
                " WHERE id = %s RETURNING number",
                [*values, cls.ROW],
            )
            row = cursor.fetchone()
        return row[0] if row else 0


class PublicationEventQuerySet(models.QuerySet):
    """Events by who may know of them."""

    def within(self, scope: Scope):
        """Events of records that are, or have just been, inside the bounds of ``scope``."""
        rows = self
        if scope.kinds is not None:
            rows = rows.filter(kind__in=scope.kinds)
        if scope.technologies is not None:
            rows = rows.filter(
                Q(technology__in=scope.technologies) | Q(former_technology__in=scope.technologies)
            )
        return rows


class PublicationEvent(models.Model):
    """What happened to one public record: append-only, ordered by ``sequence``."""

    class Action(models.TextChoices):
        PUBLISHED = "PUBLISHED", "Published"
        UPDATED = "UPDATED", "Updated"
        UNPUBLISHED = "UNPUBLISHED", "Unpublished"
        DELETED = "DELETED", "Deleted"

    sequence = models.BigIntegerField(primary_key=True)
    action = models.CharField(max_length=16, choices=Action.choices)
    kind = models.CharField(max_length=32)
    object_id = models.BigIntegerField()
    code = models.CharField(max_length=64, blank=True)
    locale = models.CharField(max_length=16, blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    # What the record was about after the event, and before it where that was something
    # else: a reader bound to one technology must learn that a record has left it.
    technology = models.UUIDField(null=True)
    former_technology = models.UUIDField(null=True)
    occurred_at = models.DateTimeField(default=timezone.now)

    objects = PublicationEventQuerySet.as_manager()

    class Meta:
        ordering = ["sequence"]
        indexes = [models.Index(fields=["kind", "sequence"])]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action} {self.kind} {self.object_id}"


class VisibleQuerySet(models.QuerySet):
    """Rows of a read model that may be seen now."""

    def visible(self, *, named: bool = False):
        """What the caller may see: in scope, and not expired (that needs no scheduler).

        ``named``: the caller says by itself what its answer rests on, see
        ``cms.publishing.reads``.
        """
        if not named:
            note_unnamed_read()
        rows = self.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now()))
        scope = current_scope()
        return rows if scope.is_everything else rows.within(scope)

    def within(self, scope: Scope):
        """The rows inside the bounds of ``scope``."""
        rows = self
        if scope.kinds is not None:
            rows = rows.filter(kind__in=scope.kinds)
        if scope.technologies is not None:
            rows = rows.filter(technology__in=scope.technologies)
        return rows


class PublishedDocument(models.Model):
    """A published record as delivery reads it; the authoring row is never looked at.

    ``card`` holds what listings show, ``body`` the rest; both are plain data whose keys
    are the names of the GraphQL fields. The body is stored split, see
    ``cms.publishing.parts``: a list that shows one form of one section reads that form.
    """

    object_id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=32)
    code = models.CharField(max_length=64)
    slug = models.CharField(max_length=255)
    locale = models.CharField(max_length=16)
    translation_key = models.UUIDField()
    technology = models.UUIDField(null=True)
    card = DocumentField()
    outline = DocumentField(default=dict)
    html_parts = ListField(default=list)
    markdown_parts = ListField(default=list)
    text_parts = ListField(default=list)
    block_parts = ListField(default=list)
    content_hash = models.CharField(max_length=64)
    version = models.BigIntegerField()
    published_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)

    objects = VisibleQuerySet.as_manager()

    # Columns that follow something else than the record, and keep in step by themselves.
    NOT_RENDERED: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.kind} {self.code} ({self.locale})"

    @property
    def parts(self) -> Parts:
        """The body as it is stored."""
        return Parts(*(getattr(self, column) for column in Parts._fields))

    @property
    def body(self) -> dict[str, Any]:
        """The body in one piece, made at every call: changing it changes nothing stored."""
        return merged(self.parts)

    @body.setter
    def body(self, body: dict[str, Any]) -> None:
        for column, value in zip(Parts._fields, split(body), strict=True):
            setattr(self, column, value)

    def stored_terms(self) -> set[tuple[str, str]]:
        """The many-valued filters of this document as (facet, value) pairs."""
        return set()

    def replace_terms(self, terms: tuple[tuple[str, str], ...]) -> None:
        """Store ``terms`` in place of what was stored."""

    @classmethod
    def insert_terms(cls, terms: Mapping[Self, tuple[tuple[str, str], ...]]) -> None:
        """Store the terms of documents that have none yet."""
        for document, pairs in terms.items():
            document.replace_terms(pairs)

    @classmethod
    def before_store_many(cls, documents: Sequence[Self]) -> None:
        """Give unsaved documents the columns that are not rendered.

        Called in the publishing transaction, which holds the lock of ``ContentVersion``.
        """

    @classmethod
    def unrendered_drift(cls) -> Iterable[tuple[Self, tuple[str, ...]]]:
        """Documents whose columns that are not rendered are wrong, and which these are."""
        return ()

    @classmethod
    def mend_unrendered(cls) -> None:
        """Put right what ``unrendered_drift`` names. Nobody else publishes meanwhile."""

    def after_store(self) -> None:
        """Called in the publishing transaction, once the document and its terms are stored."""

    @classmethod
    def after_store_many(cls, documents: Sequence[Self]) -> None:
        """``after_store`` of several documents that were stored together."""
        for document in documents:
            document.after_store()


class EmbeddedReference(models.Model):
    """A document renders something that belongs to another record: ``page:12``, ``image:3``,
    ``document:4`` or ``entry:DB-001``. When that record changes, the document is rendered again.
    """

    kind = models.CharField(max_length=32)
    object_id = models.BigIntegerField()
    target = models.CharField(max_length=80, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["object_id", "target"], name="one_reference_per_target")
        ]


class RebuildCursor(models.Model):
    """How far an interrupted rebuild had come; gone when it finished."""

    ROW = 1

    kind = models.CharField(max_length=32)
    object_id = models.BigIntegerField()
    done = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "rebuild cursor"


class PreviewGrant(models.Model):
    """The right to see one draft in a front end, given by someone who may edit it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.BigIntegerField()
    content = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "preview grant"

    def __str__(self) -> str:
        return f"{self.content_type} {self.object_id} until {self.expires_at:%H:%M}"

"""The read model of entries and terms: all that delivery ever queries.

Invariant: nothing unpublished has a row here.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Self

from django.db import models, transaction
from django.db.models import Q

from cms.publishing.fields import DocumentField
from cms.publishing.models import PublishedDocument, VisibleQuerySet
from cms.publishing.parts import Parts
from knowledge.kinds import TermKind

# True of every row, and said by lists of all kinds alone: the database then takes the indexes
# under this condition for them, and never for a list of one kind, where it would have to pass
# over the rows of all others.
IN_ALL_KINDS = Q(object_id__gt=0)


class PublishedEntryQuerySet(VisibleQuerySet):
    """Published entries; deleting many forgets them in the search index too."""

    def delete(self):
        # Imported here: the index needs the models.
        from knowledge.search import indexing

        with transaction.atomic():
            for object_id in self.values_list("pk", flat=True):
                indexing.remove(object_id)
            return super().delete()

    delete.alters_data = True
    delete.queryset_only = True


class PublishedEntry(PublishedDocument):
    """A published entry in one language, with the columns lists filter and order by.

    Columns that an entry's kind does not have are empty, never null where an order
    uses them: keyset cursors compare them. ``views`` is no content: it follows the
    counters, see ``knowledge.counters.published``.
    """

    title_key = models.CharField(max_length=255)
    category = models.UUIDField(null=True)
    level = models.CharField(max_length=16, blank=True)
    level_rank = models.PositiveSmallIntegerField(default=0)
    difficulty = models.PositiveSmallIntegerField(default=0)
    variety = models.CharField(max_length=32, blank=True)
    language = models.CharField(max_length=32, blank=True)
    severity_rank = models.PositiveSmallIntegerField(default=0)
    hours = models.PositiveIntegerField(default=0)
    views = models.BigIntegerField(default=0)

    objects = PublishedEntryQuerySet.as_manager()
    NOT_RENDERED = ("views",)

    class Meta:
        verbose_name = "published entry"
        verbose_name_plural = "published entries"
        constraints = [
            models.UniqueConstraint(fields=["code", "locale"], name="published_code"),
            models.UniqueConstraint(fields=["kind", "locale", "slug"], name="published_slug"),
            models.UniqueConstraint(
                fields=["translation_key", "locale"], name="published_translation"
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "locale", "code"], name="published_by_code"),
            models.Index(
                fields=["kind", "locale", "difficulty", "code", "object_id"],
                name="published_by_difficulty",
            ),
            models.Index(
                fields=["kind", "locale", "level_rank", "difficulty", "code", "object_id"],
                name="published_by_level",
            ),
            models.Index(
                fields=["kind", "locale", "title_key", "object_id"], name="published_by_title"
            ),
            models.Index(
                fields=["kind", "locale", "published_at", "object_id"], name="published_by_date"
            ),
            models.Index(
                fields=["kind", "locale", "updated_at", "object_id"], name="published_by_update"
            ),
            models.Index(
                fields=["locale", "published_at", "object_id"],
                name="published_all_by_date",
                condition=IN_ALL_KINDS,
            ),
            models.Index(
                fields=["locale", "updated_at", "object_id"],
                name="published_all_by_update",
                condition=IN_ALL_KINDS,
            ),
            models.Index(
                fields=["locale", "title_key", "object_id"],
                name="published_all_by_title",
                condition=IN_ALL_KINDS,
            ),
            models.Index(
                fields=[
                    "kind",
                    "locale",
                    "technology",
                    "level_rank",
                    "difficulty",
                    "code",
                    "object_id",
                ],
                name="published_by_technology",
            ),
            models.Index(
                fields=["kind", "locale", "views", "object_id"], name="published_by_views"
            ),
            models.Index(
                fields=["locale", "views", "object_id"],
                name="published_all_by_views",
                condition=IN_ALL_KINDS,
            ),
            models.Index(fields=["expires_at"], name="published_by_expiry"),
        ]

    def stored_terms(self) -> set[tuple[str, str]]:
        return set(self.terms.values_list("facet", "value"))

    def replace_terms(self, terms: tuple[tuple[str, str], ...]) -> None:
        known = self.stored_terms()
        wanted = set(terms)
        for facet, value in known - wanted:
            self.terms.filter(facet=facet, value=value).delete()
        PublishedEntryTerm.objects.bulk_create(
            PublishedEntryTerm(entry=self, facet=facet, value=value)
            for facet, value in sorted(wanted - known)
        )

    @classmethod
    def insert_terms(cls, terms: Mapping[Self, tuple[tuple[str, str], ...]]) -> None:
        PublishedEntryTerm.objects.bulk_create(
            PublishedEntryTerm(entry=entry, facet=facet, value=value)
            for entry, pairs in terms.items()
            for facet, value in sorted(set(pairs))
        )

    @classmethod
    def before_store_many(cls, documents: Sequence[Self]) -> None:
        # Imported here: the counters need the models.
        from knowledge.counters import published

        published.take_over(documents)

    @classmethod
    def unrendered_drift(cls) -> Iterator[tuple[Self, tuple[str, ...]]]:
        from knowledge.counters import published

        for entry in published.drifted().defer(*Parts._fields):
            yield entry, ("views",)

    @classmethod
    def mend_unrendered(cls) -> None:
        from knowledge.counters import published

        published.follow(published.drifted())

    def after_store(self) -> None:
        # Imported here: the index needs the models.
        from knowledge.search import indexing

        indexing.index(self)

    @classmethod
    def after_store_many(cls, documents):
        from knowledge.search import indexing

        indexing.index_many(documents)

    def delete(self, *args, **kwargs):
        """Delete the document and what the search index holds of it. One transaction."""
        from knowledge.search import indexing

        with transaction.atomic():
            indexing.remove(self.pk)
            return super().delete(*args, **kwargs)


class PublishedEntryTerm(models.Model):
    """A many-valued filter of an entry: a topic, a role, a CWE number, a former slug."""

    entry = models.ForeignKey(PublishedEntry, on_delete=models.CASCADE, related_name="terms")
    facet = models.CharField(max_length=16)
    value = models.CharField(max_length=255)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["facet", "value", "entry"], name="published_term")
        ]


class PublishedTerm(models.Model):
    """A term of a vocabulary as delivery shows it."""

    kind = models.CharField(max_length=16, choices=TermKind.choices)
    object_id = models.BigIntegerField()
    translation_key = models.UUIDField()
    locale = models.CharField(max_length=16)
    slug = models.CharField(max_length=120)
    position = models.PositiveIntegerField(default=0)
    document = DocumentField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="one_document_per_term")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug} ({self.locale})"

"""The search index: rows that follow from the read model and from nothing else.

Invariant: an index row exists only for a row of ``PublishedEntry``, and is written and
removed in the transaction that writes and removes that row.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.publishing.fields import DocumentField
from knowledge.models.published import PublishedEntry

TERM_LENGTH = 80


class SearchTerm(models.Model):
    """A term and the number of documents that hold it.

    The first two characters name the space: ``w:`` stems and identifiers, ``t:`` words of
    titles, ``e:`` stems in debug entries, ``m:`` words of error messages (counted only),
    ``c:`` error codes, ``f:`` keys of vocabularies,
    ``n:`` the totals of the index.
    """

    text = models.CharField(max_length=TERM_LENGTH)
    document_count = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["text"], name="one_search_term")]

    def __str__(self) -> str:
        return self.text


class SearchPosting(models.Model):
    """That a document holds a term, and how much it is about it, from 1 to 1000."""

    pk = models.CompositePrimaryKey("term_id", "document_id")
    term_id = models.BigIntegerField()
    document_id = models.BigIntegerField()
    weight = models.SmallIntegerField()

    class Meta:
        # The documents that are most about a term are read without looking at the rest.
        indexes = [
            models.Index("term_id", models.F("weight").desc(), "document_id", name="best_of_term")
        ]

    def __str__(self) -> str:
        return f"{self.term_id} in {self.document_id}"


class SearchDocument(models.Model):
    """What candidates are filtered and counted by: narrow, so that counting is cheap."""

    entry = models.OneToOneField(
        PublishedEntry,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="search_document",
    )
    locale = models.CharField(max_length=16)
    translation_key = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=32)
    technology = models.UUIDField(null=True)
    category = models.UUIDField(null=True)
    level = models.CharField(max_length=16, blank=True)
    difficulty = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        # What has expired is found without looking at the rest, which never does.
        indexes = [
            models.Index(
                fields=["expires_at"],
                name="search_by_expiry",
                condition=models.Q(expires_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.entry_id}"


class SearchFacetValue(models.Model):
    """A value that some document has, or had, in a facet, and its code in the columns."""

    code = models.PositiveIntegerField(primary_key=True)
    facet = models.CharField(max_length=16)
    value = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["facet", "value"], name="one_search_facet_value")
        ]

    def __str__(self) -> str:
        return f"{self.facet} {self.value}"


class SearchColumns(models.Model):
    """What neighbouring documents are counted by, column by column: codes of facet values.

    See ``knowledge.search.columns``. Matches are many and lie all over the archive: a row for
    each would have to be looked for.
    """

    block = models.BigIntegerField(primary_key=True)
    codes = models.BinaryField()

    def __str__(self) -> str:
        return f"columns of block {self.block}"


class SearchText(models.Model):
    """What phrases are looked for in, and what the index holds of a document.

    ``words`` is the analysed text with spaces around every token and a line a field: title,
    names, lead, then the rest. ``term_ids`` are the terms of the document with their weights;
    ``signature`` the messages of an error.
    """

    entry = models.OneToOneField(
        PublishedEntry, primary_key=True, on_delete=models.CASCADE, related_name="search_text"
    )
    words = models.TextField()
    term_ids = DocumentField()
    signature = DocumentField()
    source_hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"text of {self.entry_id}"


class SearchPlaces(models.Model):
    """What candidates are ranked by: see ``knowledge.search.places``.

    Alone in its table and never compressed: a search reads it of a hundred documents.
    ``digest`` is 0 where it is not known.
    """

    entry = models.OneToOneField(
        PublishedEntry, primary_key=True, on_delete=models.CASCADE, related_name="search_places"
    )
    places = models.TextField()
    digest = models.BigIntegerField(db_default=0)

    def __str__(self) -> str:
        return f"places of {self.entry_id}"


class SearchVector(models.Model):
    """What a document means, as a vector of whole numbers, one byte each.

    Only where the semantic extra is on. ``change`` numbers the changes of this table in the
    order of their commits, so a reader can ask for what is new.
    """

    entry = models.OneToOneField(
        PublishedEntry, primary_key=True, on_delete=models.CASCADE, related_name="search_vector"
    )
    components = models.BinaryField()
    source_hash = models.CharField(max_length=64)
    change = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"vector of {self.entry_id}"


class MissedSearch(models.Model):
    """A question that found nothing, in normalised words, and how often it was asked.

    Holds no pasted text: only words of letters, and of an error only words that the
    archive itself uses.
    """

    class Kind(models.TextChoices):
        SEARCH = "SEARCH", _("Search")
        ERROR = "ERROR", _("Error")

    kind = models.CharField(max_length=8, choices=Kind.choices)
    text = models.CharField(max_length=200)
    count = models.PositiveIntegerField(default=0)
    first_seen = models.DateTimeField(auto_now_add=True)
    last_seen = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("missed search")
        verbose_name_plural = _("missed searches")
        constraints = [models.UniqueConstraint(fields=["kind", "text"], name="one_missed_search")]

    def __str__(self) -> str:
        return self.text

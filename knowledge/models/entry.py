"""Entry: what all six kinds share, and the table anything can point at.

Invariant: the row of a live entry holds the live content; drafts are in revisions only.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import Locale, Orderable, SpecificMixin, TranslatableMixin

from cms.publishing.models import PublishedDocument
from cms.publishing.record import PublishableRecord, RenderedDocument
from knowledge.blocks.holding import holds_something
from knowledge.kinds import Kind, RelationKind
from knowledge.models.codes import CODE_LENGTH, claim_code, mint_code
from knowledge.models.published import PublishedEntry
from knowledge.models.rivals import UniqueChecks
from knowledge.ownership import EntryPermissionPolicy

SLUG_LENGTH = 120


class Entry(SpecificMixin, UniqueChecks, PublishableRecord, TranslatableMixin, ClusterableModel):
    """A piece of engineering knowledge with a code, a draft, a history and a public document."""

    KIND: ClassVar[str] = ""
    SECTION_NAMES: ClassVar[tuple[str, ...]] = ()
    NAMED_BY = ("code", "title")
    RELATIONS_SHOWN: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "locale": ("language_code",),
        "technology": ("translation_key",),
    }
    published_model = PublishedEntry
    permission_policy_class = EntryPermissionPolicy
    # A copy is a draft of its own: nothing of the original's publication goes with it.
    default_exclude_fields_in_copy: ClassVar[list[str]] = [
        "live",
        "has_unpublished_changes",
        "first_published_at",
        "last_published_at",
        "live_revision",
        "latest_revision",
        "go_live_at",
        "expire_at",
        "expired",
        "locked",
        "locked_at",
        "locked_by",
        "created_at",
        "updated_at",
    ]

    content_type = models.ForeignKey(
        ContentType, on_delete=models.PROTECT, related_name="+", editable=False
    )
    code = models.CharField(
        max_length=CODE_LENGTH,
        blank=True,
        editable=False,
        help_text=gettext_lazy("Given on first save; never changes, never given to another entry."),
    )
    title = models.CharField(max_length=500)
    slug = models.SlugField(
        max_length=SLUG_LENGTH,
        blank=True,
        help_text=gettext_lazy(
            "The last part of the address. Empty: made from the title. "
            "The former address of a published entry keeps working."
        ),
    )
    technology = models.ForeignKey(
        "knowledge.Technology",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="entries",
    )
    topics = ParentalManyToManyField("knowledge.Topic", blank=True, related_name="entries")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="owned_entries",
    )
    owner.wagtail_reference_index_ignore = True

    source = models.CharField(
        max_length=120, blank=True, help_text=gettext_lazy("The collection it was imported from.")
    )
    source_id = models.CharField(
        max_length=500,
        blank=True,
        help_text=gettext_lazy("The record's own id in that collection."),
    )
    source_url = models.URLField(max_length=2000, blank=True)
    licence = models.CharField(
        max_length=64,
        blank=True,
        help_text=gettext_lazy(
            "SPDX identifier, for example CC-BY-4.0. Empty: the site's own licence."
        ),
    )
    licence_url = models.URLField(max_length=2000, blank=True)
    attribution = models.CharField(
        max_length=500, blank=True, help_text=gettext_lazy("The credit line that reuse must show.")
    )

    seo_title = models.CharField(
        max_length=255,
        blank=True,
        help_text=gettext_lazy("Title for search engines. Empty: the title."),
    )
    search_description = models.CharField(
        max_length=320,
        blank=True,
        help_text=gettext_lazy("One or two sentences for search results."),
    )

    # The slugs it was public under, from the moment they were read until it is rendered.
    slugs_before: set[str] | None = None

    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = gettext_lazy("entry")
        verbose_name_plural = gettext_lazy("entries")
        ordering = ["code", "pk"]
        unique_together = [("translation_key", "locale")]
        constraints = [
            models.UniqueConstraint(fields=["code", "locale"], name="entry_code"),
            models.UniqueConstraint(fields=["content_type", "locale", "slug"], name="entry_slug"),
        ]
        indexes = [models.Index(fields=["source", "source_id"], name="entry_source")]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.id and not self.content_type_id:
            self.content_type = ContentType.objects.get_for_model(self)

    def __str__(self) -> str:
        return f"{self.code} · {self.title}" if self.code else self.title

    def clean(self) -> None:
        super().clean()
        if not self.locale_id:
            self.locale = Locale.get_default()
        if not self.slug:
            self.slug = self.free_slug()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Mint the code on first save, keep it afterwards."""
        if not self.locale_id:
            self.locale = Locale.get_default()
        with transaction.atomic(savepoint=not self.is_being_published):
            if not self.code:
                self.code = mint_code(self.code_prefix(), self.translation_key)
            else:
                claim_code(self.code, self.translation_key)
            if not self.slug:
                self.slug = self.free_slug()
            super().save(*args, **kwargs)

    @property
    def snippet_viewset(self) -> Any:
        """The admin of the entry's kind, for an instance read from the shared table.

        Wagtail hands workflow states such instances; the admin sets it on each kind itself.
        """
        return self.specific_class.snippet_viewset

    def with_content_json(self, content: dict[str, Any]) -> "Entry":
        """A revision's content; who owns the entry is no part of it."""
        entry = super().with_content_json(content)
        entry.owner_id = self.owner_id
        return entry

    def copy_for_translation(self, locale: Locale, *args: Any, **kwargs: Any) -> "Entry":
        """A draft in ``locale`` with the same code, under a slug that is free there."""
        copy = super().copy_for_translation(locale, *args, **kwargs)
        if copy.slug_is_taken():
            copy.slug = copy.free_slug()
        return copy

    def unpublish(self, *args: Any, **kwargs: Any) -> Any:
        """Take the entry from the public; its history names it by its kind."""
        if type(self) is Entry:
            return self.specific.unpublish(*args, **kwargs)
        return super().unpublish(*args, **kwargs)

    def code_prefix(self) -> str:
        """What the code begins with. Raises ``ValidationError`` when it cannot be told yet."""
        raise NotImplementedError(type(self))

    def technology_prefix(self) -> str:
        """The code prefix of the technology, or an error asking for one."""
        if self.technology is None:
            raise ValidationError(
                {"technology": _("Choose a technology: the code is made from it.")}
            )
        return self.technology.code_prefix

    def slug_is_taken(self) -> bool:
        """True when another entry of the kind and language has this slug."""
        return (
            Entry.objects.filter(
                content_type_id=self.content_type_id, locale_id=self.locale_id, slug=self.slug
            )
            .exclude(pk=self.pk)
            .exists()
        )

    def free_slug(self) -> str:
        """A slug made from the title that no other entry of the kind and language has."""
        base = slugify(self.title)[: SLUG_LENGTH - 8].strip("-") or self.KIND.lower()
        taken = set(
            Entry.objects.filter(
                content_type_id=self.content_type_id,
                locale_id=self.locale_id,
                slug__startswith=base,
            )
            .exclude(pk=self.pk)
            .values_list("slug", flat=True)
        )
        if base not in taken:
            return base
        number = 2
        while f"{base}-{number}" in taken:
            number += 1
        return f"{base}-{number}"

    @property
    def publication_kind(self) -> str:
        return self.KIND

    @cached_property
    def language_code(self) -> str:
        return self.locale.language_code

    @property
    def is_imported(self) -> bool:
        """True for a record of another collection, which may lack our grading."""
        return bool(self.source_id)

    def section_names_present(self) -> set[str]:
        """The names of the sections that hold anything."""
        return {block.block_type for block in self.sections if holds_something(block.value)}

    def missing_for_publication(self) -> dict[str, str]:
        missing = {}
        if not self.title.strip():
            missing["title"] = _("Give the entry a title.")
        for name, message in self.required_fields().items():
            if not holds_something(getattr(self, name)):
                missing[name] = message
        lacking = [
            str(self.section_label(name))
            for name in self.required_sections()
            if name not in self.section_names_present()
        ]
        if lacking:
            missing["sections"] = _("Add the missing sections: %(names)s.") % {
                "names": ", ".join(lacking)
            }
        return missing

    def required_fields(self) -> dict[str, str]:
        """Field → what to say when it is empty at publication."""
        return {}

    def required_sections(self) -> tuple[str, ...]:
        """Names of the sections that publication needs."""
        return ()

    def section_label(self, name: str) -> str:
        """The heading of a section as editors and readers see it."""
        return self._meta.get_field("sections").stream_block.child_blocks[name].label

    def before_replacement(self, published: PublishedDocument) -> None:
        """Keep the address a reader may have: the slug that was public until now."""
        former = self.public_slugs()
        if published.slug != self.slug and published.slug not in former:
            FormerSlug.objects.get_or_create(entry_id=self.pk, slug=published.slug)
            former.add(published.slug)
        if self.slug in former:
            FormerSlug.objects.filter(entry_id=self.pk, slug=self.slug).delete()
            former.remove(self.slug)
        self.slugs_before = former

    def public_slugs(self) -> set[str]:
        """The slugs, other than its own, that the entry was public under."""
        return set(self.former_slugs.values_list("slug", flat=True))

    def render_document(self) -> RenderedDocument:
        # Imported here: rendering needs the models.
        from knowledge.rendering.documents import render_entry

        return render_entry(self)

    def own_targets(self) -> list[str]:
        return [f"entry:{self.code}"]

    def deletion_targets(self) -> list[str]:
        return [*self.own_targets(), f"entry-row:{self.pk}"]

    @property
    def path(self) -> str:
        """Where front ends show the entry, by the setting LAMPLIGHT_ENTRY_PATHS."""
        return entry_path(self.KIND, self.slug, self.code, self.language_code)

    def get_preview_template(self, request, mode_name):
        return "knowledge/preview/entry.html"

    def get_preview_context(self, request, mode_name):
        # Imported here: rendering needs the models.
        from knowledge.preview import preview_context

        return {**super().get_preview_context(request, mode_name), **preview_context(self)}


class EntryRelation(Orderable):
    """A pointer from one entry to another, of any kind."""

    entry = ParentalKey(Entry, on_delete=models.CASCADE, related_name="relations")
    target = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="incoming_relations")
    relation = models.CharField(
        max_length=16, choices=RelationKind.choices, default=RelationKind.SEE_ALSO
    )

    class Meta(Orderable.Meta):
        verbose_name = gettext_lazy("related entry")
        verbose_name_plural = gettext_lazy("related entries")
        constraints = [
            models.UniqueConstraint(fields=["entry", "target"], name="one_relation_per_target")
        ]

    def clean(self) -> None:
        super().clean()
        if self.target_id and self.target_id == self.entry_id:
            raise ValidationError({"target": _("An entry cannot be related to itself.")})


class EntryContributor(Orderable):
    """Someone to credit, by the name they agreed to."""

    entry = ParentalKey(Entry, on_delete=models.CASCADE, related_name="contributors")
    name = models.CharField(max_length=120)
    url = models.URLField(max_length=500, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = gettext_lazy("contributor")
        verbose_name_plural = gettext_lazy("contributors")


class FormerSlug(models.Model):
    """A slug an entry was public under; looking it up leads to the entry."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="former_slugs")
    slug = models.SlugField(max_length=SLUG_LENGTH)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "slug"], name="one_former_slug")]


def entry_path(kind: str, slug: str, code: str, locale: str) -> str:
    """The front-end address of an entry."""
    pattern = settings.LAMPLIGHT_ENTRY_PATHS[Kind(kind).value]
    return settings.LAMPLIGHT_FRONTEND_BASE_URL + pattern.format(
        slug=slug, code=code, locale=locale
    )

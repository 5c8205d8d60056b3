"""The words entries are filed under. Editors manage them; nothing is hard-coded."""

from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, TranslatableMixin

from cms.publishing.record import DeliveredModel
from knowledge.kinds import Kind, TermKind
from knowledge.models.published import PublishedTerm

code_prefix_validator = RegexValidator(
    r"^[A-Z][A-Z0-9]{0,9}$", _("Up to ten capital letters and digits, for example FAPI.")
)


class Term(DeliveredModel, TranslatableMixin):
    """A word of a vocabulary, in one language."""

    TERM_KIND: ClassVar[TermKind]

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=120, help_text=_("What clients filter by."))
    description = models.TextField(blank=True)
    order = models.PositiveIntegerField(
        default=0, help_text=_("Position in lists; equal numbers are ordered by name.")
    )

    class Meta(TranslatableMixin.Meta):
        abstract = True
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Code and imports make terms without saying a language.
        if not self.locale_id:
            self.locale = Locale.get_default()
        super().save(*args, **kwargs)

    def document(self) -> dict[str, Any]:
        """The term as delivery shows it."""
        return {
            "id": self.pk,
            "name": self.name,
            "slug": self.slug,
            "description": self.description,
            "order": self.order,
        }

    def stored_values(self) -> dict[str, Any]:
        """The columns of the term's row in the read model."""
        return {
            "translation_key": self.translation_key,
            "locale": self.locale.language_code,
            "slug": self.slug,
            "position": self.order,
            "document": self.document(),
        }

    def after_delivered_change(self) -> None:
        PublishedTerm.objects.update_or_create(
            kind=self.TERM_KIND, object_id=self.pk, defaults=self.stored_values()
        )

    def delivered_drift(self) -> list[str]:
        stored = PublishedTerm.objects.filter(kind=self.TERM_KIND, object_id=self.pk).first()
        if stored is None:
            return ["missing"]
        return [
            name for name, value in self.stored_values().items() if getattr(stored, name) != value
        ]

    @classmethod
    def delivered_orphans(cls) -> models.QuerySet:
        return PublishedTerm.objects.filter(kind=cls.TERM_KIND).exclude(
            object_id__in=cls.objects.values("pk")
        )

    def after_delivered_deletion(self) -> None:
        PublishedTerm.objects.filter(kind=self.TERM_KIND, object_id=self.pk).delete()


class AliasesMixin(models.Model):
    """Other names of the same thing."""

    aliases = models.TextField(
        blank=True,
        help_text=_("Other names, one a line: JS, ECMAScript. Search finds the term by them."),
    )

    class Meta:
        abstract = True

    @property
    def alias_list(self) -> list[str]:
        return [line.strip() for line in self.aliases.splitlines() if line.strip()]


class Technology(AliasesMixin, Term):
    """A language, framework, database or tool."""

    TERM_KIND = TermKind.TECHNOLOGY

    display_label = models.CharField(
        max_length=160, blank=True, help_text=_("As shown, for example “Python (FastAPI)”.")
    )
    language = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="frameworks",
        help_text=_("The language it belongs to, for example Python for FastAPI."),
    )
    code_prefix = models.CharField(
        max_length=10,
        validators=[code_prefix_validator],
        help_text=_("Begins the codes of its entries, for example FAPI in FAPI-MID-003."),
    )

    class Meta(Term.Meta):
        verbose_name = _("technology")
        verbose_name_plural = _("technologies")
        constraints = [
            models.UniqueConstraint(fields=["locale", "slug"], name="technology_slug"),
            models.UniqueConstraint(fields=["locale", "code_prefix"], name="technology_prefix"),
        ]

    def document(self) -> dict[str, Any]:
        return {
            **super().document(),
            "label": self.display_label or self.name,
            "languageKey": self.language.translation_key.hex if self.language else None,
            "codePrefix": self.code_prefix,
            "aliases": self.alias_list,
        }


class Category(Term):
    """What an interview question is about, in the broad."""

    TERM_KIND = TermKind.CATEGORY

    class Meta(Term.Meta):
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        constraints = [models.UniqueConstraint(fields=["locale", "slug"], name="category_slug")]


class Topic(AliasesMixin, Term):
    """A finer subject that any kind of entry can touch."""

    TERM_KIND = TermKind.TOPIC

    class Meta(Term.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [models.UniqueConstraint(fields=["locale", "slug"], name="topic_slug")]

    def document(self) -> dict[str, Any]:
        return {**super().document(), "aliases": self.alias_list}


class Role(Term):
    """A job that a question is asked for."""

    TERM_KIND = TermKind.ROLE

    class Meta(Term.Meta):
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [models.UniqueConstraint(fields=["locale", "slug"], name="role_slug")]


class Domain(Term):
    """One of the areas the archive presents itself by."""

    TERM_KIND = TermKind.DOMAIN

    number = models.CharField(max_length=8, help_text=_("As shown, for example 01."))
    kind = models.CharField(
        max_length=32, choices=Kind.choices, help_text=_("The kind of entry it leads to.")
    )
    claimed_figure = models.CharField(
        max_length=32, blank=True, help_text=_("What the site says, for example “3,500+”.")
    )
    claimed_number = models.PositiveIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=64, blank=True, help_text=_("For example “questions”."))
    call_to_action = models.CharField(max_length=64, blank=True)

    class Meta(Term.Meta):
        verbose_name = _("domain")
        verbose_name_plural = _("domains")
        constraints = [models.UniqueConstraint(fields=["locale", "slug"], name="domain_slug")]

    def document(self) -> dict[str, Any]:
        return {
            **super().document(),
            "number": self.number,
            "kind": self.kind,
            "claimedFigure": self.claimed_figure,
            "claimedNumber": self.claimed_number,
            "unit": self.unit,
            "callToAction": self.call_to_action,
        }

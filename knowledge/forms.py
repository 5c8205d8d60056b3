"""The forms that editors fill in.

Invariant: a draft may lack anything that its code is not made from; what is asked to be
published or reviewed lacks nothing, and what is missing is said at the field.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import Locale

from knowledge.models import InterviewQuestion, LearningPath

TERM_FIELDS = ("technology", "category", "topics", "roles")


class EntryForm(WagtailAdminModelForm):
    """A draft of any kind.

    The view that saves sets ``is_saved``, and ``must_be_complete`` when the draft goes to
    a reviewer or to the public. A preview sets neither and accepts anything.
    """

    is_saved = False
    must_be_complete = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in TERM_FIELDS:
            if name in self.fields:
                field = self.fields[name]
                field.queryset = terms_for(field.queryset.model, self.instance, name)

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.is_saved:
            self.check_code_can_be_made()
            self.check_slug_is_free()
            self.check_relations()
        if self.must_be_complete:
            for name, message in self.missing().items():
                self.add_missing(name, message)

    def check_code_can_be_made(self) -> None:
        """The first save mints the code; everything the code is made from must be there."""
        if self.instance.code:
            return
        try:
            self.instance.code_prefix()
        except ValidationError as error:
            self.add_error(None, error)

    def check_slug_is_free(self) -> None:
        """The database checks this too, but cannot say it at the field."""
        if "slug" in self.fields and "slug" not in self.errors and self.instance.slug_is_taken():
            self.add_error(
                "slug",
                ValidationError(
                    _("Another entry of this kind has this slug. Choose another one."),
                    code="slug_taken",
                ),
            )

    def check_relations(self) -> None:
        """No entry is related to itself."""
        for form in self.submitted("relations"):
            target = form.cleaned_data.get("target")
            if target is not None and target.pk == self.instance.pk:
                form.add_error(
                    "target",
                    ValidationError(
                        _("An entry cannot be related to itself."), code="related_to_itself"
                    ),
                )

    def submitted(self, name: str) -> list[Any]:
        """The valid forms of the formset ``name``, without those that are to be deleted."""
        formset = self.formsets.get(name)
        if formset is None or not formset.is_bound:
            return []
        return [
            form
            for form in formset.forms
            if form.is_valid()
            and not form.cleaned_data.get(DELETION_FIELD_NAME)
            and (form.instance.pk or form.has_changed())
        ]

    def missing(self) -> dict[str, str]:
        """Field → what to say, for everything that publication lacks."""
        return self.instance.missing_for_publication()

    def add_missing(self, name: str, message: str) -> None:
        """Say what is missing at the field, at the inline panel, or on top."""
        error = ValidationError(message, code="missing_for_publication")
        if name in self.fields:
            # A required field that is empty has said so already.
            if name not in self.errors:
                self.add_error(name, error)
        else:
            self.add_error(None, error)


class InterviewQuestionForm(EntryForm):
    """A question graded by hand: its code tells the level."""

    instance: InterviewQuestion

    def check_code_can_be_made(self) -> None:
        super().check_code_can_be_made()
        if not self.instance.code and not self.instance.level and "level" not in self.errors:
            self.add_error(
                "level",
                ValidationError(
                    _("Choose the level: the code is made from it, and codes never change."),
                    code="level_required",
                ),
            )


class LearningPathForm(EntryForm):
    """A path, whose modules and prerequisites are still in the form when it is checked."""

    instance: LearningPath

    def missing(self) -> dict[str, str]:
        missing = super().missing()
        if "modules" in self.formsets:
            missing.pop("modules", None)
            if not self.submitted("modules"):
                missing["modules"] = _("Add at least one module.")
        return missing

    def check_relations(self) -> None:
        super().check_relations()
        required = [
            form.cleaned_data["required_path"].pk
            for form in self.submitted("prerequisites")
            if form.cleaned_data.get("required_path")
        ]
        try:
            self.instance.check_no_cycle(required)
        except ValidationError as error:
            self.add_error(None, error)


class TermForm(WagtailAdminModelForm):
    """A term; what must be unique in its language is checked at the field."""

    def _post_clean(self) -> None:
        super()._post_clean()
        locale_id = self.instance.locale_id or Locale.get_default().pk
        for name, message in (
            ("slug", _("Another term has this slug. Choose another one.")),
            ("code_prefix", _("Another technology has this prefix. Choose another one.")),
        ):
            value = self.cleaned_data.get(name)
            taken = value and (
                type(self.instance)
                .objects.filter(locale_id=locale_id, **{name: value})
                .exclude(pk=self.instance.pk)
                .exists()
            )
            if taken:
                self.add_error(name, ValidationError(message, code=f"{name}_taken"))


def terms_for(model: type[Model], instance: Model, field_name: str) -> QuerySet:
    """The terms to choose from: those in the entry's language, the rest in the default one.

    What the entry has now is always among them.
    """
    default = Locale.get_default()
    locale_id = instance.locale_id or default.pk
    translated = model.objects.filter(locale_id=locale_id).values("translation_key")
    wanted = Q(locale_id=locale_id) | (Q(locale_id=default.pk) & ~Q(translation_key__in=translated))
    current = getattr(instance, f"{field_name}_id", None)
    if current:
        wanted |= Q(pk=current)
    elif hasattr(getattr(instance, field_name, None), "all"):
        wanted |= Q(pk__in=[term.pk for term in getattr(instance, field_name).all()])
    return model.objects.filter(wanted)

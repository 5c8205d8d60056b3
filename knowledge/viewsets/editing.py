"""Creating, editing and approving entries.

Invariant: whatever stands against saving or publishing comes back as a message on the
form, and what was typed is not lost.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.models import Locale
from wagtail.snippets.views import snippets

from knowledge.forms import EntryForm
from knowledge.models import Entry

# What leaves the author's hands when one of these is pressed.
HANDS_OVER = {"publish", "submit", "restart-workflow"}


class SaveRefusedError(Exception):
    """The database or the model refused what the form had accepted."""

    def __init__(self, error: ValidationError) -> None:
        super().__init__(error)
        self.error = error


def readable(error: ValidationError, model: type[Entry]) -> str:
    """The messages of ``error`` on one line, each under the name its field has in the form."""
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    parts = []
    for name, texts in error.message_dict.items():
        labels = {field.name: str(field.verbose_name) for field in model._meta.fields}
        label = labels.get(name, "").capitalize()
        parts.append(f"{label}: {' '.join(texts)}" if label else " ".join(texts))
    return " ".join(parts)


class EntryEditingMixin:
    """What creating and editing have in common."""

    def is_valid(self, form: EntryForm) -> bool:
        form.is_saved = True
        form.must_be_complete = self.hands_over()
        return super().is_valid(form)

    def hands_over(self) -> bool:
        """Does this request give the draft to a reviewer or to the public?"""
        if self.action == "workflow-action":
            return self.request.POST.get("workflow-action-name") == "approve"
        return self.action in HANDS_OVER

    def save_instance(self) -> Entry:
        try:
            with transaction.atomic():
                return super().save_instance()
        except ValidationError as error:
            raise SaveRefusedError(error) from error
        except IntegrityError as error:
            raise SaveRefusedError(
                ValidationError(
                    _("Someone saved the same at this moment. Please try again."), code="conflict"
                )
            ) from error

    def form_valid(self, form: EntryForm) -> HttpResponse:
        try:
            return super().form_valid(form)
        except SaveRefusedError as refused:
            form.add_error(None, readable(refused.error, self.model))
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)

    def run_action_method(self) -> HttpResponse | None:
        try:
            with transaction.atomic():
                return super().run_action_method()
        except ValidationError as error:
            # The draft is saved already; only what should have followed did not happen.
            messages.error(
                self.request,
                _("Saved as a draft. It cannot go on like this: %(reasons)s")
                % {"reasons": readable(error, self.model)},
            )
            return redirect(self.get_edit_url())


class EntryCreateView(EntryEditingMixin, snippets.CreateView):
    """A new entry, owned by whoever makes it."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        # The first save mints the code from what is chosen; it waits until the author saves.
        self.autosave_enabled = False

    def get_initial_form_instance(self) -> Entry:
        entry = super().get_initial_form_instance() or self.model()
        if not entry.locale_id:
            entry.locale = Locale.get_default()
        entry.owner = self.request.user
        return entry

    def get_preview_url(self) -> str | None:
        url = super().get_preview_url()
        return url and self._set_locale_query_param(url)


class EntryCopyView(EntryCreateView, snippets.CopyView):
    """A new entry that begins with the contents of another; saving it goes to the create view."""

    http_method_names = ["get", "head", "options"]

    def get_initial_form_instance(self) -> Entry:
        source = self.get_object()
        copy = source.copy_for_translation(
            source.locale,
            # It is another entry, and no longer the record of a collection; but the
            # licence of what it was made from still binds.
            exclude_fields=["code", "slug", "translation_key", "owner", "source", "source_id"],
        )
        copy.owner = self.request.user
        return copy


class EntryEditView(EntryEditingMixin, snippets.EditView):
    """An entry that exists; its owner may edit it, and so may whoever reviews it now."""

    def user_has_permission(self, permission: str) -> bool:
        if permission == "change" and self.object is not None:
            task = self.current_workflow_task
            return self.user_has_permission_for_instance("change", self.object) or bool(
                task and task.user_can_access_editor(self.object, self.request.user)
            )
        return super().user_has_permission(permission)


class EntryPreviewOnCreateView(snippets.PreviewOnCreateView):
    """The preview of a draft that was never saved, in the language it is written in."""

    def get_object(self) -> Entry:
        locale = Locale.objects.filter(language_code=self.request.GET.get("locale", "")).first()
        return self.model(locale=locale or Locale.get_default())


class EntryWorkflowActionView(snippets.WorkflowActionView):
    """Approval and rejection from the dashboard; a draft that cannot be published says why."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                return super().post(request, *args, **kwargs)
        except ValidationError as error:
            messages.error(
                request,
                _("This cannot be published yet: %(reasons)s")
                % {"reasons": readable(error, self.model)},
            )
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return render_modal_workflow(
                request, "", None, {}, json_data={"step": "success", "redirect": self.redirect_url}
            )
        return redirect(self.redirect_url)

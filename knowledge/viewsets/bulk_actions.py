"""Publishing, unpublishing and submitting many entries at once.

Invariant: what cannot be done to one entry is said by its name, and stops none of the others.
"""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from knowledge.models import ENTRY_MODELS, Entry
from knowledge.ownership import EntryPermissionPolicy
from knowledge.viewsets.editing import readable

MOST_REASONS = 10


class EntryBulkAction(SnippetBulkAction):
    """An action on the ticked entries of one kind."""

    models = ENTRY_MODELS
    template_name = "knowledge/bulk_actions/confirm.html"
    permission = "publish"
    question = _("Do this with these entries?")

    def check_perm(self, obj: Entry) -> bool:
        return EntryPermissionPolicy(self.model).user_has_permission_for_instance(
            self.request.user, self.permission, obj
        )

    def get_all_objects_in_listing_query(self, parent_id: Any) -> list[int]:
        """ "All" means all that the listing was narrowed to, not all there are."""
        query = QueryDict(urlsplit(self.next_url).query)
        viewset = self.model.snippet_viewset
        entries = viewset.filterset_class(
            query, queryset=self.model.objects.all(), request=self.request
        ).qs
        if searched := query.get("q"):
            matches = Q()
            for name in viewset.search_fields:
                matches |= Q(**{f"{name}__icontains": searched})
            entries = entries.filter(matches)
        return list(entries.values_list("pk", flat=True))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            question=self.question,
            button=self.display_name,
            serious="serious" in self.classes,
            **kwargs,
        )

    def perform(self, entry: Entry, user: Any) -> None:
        """Do it to one entry. Raises ``ValidationError`` when that is not possible."""
        raise NotImplementedError(type(self))

    @classmethod
    def execute_action(
        cls, objects: list[Entry], self: Any = None, **kwargs: Any
    ) -> tuple[int, int]:
        reasons = []
        for entry in objects:
            try:
                with transaction.atomic():
                    self.perform(entry, self.request.user)
            except ValidationError as error:
                reasons.append(f"{entry}: {readable(error, type(entry))}")
            except PermissionDenied:
                reasons.append(f"{entry}: {_('you may not do this.')}")
        for reason in reasons[:MOST_REASONS]:
            messages.error(self.request, reason)
        if len(reasons) > MOST_REASONS:
            more = len(reasons) - MOST_REASONS
            messages.error(self.request, ngettext("And %d more.", "And %d more.", more) % more)
        return len(objects) - len(reasons), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        if not num_parent_objects:
            return None
        return ngettext("Done with %d entry.", "Done with %d entries.", num_parent_objects) % (
            num_parent_objects
        )


class PublishBulkAction(EntryBulkAction):
    """Publish the latest draft of each."""

    display_name = _("Publish")
    action_type = "publish"
    aria_label = _("Publish selected entries")
    action_priority = 10
    question = _("Publish the latest version of these entries?")

    def perform(self, entry: Entry, user: Any) -> None:
        revision = entry.get_latest_revision() if entry.has_unpublished_changes else None
        (revision or entry.save_revision(user=user)).publish(user=user)


class UnpublishBulkAction(EntryBulkAction):
    """Take each from the public."""

    display_name = _("Unpublish")
    action_type = "unpublish"
    aria_label = _("Unpublish selected entries")
    action_priority = 15
    classes = {"serious"}
    question = _("Unpublish these entries? Readers no longer find them.")

    def perform(self, entry: Entry, user: Any) -> None:
        # Given a user, Wagtail's action asks a page for its permissions; the log knows who it is.
        entry.unpublish()


class SubmitBulkAction(EntryBulkAction):
    """Start the review of each."""

    display_name = _("Submit for review")
    action_type = "submit"
    aria_label = _("Submit selected entries for review")
    action_priority = 20
    permission = "change"
    question = _("Submit the latest version of these entries for review?")

    def perform(self, entry: Entry, user: Any) -> None:
        if entry.workflow_in_progress:
            raise ValidationError(_("It is under review already."), code="under_review")
        workflow = entry.get_workflow()
        if workflow is None:
            raise ValidationError(_("No workflow is set up."), code="no_workflow")
        draft = entry.get_latest_revision_as_object()
        draft.check_complete()
        if entry.latest_revision is None:
            entry.save_revision(user=user)
        workflow.start(entry, user)


BULK_ACTIONS = (PublishBulkAction, UnpublishBulkAction, SubmitBulkAction)

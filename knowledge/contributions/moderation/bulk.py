"""Bulk actions of the queue: each contribution is tried, and each refusal is told."""

from urllib.parse import urlsplit

from django import forms
from django.contrib import messages as notices
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from knowledge.contributions import actions
from knowledge.contributions.errors import ContributionError
from knowledge.contributions.models import Contribution
from knowledge.contributions.moderation.permissions import MODERATE, moderation_policy
from knowledge.contributions.moderation.queue import ContributionFilterSet


class ReasonForm(forms.Form):
    """Why they are declined; every contributor reads it."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 4}))


class ContributionBulkAction(PermissionCheckedMixin, BulkAction):
    """What the bulk actions share: the confirmation page and the report."""

    models = [Contribution]
    permission_policy = moderation_policy
    any_permission_required = MODERATE
    template_name = "contributions/confirm_bulk.html"

    def get_all_objects_in_listing_query(self, parent_id):
        # "All" means all that the listing showed, not all that there is.
        query = QueryDict(urlsplit(self.next_url).query)
        filters = ContributionFilterSet(
            query, queryset=Contribution.objects.all(), request=self.request
        )
        queryset = filters.qs if filters.is_valid() else Contribution.objects.none()
        return queryset.values_list("pk", flat=True)

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "action_label": self.display_name}

    def get_execution_context(self):
        return {"act": self.act, "refusals": self.refusals}

    @property
    def refusals(self) -> list[str]:
        return self.__dict__.setdefault("_refusals", [])

    def act(self, contribution: Contribution) -> None:
        """Do it to one."""
        raise NotImplementedError(type(self))

    @classmethod
    def execute_action(cls, objects, act=None, refusals=None, **kwargs):
        done = 0
        for contribution in objects:
            try:
                act(contribution)
                done += 1
            except ContributionError as error:
                refusals.append(error.message)
        return done, 0

    def get_success_message(self, num_parent_objects, num_child_objects):
        for refusal in self.refusals:
            notices.warning(self.request, refusal)
        return _("%(action)s: %(count)d done.") % {
            "action": self.display_name,
            "count": num_parent_objects,
        }


class ClaimBulkAction(ContributionBulkAction):
    display_name = _("Claim")
    action_type = "claim"
    aria_label = _("Claim the selected contributions")
    action_priority = 10

    def act(self, contribution):
        actions.claim(contribution=contribution, user=self.request.user)


class ReleaseBulkAction(ContributionBulkAction):
    display_name = _("Release")
    action_type = "release"
    aria_label = _("Put the selected contributions back into the queue")
    action_priority = 20

    def act(self, contribution):
        actions.release(contribution=contribution, user=self.request.user)


class DeclineBulkAction(ContributionBulkAction):
    display_name = _("Decline")
    action_type = "decline"
    aria_label = _("Decline the selected contributions")
    action_priority = 30
    form_class = ReasonForm

    def act(self, contribution):
        reason = self.cleaned_form.cleaned_data["reason"]
        actions.decline(contribution=contribution, user=self.request.user, reason=reason)


class RescueBulkAction(ContributionBulkAction):
    display_name = _("Not spam")
    action_type = "rescue"
    aria_label = _("Take the selected contributions out of quarantine")
    action_priority = 40

    def act(self, contribution):
        actions.rescue(contribution=contribution, user=self.request.user)


class SpamBulkAction(ContributionBulkAction):
    display_name = _("Mark as spam")
    action_type = "spam"
    aria_label = _("Mark the selected contributions as spam")
    action_priority = 50
    classes = {"serious"}

    def act(self, contribution):
        actions.mark_spam(contribution=contribution, user=self.request.user)


BULK_ACTIONS = (
    ClaimBulkAction,
    ReleaseBulkAction,
    DeclineBulkAction,
    RescueBulkAction,
    SpamBulkAction,
)

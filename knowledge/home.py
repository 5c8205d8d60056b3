"""What the dashboard tells someone about their own entries."""

from collections.abc import Mapping
from typing import Any

from django.db.models import F, Q
from wagtail.admin.ui.components import Component

from knowledge.models import Entry
from knowledge.viewsets.entries import EntryURLFinder
from knowledge.viewsets.status import remember_status

MOST_DRAFTS = 10


class DraftsPanel(Component):
    """The entries of the reader that wait for them to be finished."""

    name = "own_drafts"
    template_name = "knowledge/home/drafts.html"
    order = 230

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        user = parent_context["request"].user
        drafts = list(
            Entry.objects.filter(Q(live=False) | Q(has_unpublished_changes=True), owner=user)
            .select_related("locale")
            .annotate(saved_at=F("latest_revision__created_at"))
            .order_by(F("saved_at").desc(nulls_last=True), "-pk")[:MOST_DRAFTS]
        )
        remember_status(drafts)
        finder = EntryURLFinder(user)
        return {
            "drafts": [
                (draft, finder.get_edit_url(draft))
                for draft in drafts
                if not draft.workflow_in_progress
            ]
        }

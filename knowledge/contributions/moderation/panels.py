"""What the admin's home page tells a reviewer about contributions."""

from collections.abc import Mapping
from statistics import median
from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from knowledge.contributions.models import Contribution
from knowledge.contributions.states import State

# Enough to be fair, few enough to be read on every visit of the home page.
DECISIONS_LOOKED_AT = 200


def median_hours_to_decision() -> float | None:
    """Hours from submission to decision, by the median of the latest decisions."""
    decided = (
        Contribution.objects.filter(decided_at__isnull=False)
        .exclude(state=State.SPAM)
        .order_by("-decided_at")
        .values_list("submitted_at", "decided_at")[:DECISIONS_LOOKED_AT]
    )
    hours = [(end - start).total_seconds() / 3600 for start, end in decided]
    return round(median(hours), 1) if hours else None


class ContributionsPanel(Component):
    """Waiting for anyone, my claims, the oldest unanswered, and how long decisions take."""

    name = "contributions"
    template_name = "contributions/home_panel.html"
    order = 190

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        user = parent_context["request"].user
        waiting = Contribution.objects.awaiting_anyone()
        oldest = waiting.order_by("submitted_at").first()
        return {
            "waiting_count": waiting.count(),
            "oldest": list(waiting.order_by("submitted_at")[:5]),
            "oldest_days": (timezone.now() - oldest.submitted_at).days if oldest else None,
            "claims": list(Contribution.objects.claimed_by(user).order_by("claimed_at")[:10]),
            "suspected_count": Contribution.objects.filter(state=State.QUARANTINED).count(),
            "ending_count": Contribution.objects.filter(deletion_due_at__isnull=False).count(),
            "median_hours": median_hours_to_decision(),
        }

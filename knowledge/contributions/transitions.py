"""The one way a contribution changes its state.

Invariant: state, history and audit log change together under a lock on the row, or not at
all; of two reviewers who act at once, one succeeds and the other is told who was first.
"""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from knowledge.contributions.errors import ContributionError, ContributionErrorCode
from knowledge.contributions.kinds import STATE_LABELS
from knowledge.contributions.models import Contribution, ContributionEvent
from knowledge.contributions.states import (
    Action,
    TransitionError,
    next_state,
)

PERMISSION = "contributions.moderate_contribution"

Change = Callable[[Contribution, ContributionEvent], None]


def change_state(
    contribution: Contribution,
    action: Action,
    *,
    user: Any = None,
    message: str = "",
    change: Change | None = None,
) -> Contribution:
    """Take ``action``: look at the row under a lock, move it, write history and audit log.

    ``change`` does the rest in the same transaction: it gets the locked contribution in
    its new state, not yet saved, and the history row. Raises ``ContributionError``.
    """
    with transaction.atomic():
        locked = Contribution.objects.select_for_update().get(pk=contribution.pk)
        if user is not None:
            check_claim(locked, user)
        locked.state = _next(locked, action)
        now = timezone.now()
        locked.changed_at = now
        # Somebody looks after it: what was announced is void.
        locked.deletion_due_at = None
        event = ContributionEvent.objects.create(
            contribution=locked,
            action=action,
            state=locked.state,
            user=user,
            message=message,
            occurred_at=now,
        )
        if change is not None:
            change(locked, event)
        locked.save()
        log(
            instance=locked,
            action=f"contributions.{action.lower()}",
            user=user,
            data={"state": locked.state, "kind": locked.kind},
        )
    return locked


def check_permission(user: Any) -> None:
    """Raise ``ContributionError`` unless ``user`` may moderate."""
    if not user.has_perm(PERMISSION):
        raise ContributionError(
            ContributionErrorCode.PERMISSION_DENIED, "You may not moderate contributions."
        )


def check_claim(contribution: Contribution, user: Any) -> None:
    """Raise ``ContributionError`` while someone else has a fresh claim."""
    holder = contribution.claimed_by
    if holder is not None and holder != user and not contribution.claim_is_stale:
        raise ContributionError(
            ContributionErrorCode.CLAIMED_BY_ANOTHER,
            f"{holder.get_username()} is working on {contribution.reference}.",
        )


def _next(contribution: Contribution, action: Action):
    try:
        return next_state(contribution.current_state, action)
    except TransitionError:
        last = contribution.events.select_related("user").last()
        who = f" by {last.user.get_username()}" if last and last.user else ""
        label = str(STATE_LABELS[contribution.current_state]).lower()
        raise ContributionError(
            ContributionErrorCode.TRANSITION_IMPOSSIBLE,
            f"{contribution.reference} is now: {label}{who}. "
            f"“{action.lower().replace('_', ' ')}” is not possible any more.",
        ) from None

"""What reviewers and contributors do with a contribution.

Invariant: every action checks permission first, then changes state, audit log and outbox
in one transaction.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from knowledge.contributions import messages
from knowledge.contributions.errors import ContributionError, ContributionErrorCode
from knowledge.contributions.models import Contribution, ContributionEvent, Note
from knowledge.contributions.proposal import PROSE_LIMIT, clean_text
from knowledge.contributions.redaction import redact
from knowledge.contributions.states import Action
from knowledge.contributions.transitions import change_state, check_permission
from knowledge.models import Entry


def claim(*, contribution: Contribution, user: Any) -> Contribution:
    """Say that ``user`` works on it; others are told so. A stale claim is taken over."""
    check_permission(user)

    def change(row: Contribution, event: ContributionEvent) -> None:
        row.claimed_by, row.claimed_at = user, timezone.now()

    return change_state(contribution, Action.CLAIM, user=user, change=change)


def release(*, contribution: Contribution, user: Any) -> Contribution:
    """Put it back into the queue."""
    check_permission(user)

    def change(row: Contribution, event: ContributionEvent) -> None:
        row.claimed_by = row.claimed_at = None

    return change_state(contribution, Action.RELEASE, user=user, change=change)


def ask(*, contribution: Contribution, user: Any, question: str) -> Contribution:
    """Ask the contributor something and wait for the answer. Claims it."""
    check_permission(user)
    question = _required(question, "question")

    def change(row: Contribution, event: ContributionEvent) -> None:
        row.claimed_by, row.claimed_at = user, timezone.now()
        row.message = question
        messages.tell_question(row, event)

    return change_state(contribution, Action.ASK, user=user, message=question, change=change)


def answer(*, contribution: Contribution, text: str) -> Contribution:
    """The contributor answers; the reviewer who asked has it again.

    Secrets in the answer are masked, and noted as ``masked`` of the contribution.
    """
    redaction = redact(_required(text, "text"))
    masked = [
        {"field": "answer", "what": what, "count": count}
        for what, count in sorted(redaction.found.items())
    ]

    def change(row: Contribution, event: ContributionEvent) -> None:
        row.message = ""
        row.masked = [*row.masked, *masked]

    return change_state(contribution, Action.ANSWER, message=redaction.text, change=change)


def withdraw(*, contribution: Contribution) -> Contribution:
    """The contributor takes it back."""

    def change(row: Contribution, event: ContributionEvent) -> None:
        row.message = ""
        row.claimed_by = row.claimed_at = None
        messages.recall_request(row)

    return change_state(contribution, Action.WITHDRAW, change=change)


def decline(*, contribution: Contribution, user: Any, reason: str) -> Contribution:
    """Say no, with a reason that the contributor reads."""
    check_permission(user)
    reason = _required(reason, "reason")

    def change(row: Contribution, event: ContributionEvent) -> None:
        decide(row, user, reason)
        messages.tell_decision(row, event)

    return change_state(contribution, Action.DECLINE, user=user, message=reason, change=change)


def mark_duplicate(*, contribution: Contribution, user: Any, original: Entry) -> Contribution:
    """Close it in favour of an entry that says the same."""
    check_permission(user)

    def change(row: Contribution, event: ContributionEvent) -> None:
        decide(row, user, "")
        row.duplicate_of = original
        messages.tell_decision(row, event)

    return change_state(
        contribution, Action.MARK_DUPLICATE, user=user, message=original.code, change=change
    )


def mark_spam(*, contribution: Contribution, user: Any) -> Contribution:
    """Close it without a word to the sender."""
    check_permission(user)

    def change(row: Contribution, event: ContributionEvent) -> None:
        decide(row, user, "")
        messages.recall_request(row)

    return change_state(contribution, Action.MARK_SPAM, user=user, change=change)


def rescue(*, contribution: Contribution, user: Any) -> Contribution:
    """Take it out of quarantine: it is no spam."""
    check_permission(user)

    def change(row: Contribution, event: ContributionEvent) -> None:
        messages.tell_receipt(row)

    return change_state(contribution, Action.RESCUE, user=user, change=change)


def add_note(*, contribution: Contribution, user: Any, text: str) -> Note:
    """Leave a word for other reviewers."""
    check_permission(user)
    text = _required(text, "text")
    with transaction.atomic():
        # That there is a note is for the audit log, what it says is for reviewers only.
        log(instance=contribution, action="contributions.note", user=user)
        Contribution.objects.filter(pk=contribution.pk).update(deletion_due_at=None)
        return Note.objects.create(contribution=contribution, author=user, text=text)


def decide(row: Contribution, user: Any, reason: str) -> None:
    """Note on the locked row who decided, when, and what the contributor is told."""
    row.decided_by, row.decided_at = user, timezone.now()
    row.message = reason
    row.claimed_by = row.claimed_at = None


def _required(text: str, name: str) -> str:
    text = clean_text(text)
    if not text:
        raise ContributionError(ContributionErrorCode.REQUIRED, "This field is required.", (name,))
    if len(text) > PROSE_LIMIT:
        raise ContributionError(
            ContributionErrorCode.TOO_LONG, f"At most {PROSE_LIMIT} characters.", (name,)
        )
    return text

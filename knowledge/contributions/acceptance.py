"""Accepting: a proposal becomes a draft with credit and goes into the editorial workflow.

Invariant: accepting publishes nothing, and never overwrites what others wrote since the
proposal was made: what cannot be merged is shown and left to the reviewer.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Revision, WorkflowState

from cms.publishing.models import ContentVersion
from knowledge.contributions import messages
from knowledge.contributions.acceptors import acceptor_of, result_key
from knowledge.contributions.actions import decide
from knowledge.contributions.building import add_solution, new_entry
from knowledge.contributions.errors import (
    ContributionError,
    ContributionErrorCode,
    InvalidProposalError,
)
from knowledge.contributions.kinds import NEW_ENTRY_KINDS, ContributionKind
from knowledge.contributions.merging import Merge, has_markers, merge_texts
from knowledge.contributions.models import Contribution, ContributionEvent
from knowledge.contributions.proposal import clean_proposal
from knowledge.contributions.states import Action, State
from knowledge.contributions.targets import parts_of, read_part, write_part
from knowledge.contributions.transitions import change_state, check_permission
from knowledge.models import Entry, EntryContributor


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """A correction beside what it corrects: four texts, and a mark of the present one.

    ``base`` was public when the correction was written, ``ours`` is the latest draft,
    ``merged`` what accepting would make of it.
    """

    base: str
    ours: str
    proposed: str
    merged: Merge
    mark: str


def view_correction(contribution: Contribution) -> CorrectionView:
    """How a correction stands to the latest draft of its target. Raises when that is gone."""
    entry = _target(contribution)
    part = parts_of(type(entry))[contribution.target_part]
    ours = read_part(entry.get_latest_revision_as_object(), part)
    proposed = contribution.current_fields["text"]
    merged = merge_texts(contribution.base_text, ours, proposed)
    return CorrectionView(contribution.base_text, ours, proposed, merged, text_mark(ours))


def text_mark(text: str) -> str:
    """A short mark by which a form says which text it was made from."""
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def accept(
    *,
    contribution: Contribution,
    user: Any,
    message: str = "",
    edits: dict[str, str] | None = None,
    seen_mark: str = "",
) -> Contribution:
    """Make a draft of the proposal and start the editorial workflow.

    ``edits`` replace fields of the proposal. For a correction, an edited ``text`` is taken
    as the reviewer's merge, provided ``seen_mark`` is of the text it was made from.
    Raises ``ContributionError``: CONFLICT, CHANGED_MEANWHILE, or what is wrong with edits.
    """
    check_permission(user)

    def change(row: Contribution, event: ContributionEvent) -> None:
        row.edited_fields = {**row.edited_fields, **_checked(row, edits or {})}
        _make_draft(row, user, merged="text" in (edits or {}), seen_mark=seen_mark)
        decide(row, user, message)
        messages.tell_decision(row, event)

    return change_state(contribution, Action.ACCEPT, user=user, message=message, change=change)


def undo(*, contribution: Contribution, user: Any) -> Contribution:
    """Take the last decision back, while no one has been told and nothing was built on it."""
    check_permission(user)
    with transaction.atomic():
        # Deleting a draft takes this lock too; whoever publishes takes it first.
        ContentVersion.lock()
        before = Contribution.objects.select_for_update().get(pk=contribution.pk)
        if before.undo_until is None or before.undo_until < timezone.now():
            raise ContributionError(
                ContributionErrorCode.UNDO_TOO_LATE,
                "The time for taking this back is over: the contributor has been told.",
            )

        def change(row: Contribution, event: ContributionEvent) -> None:
            if before.state == State.ACCEPTED:
                _remove_draft(row, user)
            row.claimed_by, row.claimed_at = user, timezone.now()
            row.decided_by = row.decided_at = row.duplicate_of = None
            row.message = ""
            messages.recall_decision(row)

        return change_state(contribution, Action.UNDO, user=user, change=change)


def _checked(row: Contribution, edits: dict[str, str]) -> dict[str, str]:
    if not edits:
        return {}
    cleaned, problems = clean_proposal(ContributionKind(row.kind), {**row.current_fields, **edits})
    if problems:
        raise InvalidProposalError(problems)
    return {name: text for name, text in cleaned.items() if text != row.fields.get(name)}


def _target(contribution: Contribution) -> Entry:
    if contribution.target is None:
        raise ContributionError(
            ContributionErrorCode.NOT_FOUND, "The entry it is about has been deleted."
        )
    return contribution.target.specific


def _make_draft(row: Contribution, user: Any, *, merged: bool, seen_mark: str) -> None:
    kind = ContributionKind(row.kind)
    fields = row.current_fields
    if acceptor := acceptor_of(kind):
        made = acceptor.make(fields, row.locale, user)
        row.result_reference = f"{made._meta.label_lower}:{made.pk}"
        row.result_revision = made.latest_revision
        return
    if kind in NEW_ENTRY_KINDS:
        draft = new_entry(kind, fields, locale=row.locale, licence=row.licence)
        draft.owner = user
        draft.contributors = _credits(row)
        draft.save()
        entry = draft
    else:
        entry = Entry.objects.select_for_update().get(pk=_target(row).pk).specific
        draft = entry.get_latest_revision_as_object()
        if kind == ContributionKind.SOLUTION:
            add_solution(draft, fields)
        else:
            part = parts_of(type(entry))[row.target_part]
            write_part(draft, part, _merged_text(row, read_part(draft, part), merged, seen_mark))
        _credit(draft, row)
    row.result_revision = draft.save_revision(user=user, log_action=True)
    row.result = entry
    _start_workflow(type(entry).objects.get(pk=entry.pk), user)


def _merged_text(row: Contribution, ours: str, is_merged: bool, seen_mark: str) -> str:
    if is_merged:
        if seen_mark and seen_mark != text_mark(ours):
            raise ContributionError(
                ContributionErrorCode.CHANGED_MEANWHILE,
                "The entry was edited while you merged. Look at the new text first.",
                ("text",),
            )
        text = row.current_fields["text"]
    else:
        text = merge_texts(row.base_text, ours, row.current_fields["text"]).text
    if has_markers(text):
        raise ContributionError(
            ContributionErrorCode.CONFLICT,
            "Both sides changed the same lines. Decide between them in the text.",
            ("text",),
        )
    return text


def _credits(row: Contribution) -> list[EntryContributor]:
    person = getattr(row, "contributor", None)
    if person is None or not person.wants_credit:
        return []
    return [EntryContributor(name=person.credit_name, url=person.credit_url)]


def _credit(draft: Entry, row: Contribution) -> None:
    known = {person.name for person in draft.contributors.all()}
    draft.contributors.add(*(one for one in _credits(row) if one.name not in known))


def _start_workflow(entry: Entry, user: Any) -> None:
    state = entry.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user=user)
    elif state is None and (workflow := entry.get_workflow()):
        workflow.start(entry, user)


def _remove_draft(row: Contribution, user: Any) -> None:
    built_on = ContributionError(
        ContributionErrorCode.UNDO_TOO_LATE, "Others have worked on the draft since."
    )
    if acceptor := acceptor_of(ContributionKind(row.kind)):
        key = result_key(row.result_reference)
        if key is not None and not acceptor.remove(key):
            raise built_on
    elif row.result is not None:
        entry = row.result.specific
        revision = row.result_revision
        if revision is None or entry.latest_revision_id != revision.pk:
            raise built_on
        if entry.live_revision_id == revision.pk:
            raise built_on
        if (state := entry.current_workflow_state) and _began_with(state, revision):
            state.cancel(user=user)
        if entry.first_published_at is None and row.target_id is None:
            row.result = row.result_revision = None
            row.save(update_fields=["result", "result_revision"])
            entry.delete()
        else:
            _drop_revision(entry, revision)
    row.result = row.result_revision = None
    row.result_reference = ""


def _began_with(state: WorkflowState, revision: Revision) -> bool:
    return state.current_task_state is not None and (
        state.current_task_state.revision_id == revision.pk
    )


def _drop_revision(entry: Entry, revision: Revision) -> None:
    previous = entry.revisions.exclude(pk=revision.pk).order_by("-created_at", "-pk").first()
    entry.latest_revision = previous
    entry.has_unpublished_changes = bool(
        entry.live and previous is not None and entry.live_revision_id != previous.pk
    )
    entry.save(update_fields=["latest_revision", "has_unpublished_changes"])
    # A cancelled approval still points at the revision it was about.
    revision.task_states.update(revision=previous)
    revision.delete()

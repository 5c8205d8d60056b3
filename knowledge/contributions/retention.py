"""What was sent in has a clock, whatever was decided about it, or not.

Invariant: nothing that is undecided or waits for publication goes unless the day was
announced before and nobody has done anything about it since.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import TaskState

from cms.publishing.models import ContentVersion
from knowledge.contributions import messages
from knowledge.contributions.acceptors import result_key
from knowledge.contributions.kinds import CreditConsent
from knowledge.contributions.models import Contribution, Contributor, Note
from knowledge.contributions.privacy import make_anonymous
from knowledge.contributions.states import OPEN_STATES, State
from knowledge.contributions.throttling import forget_old_buckets

REFUSED_STATES = (State.DECLINED, State.DUPLICATE, State.WITHDRAWN)
SPAM_STATES = (State.SPAM, State.QUARANTINED)
UNFINISHED_STATES = (*OPEN_STATES, State.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Purged:
    """How many rows went or changed.

    ``contributions`` were deleted, ``anonymised`` are accepted ones that lost their sender
    before they were published, ``contributors`` are senders of published ones, ``buckets``
    throttle counts; ``announced`` will go when nobody does anything about them.
    """

    contributions: int
    anonymised: int
    contributors: int
    buckets: int
    announced: int


def purge_contributions() -> Purged:
    """Delete what is past its retention, and announce what will be."""
    now = timezone.now()
    deleted = _delete_refused(now)
    people = _forget_senders(now)
    unfinished_deleted, anonymised = _end_unfinished(now)
    announced = _announce(now)
    return Purged(
        contributions=deleted + unfinished_deleted,
        anonymised=anonymised,
        contributors=people,
        buckets=forget_old_buckets(),
        announced=announced,
    )


def _delete_refused(now: datetime) -> int:
    old = now - timedelta(days=settings.CONTRIBUTION_RETENTION_DAYS)
    old_spam = now - timedelta(days=settings.CONTRIBUTION_SPAM_RETENTION_DAYS)
    with transaction.atomic():
        gone = Contribution.objects.filter(
            Q(state__in=SPAM_STATES, changed_at__lt=old_spam)
            | Q(state__in=REFUSED_STATES, changed_at__lt=old)
        )
        count = gone.count()
        gone.delete()
    return count


def _forget_senders(now: datetime) -> int:
    old = now - timedelta(days=settings.CONTRIBUTION_RETENTION_DAYS)
    with transaction.atomic():
        # Whoever may still ask for their name to be taken down must be found by address.
        people = Contributor.objects.filter(
            contribution__state=State.PUBLISHED, contribution__changed_at__lt=old
        ).exclude(credit=CreditConsent.UNTIL_ERASED)
        count = people.count()
        people.delete()
    return count


def quiet_since(moment: datetime) -> QuerySet[Contribution]:
    """Undecided and accepted ones that nobody has done anything about since ``moment``.

    A step, a note, a fresh claim, an edit of the draft, a move of its workflow and a date
    set for its publication are something.
    """
    claims_end = timezone.now() - timedelta(hours=settings.CONTRIBUTION_CLAIM_HOURS)
    notes = Note.objects.filter(contribution=OuterRef("pk"), written_at__gte=moment)
    return (
        Contribution.objects.filter(state__in=UNFINISHED_STATES, changed_at__lt=moment)
        # An accepted one that lost its sender already has nothing more to lose.
        .exclude(state=State.ACCEPTED, contributor__isnull=True)
        .exclude(claimed_at__gte=claims_end)
        .exclude(Exists(notes))
    )


def _is_quiet(row: Contribution, moment: datetime) -> bool:
    """Whether what became of ``row`` has been left alone since ``moment`` too."""
    draft = _draft(row)
    if draft is None:
        return True
    if _is_shown(row, draft):
        return False
    worked_on = Q(created_at__gte=moment) | Q(approved_go_live_at__isnull=False)
    if draft.revisions.filter(worked_on).exists():
        return False
    moves = Q(started_at__gte=moment) | Q(finished_at__gte=moment)
    return not TaskState.objects.filter(moves, revision__in=draft.revisions.all()).exists()


def _is_shown(row: Contribution, draft: Any) -> bool:
    """Whether the public sees it, or sees its sender named, although nobody noted that."""
    if not draft.live:
        return False
    person = getattr(row, "contributor", None)
    if row.result is None:
        return True
    return bool(
        person
        and person.wants_credit
        and row.result.specific.contributors.filter(name=person.credit_name).exists()
    )


def _draft(row: Contribution) -> Any:
    """What accepting made: an entry, or a thing of another application; None when it is gone."""
    if row.result is not None:
        return row.result.specific
    label = row.result_reference.rpartition(":")[0]
    key = result_key(row.result_reference)
    return apps.get_model(label).objects.filter(pk=key).first() if key is not None else None


def _end_unfinished(now: datetime) -> tuple[int, int]:
    deleted = anonymised = 0
    notice = timedelta(days=settings.CONTRIBUTION_NOTICE_DAYS)
    due = Contribution.objects.filter(deletion_due_at__isnull=False)
    for pk, ends in list(due.values_list("pk", "deletion_due_at")):
        with transaction.atomic():
            # Whoever publishes takes this lock first; a credit may have to leave a draft.
            ContentVersion.lock()
            announced_at = ends - notice
            row = quiet_since(announced_at).select_for_update(of=("self",)).filter(pk=pk).first()
            if row is None or not _is_quiet(row, announced_at):
                # Someone looked after it: the announcement is void.
                Contribution.objects.filter(pk=pk).update(deletion_due_at=None)
            elif ends <= now and row.state == State.ACCEPTED and _draft(row) is not None:
                make_anonymous(row, row.contributor)
                log(instance=row, action="contributions.expire")
                anonymised += 1
            elif ends <= now:
                log(instance=row, action="contributions.expire")
                row.delete()
                deleted += 1
    return deleted, anonymised


def _announce(now: datetime) -> int:
    period = timedelta(days=settings.CONTRIBUTION_UNFINISHED_RETENTION_DAYS)
    notice = timedelta(days=settings.CONTRIBUTION_NOTICE_DAYS)
    moment = now - max(period - notice, timedelta())
    announced = 0
    for pk in list(quiet_since(moment).filter(deletion_due_at=None).values_list("pk", flat=True)):
        with transaction.atomic():
            row = quiet_since(moment).select_for_update(of=("self",)).filter(pk=pk).first()
            if row is None or not _is_quiet(row, moment):
                continue
            row.deletion_due_at = now + notice
            row.save(update_fields=["deletion_due_at"])
            messages.tell_deletion(row)
            announced += 1
    return announced

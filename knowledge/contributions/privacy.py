"""Personal data has a clock and an end.

Invariant: what identifies a person goes when its time is over or when they ask; what they
gave to the archive under its licence stays, with the credit they agreed to.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Revision

from cms.notifications.alerts.subscribing import forget_address, held_about
from cms.notifications.models import OutgoingMail
from cms.publishing.bridge import synchronize
from cms.publishing.models import ContentVersion
from knowledge.contributions.acceptors import acceptor_of, result_key
from knowledge.contributions.kinds import ContributionKind, CreditConsent
from knowledge.contributions.models import Contribution, Contributor
from knowledge.contributions.states import State
from knowledge.contributions.throttling import forget_old_buckets
from knowledge.models import Entry

KEPT_STATES = (State.ACCEPTED, State.PUBLISHED)
REFUSED_STATES = (State.DECLINED, State.DUPLICATE, State.WITHDRAWN)
SPAM_STATES = (State.SPAM, State.QUARANTINED)


@dataclass(frozen=True, slots=True)
class Purged:
    """How many rows went: contributions, senders of kept ones, throttle counts."""

    contributions: int
    contributors: int
    buckets: int


@dataclass(frozen=True, slots=True)
class Erased:
    """How many contributions were deleted, made anonymous, and how many credits removed."""

    deleted: int
    anonymised: int
    credits_removed: int


def purge_contributions() -> Purged:
    """Delete what is past its retention: spam first, then what was refused, then senders."""
    now = timezone.now()
    old = now - timedelta(days=settings.CONTRIBUTION_RETENTION_DAYS)
    old_spam = now - timedelta(days=settings.CONTRIBUTION_SPAM_RETENTION_DAYS)
    with transaction.atomic():
        gone = Contribution.objects.filter(
            state__in=SPAM_STATES, changed_at__lt=old_spam
        ) | Contribution.objects.filter(state__in=REFUSED_STATES, changed_at__lt=old)
        count = gone.count()
        gone.delete()
        # Whoever may still ask for their name to be taken down must be found by address.
        people = Contributor.objects.filter(
            contribution__state=State.PUBLISHED, contribution__changed_at__lt=old
        ).exclude(credit=CreditConsent.UNTIL_ERASED)
        people_count = people.count()
        people.delete()
        buckets = forget_old_buckets()
    return Purged(count, people_count, buckets)


def erase_contributor(address: str) -> Erased:
    """Erase the person behind ``address``.

    What is not accepted is deleted; what is accepted stays without a sender. The credit
    stays only where the consent was for good.
    """
    deleted = anonymised = credits_removed = 0
    with transaction.atomic():
        ContentVersion.lock()
        people = Contributor.objects.filter(email__iexact=address.strip())
        for person in people.select_related("contribution"):
            contribution = person.contribution
            if contribution.state not in KEPT_STATES:
                log(instance=contribution, action="contributions.erase")
                contribution.delete()
                deleted += 1
                continue
            if person.credit == CreditConsent.UNTIL_ERASED and contribution.result_id:
                credits_removed += _remove_credit(contribution.result_id, person.credit_name)
            if person.credit != CreditConsent.PERMANENT:
                credits_removed += _erase_result(contribution)
            _strip(contribution)
            person.delete()
            log(instance=contribution, action="contributions.erase")
            anonymised += 1
        OutgoingMail.objects.filter(recipient__iexact=address.strip()).delete()
        # Whoever asks to be forgotten means the alerts they subscribed to as well.
        forget_address(address)
    return Erased(deleted, anonymised, credits_removed)


def export_contributor(address: str) -> dict[str, Any]:
    """Everything held about the person behind ``address``, as plain data."""
    people = Contributor.objects.filter(email__iexact=address.strip()).select_related(
        "contribution"
    )
    return {
        "address": address.strip(),
        "contributions": [_exported(person) for person in people.order_by("pk")],
        "mails": [
            {"subject": mail.subject, "purpose": mail.purpose, "state": mail.state}
            for mail in OutgoingMail.objects.filter(recipient__iexact=address.strip())
        ],
        "alerts": held_about(address),
    }


def _exported(person: Contributor) -> dict[str, Any]:
    contribution = person.contribution
    return {
        "reference": contribution.reference,
        "kind": contribution.kind,
        "state": contribution.state,
        "submittedAt": contribution.submitted_at.isoformat(),
        "fields": contribution.fields,
        "licence": person.licence,
        "consentedAt": person.consented_at.isoformat(),
        "credit": person.credit,
        "creditName": person.credit_name,
        "creditUrl": person.credit_url,
        "addressConfirmedAt": person.email_confirmed_at and person.email_confirmed_at.isoformat(),
        "messages": [
            {"at": event.occurred_at.isoformat(), "action": event.action, "text": event.message}
            for event in contribution.events.all()
        ],
    }


def _erase_result(contribution: Contribution) -> int:
    """Remove what another application made of it, where the person is named in the thing itself."""
    acceptor = acceptor_of(ContributionKind(contribution.kind))
    key = result_key(contribution.result_reference)
    if acceptor is None or key is None:
        return 0
    acceptor.erase(key)
    # Deleted with its revisions: the row in memory must not point at them any more.
    contribution.result_revision = None
    contribution.result_reference = ""
    return 1


def _strip(contribution: Contribution) -> None:
    """Keep that something was accepted, drop what the person wrote to us."""
    contribution.fields = {}
    contribution.edited_fields = {}
    contribution.base_text = contribution.message = contribution.title = ""
    contribution.text_hash = contribution.form_nonce = ""
    contribution.save()
    contribution.events.update(message="")
    # Reviewers may have written about the person there.
    contribution.notes.all().delete()


def _remove_credit(entry_id: int, name: str) -> int:
    """Take the name from the entry, its drafts and history, and from what is delivered."""
    entry = Entry.objects.get(pk=entry_id).specific
    removed = entry.contributors.filter(name=name).count()
    # Straight from the table: the entry in memory could hold a draft, its row does not.
    type(entry).contributors.rel.related_model.objects.filter(entry_id=entry_id, name=name).delete()
    for revision in Revision.objects.for_instance(entry):
        people = revision.content.get("contributors") or []
        kept = [person for person in people if person.get("name") != name]
        if len(kept) != len(people):
            removed = max(removed, 1)
            revision.content["contributors"] = kept
            Revision.objects.filter(pk=revision.pk).update(content=revision.content)
    if entry.live:
        synchronize(type(entry).objects.get(pk=entry_id))
    return removed

"""Personal data has an end.

Invariant: what identifies a person goes when they ask, or when ``retention`` says so; what
they gave to the archive under its licence stays, with the credit they agreed to.
"""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
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
from knowledge.models import Entry

KEPT_STATES = (State.ACCEPTED, State.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Erased:
    """How many contributions were deleted, made anonymous, and how many credits removed."""

    deleted: int
    anonymised: int
    credits_removed: int


def erase_contributor(address: str) -> Erased:
    """Erase the person behind ``address``.

    What is not accepted is deleted; what is accepted stays without a sender. The credit
    stays only where the consent was for good.
    """
    deleted = anonymised = credits_removed = 0
    with transaction.atomic():
        ContentVersion.lock()
        people = Contributor.objects.filter(email__iexact=address.strip())
        # A consent for good comes last: it has to be there when the others are looked at.
        for person in sorted(
            people.select_related("contribution"),
            key=lambda person: person.credit == CreditConsent.PERMANENT,
        ):
            contribution = person.contribution
            if contribution.state not in KEPT_STATES:
                log(instance=contribution, action="contributions.erase")
                contribution.delete()
                deleted += 1
                continue
            credits_removed += make_anonymous(contribution, person)
            log(instance=contribution, action="contributions.erase")
            anonymised += 1
        OutgoingMail.objects.filter(recipient__iexact=address.strip()).delete()
        # Whoever asks to be forgotten means the alerts they subscribed to as well.
        forget_address(address)
    return Erased(deleted, anonymised, credits_removed)


def make_anonymous(contribution: Contribution, person: Contributor) -> int:
    """Keep that something was accepted, forget by whom; returns how many credits went.

    A credit stays where the consent was for good, or where the same name stands for
    another contribution to the same entry.
    """
    removed = 0
    if (
        person.credit == CreditConsent.UNTIL_ERASED
        and contribution.result_id
        and not _is_credited_otherwise(contribution, person.credit_name)
    ):
        removed += _remove_credit(contribution.result_id, person.credit_name)
    if person.credit != CreditConsent.PERMANENT:
        removed += _erase_result(contribution)
    _strip(contribution)
    person.delete()
    return removed


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


def _is_credited_otherwise(contribution: Contribution, name: str) -> bool:
    others = Contributor.objects.filter(
        contribution__result_id=contribution.result_id,
        contribution__state__in=KEPT_STATES,
        credit_name=name,
    ).exclude(contribution=contribution)
    return others.exclude(credit=CreditConsent.NONE).exists()


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
    contribution.deletion_due_at = None
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

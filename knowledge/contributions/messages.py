"""Letters to contributors, queued in the transaction that gives the reason for them.

Invariant: only an address whose owner confirmed it gets anything but the request to
confirm, and a decision is told only when it can no longer be taken back.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from cms.notifications.models import OutgoingMail
from cms.notifications.outbox import queue_mail
from knowledge.catalogue import absolute_url
from knowledge.contributions.errors import ThrottledError
from knowledge.contributions.kinds import ContributionKind
from knowledge.contributions.models import Contribution, ContributionEvent, Contributor
from knowledge.contributions.states import State
from knowledge.contributions.throttling import DAY, spend
from knowledge.models import PublishedEntry

# Whoever sends more in a day than may be asked about is asked about the rest later.
CONFIRMATION_DAYS = 3


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter says; the template gives it its looks."""

    subject: str
    lines: tuple[str, ...]
    quotation: str = ""
    button: str = "See where it stands"
    link: str = ""


def status_link(contribution: Contribution) -> str:
    """The private address of the contribution's status page."""
    return settings.CONTRIBUTION_STATUS_URL.format(token=quote(contribution.status_token, safe=""))


def named(contribution: Contribution) -> str:
    """What a letter calls it. A correction has the title of the entry it is about."""
    about = {
        ContributionKind.CORRECTION: "the correction of ",
        ContributionKind.SOLUTION: "the solution to ",
    }
    return f"{about.get(contribution.kind, '')}“{contribution.title}”"


def as_sentence(text: str) -> str:
    """``text`` with a capital first letter."""
    return text[:1].upper() + text[1:]


def ask_to_confirm(contributor: Contributor) -> None:
    """Ask whoever reads the address whether they sent it; a few times a day at most.

    What is too much for today is asked on one of the next days.
    """
    contribution = contributor.contribution
    wait = _days_to_wait(contributor.email)
    if wait is None:
        # Someone is using the form to fill a mailbox. The contribution itself is welcome.
        return
    link = f"{status_link(contribution)}&confirm={quote(contributor.confirmation_token, safe='')}"
    letter = Letter(
        subject=f"Please confirm your address ({contribution.reference})",
        lines=(
            f"Someone, probably you, sent us a contribution with this address: "
            f"{named(contribution)}.",
            "If it was you, confirm the address and we will tell you what becomes of it. "
            "If it was not, do nothing: you will hear no more from us.",
        ),
        button="Confirm my address",
        link=link,
    )
    due = timezone.now() + timedelta(days=wait) if wait else None
    _queue(contribution, contributor.email, letter, "contribution-confirm", "confirm", due)


def recall_request(contribution: Contribution) -> None:
    """Tear up the request to confirm if it has not left: there is nothing to confirm any more."""
    OutgoingMail.objects.pending().filter(unique_key=_key(contribution, "confirm")).delete()


def _days_to_wait(address: str) -> int | None:
    """After how many days the address may be asked; None when the next days are full too."""
    for ahead in range(CONFIRMATION_DAYS):
        try:
            spend(
                "confirmation",
                address.lower(),
                limit=settings.CONTRIBUTION_CONFIRMATIONS_PER_DAY,
                seconds=DAY,
                ahead=ahead,
            )
        except ThrottledError:
            continue
        return ahead
    return None


def tell_receipt(contribution: Contribution) -> None:
    """It arrived, and a person will look at it."""
    _tell(
        contribution,
        Letter(
            subject=f"We have your contribution ({contribution.reference})",
            lines=(
                f"Thank you for {named(contribution)}.",
                "A reviewer will look at it and you will hear from us.",
            ),
        ),
        "received",
    )


def tell_question(contribution: Contribution, event: ContributionEvent) -> None:
    """A reviewer wants to know something."""
    _tell(
        contribution,
        Letter(
            subject=f"A question about your contribution ({contribution.reference})",
            lines=(f"A reviewer of {named(contribution)} asks:",),
            quotation=contribution.message,
            button="Answer",
        ),
        f"question:{event.pk}",
    )


def tell_decision(contribution: Contribution, event: ContributionEvent) -> None:
    """What was decided; leaves when the decision stands."""
    due = timezone.now() + timedelta(seconds=settings.CONTRIBUTION_UNDO_SECONDS)
    _tell(contribution, _decision(contribution), f"decision:{event.pk}", due_at=due)


def recall_decision(contribution: Contribution) -> None:
    """Tear up the letters about decisions that have not left yet."""
    OutgoingMail.objects.pending().filter(
        unique_key__startswith=_key(contribution, "decision:")
    ).delete()


def tell_publication(contribution: Contribution, path: str) -> None:
    """It is public, at this address."""
    contributor = getattr(contribution, "contributor", None)
    lines = [f"{as_sentence(named(contribution))} has been published. Thank you."]
    if contributor and contributor.wants_credit:
        lines.append(f"You are credited as {contributor.credit_name}.")
    if path:
        lines.append(f"You find it at {absolute_url(path)}")
    _tell(
        contribution,
        Letter(
            subject=f"Your contribution is published ({contribution.reference})",
            lines=tuple(lines),
        ),
        "published",
    )


def tell_deletion(contribution: Contribution) -> None:
    """It will be deleted on ``deletion_due_at`` if nobody does anything about it."""
    day = timezone.localtime(contribution.deletion_due_at).strftime("%Y-%m-%d")
    title = named(contribution)
    button = "See where it stands"
    if contribution.state == State.WAITING:
        lines = (
            f"We asked you something about {title} and have no answer.",
            f"Without one we delete it, and your address with it, on {day}.",
        )
        button = "Answer"
    elif contribution.state == State.ACCEPTED:
        lines = (
            f"{as_sentence(title)} was accepted, but has not been published so far.",
            f"Unless an editor works on it, we delete what you sent and your address on {day}. "
            "The editors keep the draft, without your name unless you let us name you for good.",
        )
    else:
        lines = (
            f"We are sorry: no one has decided about {title} so far.",
            f"Unless a reviewer takes it up, we delete it, and your address with it, on {day}. "
            "You are welcome to send it again.",
        )
    letter = Letter(
        subject=f"Your contribution will be deleted ({contribution.reference})",
        lines=lines,
        quotation=contribution.message if contribution.state == State.WAITING else "",
        button=button,
    )
    _tell(contribution, letter, f"deletion:{day}")


def tell_current_state(contribution: Contribution) -> None:
    """What a contributor who has just confirmed would have been told already."""
    state = contribution.current_state
    tell_receipt(contribution)
    last = contribution.events.last()
    if state is State.WAITING:
        tell_question(contribution, last)
    elif state in (State.ACCEPTED, State.DECLINED, State.DUPLICATE):
        remaining = contribution.undo_until
        _tell(contribution, _decision(contribution), f"decision:{last.pk}", due_at=remaining)
    elif state is State.PUBLISHED:
        tell_publication(contribution, published_path(contribution))
    if contribution.deletion_due_at is not None:
        tell_deletion(contribution)


def published_path(contribution: Contribution) -> str:
    """Where the public finds the result now; empty when it does not."""
    if contribution.result_id is None or contribution.state != State.PUBLISHED:
        return ""
    document = PublishedEntry.objects.visible().filter(pk=contribution.result_id).first()
    return document.card["path"] if document else ""


def _decision(contribution: Contribution) -> Letter:
    title = named(contribution)
    if contribution.state == State.ACCEPTED:
        lines = (
            f"{as_sentence(title)} has been accepted. An editor will go over it before it is "
            "published, and you will hear when it is.",
        )
        subject = "Your contribution is accepted"
    elif contribution.state == State.DUPLICATE:
        lines = (
            f"{as_sentence(title)} says what is already in the archive, so we closed it. "
            "Thank you for the trouble; do tell us if something was missing there.",
        )
        subject = "Your contribution is already in the archive"
    else:
        lines = (f"We will not publish {title}. The reviewer writes:",)
        subject = "Your contribution was not accepted"
    return Letter(f"{subject} ({contribution.reference})", lines, contribution.message)


def _tell(
    contribution: Contribution, letter: Letter, what: str, due_at: datetime | None = None
) -> None:
    contributor = getattr(contribution, "contributor", None)
    if contributor is None or not contributor.can_be_told:
        return
    purpose = f"contribution-{what.partition(':')[0]}"
    _queue(contribution, contributor.email, letter, purpose, what, due_at)


def _key(contribution: Contribution, what: str) -> str:
    return f"contribution:{contribution.pk}:{what}"


def _queue(
    contribution: Contribution,
    recipient: str,
    letter: Letter,
    purpose: str,
    what: str,
    due_at: datetime | None = None,
) -> None:
    context = {
        "letter": letter,
        "link": letter.link or status_link(contribution),
        "site": settings.WAGTAIL_SITE_NAME,
    }
    key = _key(contribution, what)
    queue_mail(
        recipient=recipient,
        subject=" ".join(letter.subject.split()),
        text=render_to_string("contributions/mail/letter.txt", context),
        html=render_to_string("contributions/mail/letter.html", context),
        purpose=purpose,
        unique_key=key,
    )
    if due_at is not None:
        OutgoingMail.objects.pending().filter(unique_key=key).update(due_at=due_at)

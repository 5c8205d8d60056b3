"""A submission comes in: checked, masked, scored, counted, stored once.

Invariant: either everything of a submission is stored or nothing, and the same
idempotency key never stores two.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, field

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone

from knowledge.contributions import messages
from knowledge.contributions.checking import Checked, check_proposal
from knowledge.contributions.duplicates import find_duplicates
from knowledge.contributions.errors import (
    ContributionError,
    ContributionErrorCode,
    InvalidProposalError,
    Problem,
    ThrottledError,
)
from knowledge.contributions.form_tokens import redeem_form_token
from knowledge.contributions.kinds import NEW_ENTRY_KINDS, ContributionKind, CreditConsent
from knowledge.contributions.models import (
    Contribution,
    ContributionEvent,
    Contributor,
    SubmissionKey,
)
from knowledge.contributions.proposal import clean_text, proposal_title
from knowledge.contributions.redaction import redact
from knowledge.contributions.spam import SpamScore, score_submission
from knowledge.contributions.states import State
from knowledge.contributions.throttling import DAY, MINUTE, check, count_refusal, spend

KEY_LENGTHS = range(8, 201)
SHOWN_LIMIT = 10


@dataclass(frozen=True, slots=True)
class Submission:
    """What a sender hands in. ``trap`` is the field that people do not see."""

    kind: ContributionKind
    fields: dict[str, object]
    locale: str
    form_token: str
    accepts_licence: bool
    email: str = ""
    credit: CreditConsent = CreditConsent.NONE
    credit_name: str = ""
    credit_url: str = ""
    trap: str = ""
    shown_duplicates: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Sender:
    email: str
    credit: CreditConsent
    credit_name: str
    credit_url: str


def submit_contribution(
    *, submission: Submission, sender: str, idempotency_key: str = "", partner: str = ""
) -> Contribution:
    """Store a submission and queue the letter that asks to confirm the address.

    ``sender`` is counted, and ``partner`` too: the API key it came with, empty without one.
    A repeat under the same key gives the contribution of the first time. Raises
    ``InvalidProposalError`` with every problem, ``ThrottledError`` or ``ContributionError``.
    """
    request_hash = _digest(json.dumps(asdict(submission), sort_keys=True, default=str))
    if idempotency_key:
        _check_key(idempotency_key)
        if known := _repeated(idempotency_key, request_hash):
            return known
    check("refused", sender, limit=settings.CONTRIBUTION_REFUSALS_PER_MINUTE, seconds=MINUTE)
    try:
        nonce = redeem_form_token(submission.form_token)
        checked, person = _checked(submission)
    except ContributionError:
        count_refusal(sender)
        raise
    duplicates = _duplicates(submission, checked)
    try:
        with transaction.atomic():
            return _store(
                submission,
                checked,
                person,
                nonce,
                duplicates,
                (sender, partner),
                idempotency_key,
                request_hash,
            )
    except IntegrityError:
        if idempotency_key and (known := _repeated(idempotency_key, request_hash)):
            return known
        raise
    except ThrottledError:
        # The same request may have come in twice at once and the other one gone through.
        if idempotency_key and (known := _repeated(idempotency_key, request_hash)):
            return known
        raise


def _store(
    submission: Submission,
    checked: Checked,
    person: _Sender,
    nonce: str,
    duplicates: list[dict],
    senders: tuple[str, str],
    idempotency_key: str,
    request_hash: str,
) -> Contribution:
    fields, masked = _masked(checked.fields)
    text_hash = _digest("\n".join(" ".join(text.lower().split()) for text in fields.values()))
    score = _score(submission, fields, nonce, text_hash)
    title = proposal_title(submission.kind, fields, checked.target_title)
    contribution = Contribution.objects.create(
        kind=submission.kind,
        state=State.QUARANTINED if score.is_suspect else State.RECEIVED,
        title=title,
        locale=checked.locale,
        technology=checked.technology,
        fields=fields,
        masked=masked,
        shown_duplicates=[clean_text(code)[:64] for code in submission.shown_duplicates],
        likely_duplicates=duplicates,
        target=checked.target,
        target_part=fields.get("section", ""),
        base_text=checked.base_text,
        spam_score=score.points,
        spam_reasons=score.reasons,
        form_nonce=nonce,
        text_hash=text_hash,
        licence=settings.CONTRIBUTION_LICENCE,
    )
    if idempotency_key:
        SubmissionKey.objects.create(
            key_hash=_digest(idempotency_key),
            request_hash=request_hash,
            contribution=contribution,
        )
    _spend(*senders)
    contributor = Contributor.objects.create(
        contribution=contribution,
        licence=settings.CONTRIBUTION_LICENCE,
        consented_at=timezone.now(),
        **asdict(person),
    )
    ContributionEvent.objects.create(
        contribution=contribution, action="SUBMIT", state=contribution.state
    )
    # Letters for spam would make us the spammer: whoever is rescued is told then.
    if person.email and not score.is_suspect:
        messages.ask_to_confirm(contributor)
    return contribution


def _spend(sender: str, partner: str) -> None:
    spend("submit", sender, limit=settings.CONTRIBUTION_PER_MINUTE, seconds=MINUTE)
    spend("submit", sender, limit=settings.CONTRIBUTION_PER_DAY, seconds=DAY)
    if partner:
        # A key that leaked lets nobody send from everywhere at once.
        spend("key", partner, limit=settings.CONTRIBUTION_KEY_PER_MINUTE, seconds=MINUTE)
        spend("key", partner, limit=settings.CONTRIBUTION_KEY_PER_DAY, seconds=DAY)


def _checked(submission: Submission) -> tuple[Checked, _Sender]:
    checked, problems = check_proposal(submission.kind, submission.fields, submission.locale)
    person, personal_problems = _check_sender(submission)
    problems += personal_problems
    if not submission.accepts_licence:
        problems.append(
            Problem(
                ContributionErrorCode.CONSENT_REQUIRED,
                f"We can only take it under {settings.CONTRIBUTION_LICENCE}.",
                ("acceptsLicence",),
            )
        )
    if len(submission.shown_duplicates) > SHOWN_LIMIT:
        problems.append(
            Problem(ContributionErrorCode.TOO_LONG, f"At most {SHOWN_LIMIT}.", ("shownDuplicates",))
        )
    if problems:
        raise InvalidProposalError(problems)
    return checked, person


def _check_sender(submission: Submission) -> tuple[_Sender, list[Problem]]:
    code = ContributionErrorCode
    problems = []
    email = clean_text(submission.email)
    name = " ".join(clean_text(submission.credit_name).split())
    url = clean_text(submission.credit_url)
    if email:
        try:
            validate_email(email)
        except ValidationError:
            problems.append(Problem(code.INVALID, "This is not an e-mail address.", ("email",)))
    if len(email) > 254:
        problems.append(Problem(code.TOO_LONG, "At most 254 characters.", ("email",)))
    credit = CreditConsent(submission.credit)
    if credit != CreditConsent.NONE and not name:
        problems.append(Problem(code.REQUIRED, "Say how to name you.", ("creditName",)))
    if len(name) > 120:
        problems.append(Problem(code.TOO_LONG, "At most 120 characters.", ("creditName",)))
    if url:
        try:
            URLValidator(schemes=["http", "https"])(url)
        except ValidationError:
            problems.append(Problem(code.INVALID, "This is not a web address.", ("creditUrl",)))
    if len(url) > 500:
        problems.append(Problem(code.TOO_LONG, "At most 500 characters.", ("creditUrl",)))
    if credit == CreditConsent.NONE:
        # What is not needed is not kept.
        name = url = ""
    return _Sender(email, credit, name, url), problems


def _masked(fields: dict[str, str]) -> tuple[dict[str, str], list[dict]]:
    result, masked = {}, []
    for name, text in fields.items():
        redaction = redact(text)
        result[name] = redaction.text
        masked += [
            {"field": name, "what": what, "count": count}
            for what, count in sorted(redaction.found.items())
        ]
    return result, masked


def _score(submission: Submission, fields: dict[str, str], nonce: str, text_hash: str) -> SpamScore:
    earlier = Contribution.objects.all()
    return score_submission(
        fields,
        trap=submission.trap,
        same_token=earlier.filter(form_nonce=nonce).count(),
        same_text=earlier.filter(text_hash=text_hash).count(),
    )


def _duplicates(submission: Submission, checked: Checked) -> list[dict]:
    kind = NEW_ENTRY_KINDS.get(submission.kind)
    if kind is None:
        return []
    found = find_duplicates(
        kind,
        title=checked.fields["title"],
        message=checked.fields.get("errorMessage", ""),
        technology=checked.fields["technology"],
        locale=checked.locale,
    )
    return [{"code": one.code, "title": one.title, "score": one.score} for one in found]


def _check_key(key: str) -> None:
    if len(key) not in KEY_LENGTHS or not key.isascii() or not key.isprintable():
        raise ContributionError(
            ContributionErrorCode.INVALID,
            "An idempotency key has 8 to 200 printable ASCII characters.",
            ("idempotencyKey",),
        )


def _repeated(key: str, request_hash: str) -> Contribution | None:
    known = (
        SubmissionKey.objects.filter(key_hash=_digest(key)).select_related("contribution").first()
    )
    if known is None:
        return None
    if known.request_hash != request_hash:
        raise ContributionError(
            ContributionErrorCode.IDEMPOTENCY_KEY_REUSED,
            "This idempotency key was used for another submission.",
            ("idempotencyKey",),
        )
    return known.contribution


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()

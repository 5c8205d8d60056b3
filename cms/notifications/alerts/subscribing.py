"""Asking for alerts, confirming, unsubscribing.

Invariant: nobody can learn here whether an address is subscribed: a request does the
same work for every address, and its answer is the same.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from cms.notifications.alerts.links import new_token, read_unsubscribe_token, token_hash
from cms.notifications.alerts.mails import queue_confirmation
from cms.notifications.catalogue import catalogue
from cms.notifications.models import AlertRequest, AlertSubscription, Frequency, OutgoingMail
from cms.notifications.outbox import LONGEST_ADDRESS

MOST_VALUES = 50


class TooManyRequestsError(Exception):
    """One network address asks too often; try again after ``seconds``."""

    seconds = 3600


class UnknownTokenError(LookupError):
    """The token was never made, has been used, or has expired."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks to be told about. Empty tuples mean everything."""

    address: str
    kinds: tuple[str, ...] = ()
    technologies: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    frequency: str = Frequency.WEEKLY
    include_updates: bool = False
    locale: str = ""


def request_subscription(wish: Wish, *, requester: str) -> None:
    """Write down the wish and mail a confirmation link to its address.

    ``requester`` is the network address the request came from. Raises
    ``ValidationError`` by field for a wish that cannot be fulfilled, and
    ``TooManyRequestsError``. Past the limit of one mailbox nothing is sent and nothing is
    said: the answer would tell who was here before.
    """
    check(wish)
    address = normalised(wish.address)
    hashed = hashed_requester(requester)
    hour_ago = timezone.now() - timedelta(hours=1)
    recent = AlertRequest.objects.filter(created_at__gt=hour_ago)
    if recent.filter(requester=hashed).count() >= settings.ALERT_REQUESTS_PER_REQUESTER:
        raise TooManyRequestsError
    is_too_much = (
        recent.filter(address__iexact=address).count() >= settings.ALERT_REQUESTS_PER_ADDRESS
        or recent.count() >= settings.ALERT_REQUESTS_IN_ALL
    )
    token = new_token()
    with transaction.atomic():
        request = AlertRequest.objects.create(
            address=address,
            kinds=sorted(set(wish.kinds)),
            technologies=sorted(set(wish.technologies)),
            topics=sorted(set(wish.topics)),
            frequency=Frequency(wish.frequency),
            include_updates=wish.include_updates,
            locale=wish.locale or settings.LANGUAGE_CODE,
            token_hash=token_hash(token),
            requester=hashed,
        )
        queue_confirmation(request, token)
        # Only now, because whoever measures the time would learn it from an early return.
        if is_too_much:
            transaction.set_rollback(True)


def check(wish: Wish) -> None:
    """Raise ``ValidationError`` naming every field that cannot be fulfilled."""
    errors: dict[str, str] = {}
    try:
        if len(wish.address) > LONGEST_ADDRESS:
            raise ValidationError("long")
        validate_email(normalised(wish.address))
    except ValidationError:
        errors["email"] = "This is not an e-mail address."
    known = catalogue()
    for name, values, allowed in (
        ("kinds", wish.kinds, known.kinds),
        ("technologies", wish.technologies, known.technologies),
        ("topics", wish.topics, known.topics),
    ):
        if len(values) > MOST_VALUES:
            errors[name] = f"At most {MOST_VALUES} can be chosen; choose none for all."
        elif values and (unknown := set(values) - set(allowed())):
            errors[name] = f"Unknown: {sorted(unknown)[0][:60]}."
    if wish.locale and wish.locale not in dict(settings.WAGTAIL_CONTENT_LANGUAGES):
        errors["locale"] = "This language is not offered."
    if errors:
        raise ValidationError(errors)


def confirm(token: str) -> AlertSubscription:
    """Subscribe, or change the subscription of, the address the token was mailed to.

    Raises ``UnknownTokenError``. A token works once.
    """
    with transaction.atomic():
        request = pending_request(token, lock=True)
        subscription, _ = AlertSubscription.objects.update_or_create(
            address=request.address,
            defaults={**request.choices(), "confirmed_at": timezone.now()},
        )
        AlertRequest.objects.filter(pk=request.pk).delete()
    return subscription


def pending_request(token: str, *, lock: bool = False) -> AlertRequest:
    """The request a token was mailed for. Raises ``UnknownTokenError``; changes nothing."""
    rows = AlertRequest.objects.select_for_update() if lock else AlertRequest.objects.all()
    request = rows.filter(token_hash=token_hash(token), created_at__gt=oldest_valid()).first()
    if request is None:
        raise UnknownTokenError
    return request


def subscription_of(token: str) -> AlertSubscription | None:
    """The subscription an unsubscribe token is for; None when it is gone already.

    Raises ``UnknownTokenError`` for a token we did not make.
    """
    public_id = read_unsubscribe_token(token)
    if public_id is None:
        raise UnknownTokenError
    return AlertSubscription.objects.filter(public_id=public_id).first()


def unsubscribe(token: str) -> None:
    """End the subscription and forget the address. Doing it twice is no error.

    Raises ``UnknownTokenError`` for a token we did not make.
    """
    subscription = subscription_of(token)
    if subscription is not None:
        forget_address(subscription.address)


def forget_address(address: str) -> int:
    """Remove everything notifications hold about an address; returns how many rows."""
    address = normalised(address)
    count = 0
    with transaction.atomic():
        for rows in (
            AlertSubscription.objects.filter(address=address),
            AlertRequest.objects.filter(address=address),
            OutgoingMail.objects.filter(recipient=address, purpose__startswith="alert-"),
        ):
            count += rows.delete()[0]
    return count


def held_about(address: str) -> list[dict[str, Any]]:
    """What is held about an address: its subscription and its requests that wait, as plain data."""
    address = normalised(address)
    rows = [
        *AlertSubscription.objects.filter(address=address),
        *AlertRequest.objects.filter(address=address).order_by("pk"),
    ]
    return [
        {
            **row.choices(),
            "confirmedAt": row.confirmed_at.isoformat()
            if isinstance(row, AlertSubscription)
            else None,
        }
        for row in rows
    ]


def normalised(address: str) -> str:
    """One spelling per mailbox: the part after the @ has no case, the rest is left alone."""
    local, at, domain = address.strip().rpartition("@")
    return f"{local}{at}{domain.lower()}"


def hashed_requester(requester: str) -> str:
    """Tells requesters apart for a day without storing who they are."""
    day = timezone.now().date().isoformat()
    return salted_hmac(f"alerts.requester.{day}", requester).hexdigest()[:32]


def oldest_valid() -> datetime:
    """A request made before this moment can no longer be confirmed."""
    return timezone.now() - timedelta(hours=settings.ALERT_CONFIRM_HOURS)

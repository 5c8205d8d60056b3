"""So many attempts in so much time, counted in the database that all workers share.

Invariant: keys are digests of fixed length. A client can neither choose a key's text nor
get a fresh count by spelling the same name in another way.
"""

import unicodedata
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.crypto import salted_hmac

from cms.security.client_address import address_group
from cms.security.models import Attempt


@dataclass(frozen=True, slots=True)
class Throttle:
    """At most ``limit`` attempts a key within ``window``."""

    scope: str
    limit: int
    window: timedelta

    def exhausted(self, *parts: str) -> bool:
        """True when the key of ``parts`` has no attempt left."""
        since = timezone.now() - self.window
        return (
            Attempt.objects.filter(scope=self.scope, key=key_of(*parts), at__gt=since).count()
            >= self.limit
        )

    def record(self, *parts: str) -> None:
        """Count one attempt, and forget those outside the window."""
        Attempt.objects.filter(scope=self.scope, at__lte=timezone.now() - self.window).delete()
        Attempt.objects.create(scope=self.scope, key=key_of(*parts))

    def reset(self, *parts: str) -> None:
        """Forget the attempts under the key of ``parts``."""
        Attempt.objects.filter(scope=self.scope, key=key_of(*parts)).delete()


def key_of(*parts: str) -> str:
    """A digest of ``parts`` that only this installation can compute."""
    return salted_hmac("lamplight.throttle", "\0".join(parts), algorithm="sha256").hexdigest()


def canonical(name: str) -> str:
    """A name as it is compared: one spelling for all that look the same."""
    return unicodedata.normalize("NFKC", name[:320]).casefold().strip()


QUARTER_HOUR = timedelta(minutes=15)

LOGIN_BY_ACCOUNT = Throttle("login-account", 5, QUARTER_HOUR)
LOGIN_BY_ADDRESS = Throttle("login-address", 20, QUARTER_HOUR)
RESET_BY_ACCOUNT = Throttle("reset-account", 3, timedelta(hours=1))
RESET_BY_ADDRESS = Throttle("reset-address", 10, timedelta(hours=1))


def login_refused(address: str, username: str) -> bool:
    """True when this address may not try this name now. Known and unknown names are alike."""
    group = address_group(address)
    return LOGIN_BY_ADDRESS.exhausted(group) or LOGIN_BY_ACCOUNT.exhausted(
        group, canonical(username)
    )


def login_failed(address: str, username: str) -> None:
    """Count a wrong password."""
    group = address_group(address)
    LOGIN_BY_ADDRESS.record(group)
    LOGIN_BY_ACCOUNT.record(group, canonical(username))


def login_succeeded(address: str, username: str) -> None:
    """Forget the wrong passwords before the right one; the address keeps its count."""
    LOGIN_BY_ACCOUNT.reset(address_group(address), canonical(username))


def reset_allowed(address: str, email: str) -> bool:
    """Count one request for a new password; False when there were too many."""
    group = address_group(address)
    if RESET_BY_ADDRESS.exhausted(group) or RESET_BY_ACCOUNT.exhausted(canonical(email)):
        return False
    RESET_BY_ADDRESS.record(group)
    RESET_BY_ACCOUNT.record(canonical(email))
    return True

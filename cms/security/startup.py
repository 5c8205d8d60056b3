"""A production server that is open to everybody does not start.

Invariant: with LAMPLIGHT_REFUSE_UNSAFE_START, which production sets, no request is answered
before the checks of this app have found nothing.
"""

from django.conf import settings
from django.core.checks import CheckMessage
from django.core.exceptions import ImproperlyConfigured

from cms.security.checks import check_debug, check_demo_passwords, check_secrets


def refuse_unsafe_start() -> None:
    """Raise ``ImproperlyConfigured``, naming everything that is wrong.

    A database that is not there is none of it: the server starts and says 503.
    """
    if not settings.LAMPLIGHT_REFUSE_UNSAFE_START:
        return
    found: list[CheckMessage] = []
    for check in (check_debug, check_secrets, check_demo_passwords):
        found += check(None)
    if found:
        reasons = " ".join(f"{one.msg} {one.hint or ''}".strip() for one in found)
        raise ImproperlyConfigured(f"Not started: {reasons}")

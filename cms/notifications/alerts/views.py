"""The pages behind the links in alert mails.

Invariant: a GET changes nothing, because mail scanners follow every link; the button's
POST, or a mail program's one-click POST, does.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cms.notifications.alerts.mails import chosen
from cms.notifications.alerts.subscribing import (
    UnknownTokenError,
    confirm,
    pending_request,
    subscription_of,
    unsubscribe,
)

# A style sheet and a button, nothing else.
POLICY = (
    "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'"
)


# No cookie takes part here: the token alone gives the right, so there is nothing to forge.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_alerts(request: HttpRequest, token: str) -> HttpResponse:
    """Asks on GET, subscribes on POST."""
    try:
        wish = confirm(token) if request.method == "POST" else pending_request(token)
    except UnknownTokenError:
        return page(request, "unknown", status=404)
    with translation.override(wish.locale):
        name = "confirmed" if request.method == "POST" else "confirm"
        return page(request, name, choices=chosen(wish))


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe_alerts(request: HttpRequest, token: str) -> HttpResponse:
    """Asks on GET, unsubscribes on POST. Doing it twice is no error."""
    try:
        if request.method == "POST":
            unsubscribe(token)
            return page(request, "unsubscribed")
        return page(request, "unsubscribe" if subscription_of(token) else "unsubscribed")
    except UnknownTokenError:
        return page(request, "unknown", status=404)


def page(request: HttpRequest, name: str, status: int = 200, **context: object) -> HttpResponse:
    response = render(
        request, f"notifications/pages/{name}.html", {**context, "page": name}, status=status
    )
    # The address holds the token: it must not travel on to anybody.
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    response["Content-Security-Policy"] = POLICY
    return response

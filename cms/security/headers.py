"""Response headers that tell a browser what this server never does.

Invariant: every response has them; a view that needs more sets its own and is left alone.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# The admin is Wagtail's: it styles elements inline and shows avatars from data URLs.
ADMIN_POLICY = (
    "default-src 'self'; "
    "script-src 'self' 'unsafe-inline'; "
    "style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob: https:; "
    "font-src 'self' data:; "
    "connect-src 'self'; "
    "frame-src 'self' {preview}; "
    "frame-ancestors 'self'; "
    "form-action 'self'; "
    "base-uri 'self'; "
    "object-src 'none'"
)
# Everything else is data. If a browser shows it, it shows it without doing anything.
DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
# Uploaded files come from people; opened directly, one must not run as this site.
MEDIA_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; sandbox"


class SecurityHeadersMiddleware:
    """Adds Content-Security-Policy, Permissions-Policy and the resource policies."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        preview = " ".join(settings.LAMPLIGHT_PREVIEW_ORIGINS)
        self.admin_policy = ADMIN_POLICY.format(preview=preview).replace(" ;", ";")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "is_preview", False):
            # Wagtail answers a preview by a request of its own inside one of the admin's,
            # and the admin shows it in a frame: the admin's headers hold.
            return response
        response.headers.setdefault("Content-Security-Policy", self.policy(request.path))
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        )
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        return response

    def policy(self, path: str) -> str:
        """The Content-Security-Policy of the part of the site that ``path`` lies in."""
        if path.startswith("/admin/"):
            return self.admin_policy
        if path.startswith((settings.MEDIA_URL, "/documents/")):
            return MEDIA_POLICY
        return DATA_POLICY

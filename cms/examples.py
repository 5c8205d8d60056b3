"""The example front ends, served from the checkout in development only.

Invariant: an example runs its own scripts and talks to this server, and to nothing else.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.static import serve

EXAMPLE_POLICY = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"


def example_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file of ``frontend_examples``; 404 for anything else."""
    response = serve(request, path, document_root=settings.BASE_DIR / "frontend_examples")
    response.headers["Content-Security-Policy"] = EXAMPLE_POLICY
    return response

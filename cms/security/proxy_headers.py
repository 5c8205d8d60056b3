"""What proxies say of the request they pass on: its scheme, host and port.

Invariant: behind this layer such a header is there only if a trusted proxy was the peer
and a setting asks for the header. No client chooses the addresses in an answer, nor under
which scheme or host an answer is kept.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings

from cms.security.client_address import comes_from_trusted_proxy

# WSGI name of the header → setting that makes Django read it.
_READ_BY = {
    "HTTP_X_FORWARDED_PROTO": "SECURE_PROXY_SSL_HEADER",
    "HTTP_X_FORWARDED_HOST": "USE_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT": "USE_X_FORWARDED_PORT",
}

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


class TrustedProxyHeaders:
    """A WSGI application around another one; must be the outermost."""

    def __init__(self, application: Application) -> None:
        self.application = application
        unread = {name for name, setting in _READ_BY.items() if not getattr(settings, setting)}
        self._dropped_always = tuple(unread)
        self._dropped_of_strangers = tuple(_READ_BY)

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        trusted = comes_from_trusted_proxy(environ)
        for name in self._dropped_always if trusted else self._dropped_of_strangers:
            environ.pop(name, None)
        return self.application(environ, start_response)

"""What a client says of scheme and host is believed only through a trusted proxy."""

import pytest
from django.test.client import RequestFactory

from cms.security.proxy_headers import TrustedProxyHeaders

SAID = {
    "HTTP_X_FORWARDED_PROTO": "https",
    "HTTP_X_FORWARDED_HOST": "evil.example",
    "HTTP_X_FORWARDED_PORT": "8443",
}


@pytest.fixture(autouse=True)
def behind_a_proxy(settings):
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.USE_X_FORWARDED_HOST = True
    settings.USE_X_FORWARDED_PORT = True


def passed_on(peer, **said):
    """The forwarded headers that reach the application."""
    reached = {}

    def application(environ, start_response):
        reached.update(environ)
        return []

    environ = {**RequestFactory().get("/").environ, **said, "REMOTE_ADDR": peer}
    TrustedProxyHeaders(application)(environ, lambda *_: None)
    return {name: value for name, value in reached.items() if name in SAID}


@pytest.mark.parametrize("peer", ["203.0.113.5", "::1", "", "nonsense"])
def test_a_stranger_is_not_believed(peer):
    assert passed_on(peer, **SAID) == {}


@pytest.mark.parametrize("peer", ["10.1.2.3", "::ffff:10.1.2.3"])
def test_a_trusted_proxy_is_believed(peer):
    assert passed_on(peer, **SAID) == SAID


def test_without_proxies_nobody_is_believed(settings):
    settings.TRUSTED_PROXIES = []

    assert passed_on("127.0.0.1", **SAID) == {}


@pytest.mark.parametrize(
    ("setting", "name"),
    [
        ("SECURE_PROXY_SSL_HEADER", "HTTP_X_FORWARDED_PROTO"),
        ("USE_X_FORWARDED_HOST", "HTTP_X_FORWARDED_HOST"),
        ("USE_X_FORWARDED_PORT", "HTTP_X_FORWARDED_PORT"),
    ],
)
def test_what_no_setting_asks_for_is_dropped_from_everybody(settings, setting, name):
    setattr(settings, setting, None)

    assert passed_on("10.0.0.1", **SAID) == {k: v for k, v in SAID.items() if k != name}

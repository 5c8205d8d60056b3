"""Which URLs may be called: every spelling of an address that is not public is refused."""

import pytest

from cms.notifications.addresses import RefusedUrlError, is_public, parse_url

PRIVATE = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.168.1.1",
    "198.18.0.1",
    "203.0.113.9",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:a9fe:a9fe",
    "64:ff9b::7f00:1",
    "64:ff9b::10.0.0.1",
    "64:ff9b:1::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "not an address",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_public_is_refused(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"],
)
def test_a_public_address_is_allowed(address):
    assert is_public(address)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://example.org/", "must begin with https"),
        ("ftp://example.org/", "must begin with https"),
        ("file:///etc/passwd", "must begin with https"),
        ("gopher://example.org/", "must begin with https"),
        ("//example.org/", "must begin with https"),
        ("https://user@example.org/", "user name"),
        ("https://example.org@127.0.0.1/", "user name"),
        ("https://user:word@example.org/", "user name"),
        ("https://example.org:8443/", "Only port 443"),
        ("https://example.org:99999/", "not a valid address"),
        ("https://exa mple.org/", "without spaces"),
        ("https://example.org/\r\nX: y", "without spaces"),
        ("https://example.org\\@127.0.0.1/", "backslash"),
        ("https://ⓔxample.org/", "ASCII"),
        ("https:///path", "host name"),
        ("https://./", "host name"),
        ("https://[fe80::1%25eth0]/", "valid"),
        ("https://example.org/#part", "fragment"),
        ("https://" + "a" * 254 + "/", "host name"),
    ],
)
def test_a_url_that_is_not_plain_https_is_refused(url, reason):
    with pytest.raises(RefusedUrlError, match=reason):
        parse_url(url)


def test_the_root_dot_is_dropped():
    assert parse_url("https://localhost./x?y=1").host == "localhost"


def test_the_query_stays_with_the_path():
    target = parse_url("https://example.org/hook?tenant=7")

    assert (target.host, target.port, target.path) == ("example.org", 443, "/hook?tenant=7")

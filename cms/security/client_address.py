"""Whose request it is, told by the connection.

Invariant: a header counts only when the peer that sent it is a configured proxy, and
only as far as configured proxies vouch for it; what a client writes there is ignored.
"""

from collections.abc import Mapping
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

from cms.configured import configured

UNKNOWN = "0.0.0.0"  # noqa: S104 - a name for "no address", nothing is bound to it


def client_address(meta: Mapping[str, Any]) -> str:
    """The client's address from a WSGI environment or ``request.META``.

    The setting TRUSTED_PROXIES lists addresses and networks of proxies. Going from the
    peer backwards through ``X-Forwarded-For``, the first address that is no trusted
    proxy is the client.
    """
    peer = str(meta.get("REMOTE_ADDR") or "")
    if not configured.TRUSTED_PROXIES:
        return _text_of(peer)
    current = _parse(peer)
    if current is None:
        return UNKNOWN
    hops = [part.strip() for part in str(meta.get("HTTP_X_FORWARDED_FOR") or "").split(",")]
    while hops and _is_proxy(current):
        following = _parse(hops.pop())
        if following is None:
            break
        current = following
    return str(current)


def comes_from_trusted_proxy(meta: Mapping[str, Any]) -> bool:
    """Whether the peer of the connection is one of TRUSTED_PROXIES."""
    if not configured.TRUSTED_PROXIES:
        return False
    peer = _parse(str(meta.get("REMOTE_ADDR") or ""))
    return peer is not None and _is_proxy(peer)


def address_group(address: str) -> str:
    """What one person can be expected to hold: an IPv4 address, or an IPv6 /64 network."""
    parsed = _parse(address)
    if isinstance(parsed, IPv6Address):
        return str(ip_network((parsed, 64), strict=False))
    return str(parsed or UNKNOWN)


def _is_proxy(address: IPv4Address | IPv6Address) -> bool:
    return any(address in network for network in _networks(tuple(configured.TRUSTED_PROXIES)))


@lru_cache(maxsize=8)
def _networks(items: tuple[str, ...]) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(item, strict=False) for item in items)


@lru_cache(maxsize=4_096)
def _text_of(peer: str) -> str:
    return str(_parse(peer) or UNKNOWN)


@lru_cache(maxsize=4_096)
def _parse(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text.strip().strip("[]").split("%")[0])
    except ValueError:
        return None
    mapped = getattr(address, "ipv4_mapped", None)
    return mapped or address

"""Who is at the other end of a request.

Invariant: the address is the peer's own, or what a trusted proxy saw; no header that a
stranger can set changes it.
"""

import ipaddress
from collections.abc import Mapping

from django.conf import settings


def client_address(meta: Mapping[str, str]) -> str:
    """The address of the client from a WSGI environment.

    ``REMOTE_ADDR``; when that is a trusted proxy, the rightmost address in
    ``X-Forwarded-For`` that is not one.
    """
    peer = meta.get("REMOTE_ADDR", "")
    if not _is_trusted(peer):
        return _normalised(peer)
    for hop in reversed(meta.get("HTTP_X_FORWARDED_FOR", "").split(",")):
        hop = hop.strip()
        if _parsed(hop) is None:
            break
        if not _is_trusted(hop):
            return _normalised(hop)
        peer = hop
    return _normalised(peer)


def _parsed(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        parsed = ipaddress.ip_address(address.strip("[]"))
    except ValueError:
        return None
    return getattr(parsed, "ipv4_mapped", None) or parsed


def _normalised(address: str) -> str:
    """One spelling an address; an IPv6 client is its /64, which is what one household gets."""
    parsed = _parsed(address)
    if parsed is None:
        return address
    if parsed.version == 6:
        return str(ipaddress.ip_network((parsed, 64), strict=False).network_address)
    return str(parsed)


def _is_trusted(address: str) -> bool:
    parsed = _parsed(address)
    return parsed is not None and any(
        parsed in network
        for network in map(ipaddress.ip_network, settings.TRUSTED_PROXIES)
        if network.version == parsed.version
    )

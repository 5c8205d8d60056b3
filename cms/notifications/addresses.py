"""Which URLs and which network addresses may be called from here. Pure.

Invariant: an address is public only if it is public after every form of embedding is
undone; whatever is in doubt is refused.
"""

import ipaddress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import SplitResult, urlsplit

HTTPS_PORT = 443
LONGEST_HOST = 253
# Besides what the standard library calls not global: its tables differ between releases.
REFUSED_NETWORKS = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "::/96",  # unspecified, loopback, and the old embedding of IPv4
        "64:ff9b:1::/48",  # NAT64 within one network
        "100::/64",
        "2001::/23",  # Teredo and other protocol assignments
        "2001:db8::/32",
        "2002::/16",  # 6to4: may embed any IPv4 address
        "3fff::/20",
        "5f00::/16",
        "fc00::/7",
        "fe80::/10",
        "fec0::/10",
        "ff00::/8",
    )
)
NAT64 = ipaddress.ip_network("64:ff9b::/96")


class RefusedUrlError(ValueError):
    """The URL may not be called; the text says why and may be shown to whoever typed it."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a call goes: scheme, name, port, and the path with its query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def host_header(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        default = HTTPS_PORT if self.scheme == "https" else 80
        return host if self.port == default else f"{host}:{self.port}"


def parse_url(url: str, *, allow_private: bool = False) -> Target:
    """The target of ``url``. Raises ``RefusedUrlError``.

    ``allow_private`` also allows plain http and any port: for development and tests.
    """
    if len(url) > 2000 or not url.isascii() or any(ord(character) <= 32 for character in url):
        raise RefusedUrlError("Write the address in ASCII, without spaces.")
    if "\\" in url:
        raise RefusedUrlError("A backslash has no place in an address.")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = parts.hostname or ""
    except ValueError:
        raise RefusedUrlError("This is not a valid address.") from None
    check_parts(parts, allow_private=allow_private)
    # "localhost." is "localhost": the root dot is dropped before anything is compared.
    host = host.rstrip(".")
    if not host or len(host) > LONGEST_HOST or "%" in host:
        raise RefusedUrlError("This is not a valid host name.")
    default = HTTPS_PORT if parts.scheme == "https" else 80
    if port not in (None, default) and not allow_private:
        raise RefusedUrlError("Only port 443 is called.")
    path = parts.path or "/"
    return Target(
        parts.scheme, host, port or default, f"{path}?{parts.query}" if parts.query else path
    )


def check_parts(parts: SplitResult, *, allow_private: bool) -> None:
    """Refuse other schemes, user information and fragments."""
    if parts.scheme != "https" and not (allow_private and parts.scheme == "http"):
        raise RefusedUrlError("The address must begin with https://.")
    if "@" in parts.netloc:
        raise RefusedUrlError("The address must not hold a user name or password.")
    if parts.fragment:
        raise RefusedUrlError("The address must not have a fragment (#…).")


def is_public(text: str) -> bool:
    """True when the network address may be connected to."""
    try:
        address: IPv4Address | IPv6Address = ipaddress.ip_address(text)
    except ValueError:
        return False
    if isinstance(address, IPv6Address):
        if address.scope_id is not None:
            return False
        if address.ipv4_mapped is not None:
            address = address.ipv4_mapped
        elif address in NAT64:
            address = IPv4Address(int(address) & 0xFFFFFFFF)
    refused = any(
        address in network for network in REFUSED_NETWORKS if network.version == address.version
    )
    return address.is_global and not address.is_multicast and not refused

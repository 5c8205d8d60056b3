"""Secrets and private details in pasted text are masked before anything is stored.

Invariant: masking keeps every line and everything around the secret, and masking the
result again changes nothing.
"""

import ipaddress
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

MASK = "[{} removed]"


@dataclass(slots=True)
class Redaction:
    """The masked text, and how many of each sort were masked."""

    text: str
    found: Counter[str] = field(default_factory=Counter)


def _is_private(address: str) -> bool:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    # Loopback and the unspecified address are the same on every machine: they tell nothing.
    return parsed.is_private and not parsed.is_loopback and not parsed.is_unspecified


def _private_address(match: re.Match[str]) -> str | None:
    return MASK.format("PRIVATE_ADDRESS") if _is_private(match.group(0)) else None


def _keep_ends(name: str) -> Callable[[re.Match[str]], str]:
    """Replace the group ``secret``, keep what is before and after it."""

    def replace(match: re.Match[str]) -> str:
        start, end = match.span("secret")
        whole = match.group(0)
        return whole[: start - match.start()] + MASK.format(name) + whole[end - match.start() :]

    return replace


def _whole(name: str) -> Callable[[re.Match[str]], str]:
    return lambda match: MASK.format(name)


_EXAMPLE_DOMAINS = ("example.com", "example.org", "example.net", ".example", ".test", ".invalid")


def _email(match: re.Match[str]) -> str | None:
    domain = match.group(0).rsplit("@", 1)[1].lower()
    # Domains set aside for documentation belong to no one.
    if domain.endswith(_EXAMPLE_DOMAINS) or match.group(0).startswith("git@"):
        return None
    return MASK.format("EMAIL")


_SENSITIVE_NAME = (
    r"(?<![A-Za-z0-9_.\-])[A-Za-z0-9_.\-]{0,40}?(?:passw(?:or)?d|passphrase|pwd|secret|token|api[_\-]?key|apikey"
    r"|access[_\-]?key|private[_\-]?key|client[_\-]?secret|credential)[A-Za-z0-9_]{0,20}"
)
_PLACEHOLDER = re.compile(
    r"^(?:\d{1,6}|x{3,}|\*{3,}|\.{3,}|<[^>]*>|\$\{?[\w.]+\}?|%\w+%|null|none|true|false|undefined"
    r"|your[-_ ].*"
    r"|changeme|example|placeholder|secret|password|os\.environ.*|process\.env.*|getenv.*|env\(.*"
    r"|settings\..*|config\..*|self\..*|request\..*|\[[A-Z_]+ removed\]?)$",
    re.IGNORECASE,
)


def _assignment(match: re.Match[str]) -> str | None:
    secret = match.group("secret")
    if _PLACEHOLDER.match(secret) or secret.startswith("[") or len(set(secret)) < 3:
        return None
    # Bare words are code (``password = hash_password``), not values: a value that is not
    # quoted must look like one.
    if not match.group("quote") and not re.search(r"[0-9!@#%^&*+/=]", secret):
        return None
    return _keep_ends("PASSWORD")(match)


_RULES: list[tuple[str, re.Pattern[str], Callable[[re.Match[str]], str | None]]] = [
    (
        "PRIVATE_KEY",
        re.compile(
            r"-----BEGIN (?P<label>[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?)-----.{0,20000}?"
            r"(?:-----END (?P=label)-----|\Z)",
            re.DOTALL,
        ),
        _whole("PRIVATE_KEY"),
    ),
    (
        "JWT",
        re.compile(
            r"\beyJ[A-Za-z0-9_\-]{8,4096}\.[A-Za-z0-9_\-]{4,8192}(?:\.[A-Za-z0-9_\-]{0,4096})?"
        ),
        _whole("JWT"),
    ),
    (
        "URL_PASSWORD",
        re.compile(
            r"\b[a-z][a-z0-9+.\-]{1,20}://[^\s/:@'\"<>]{0,200}:(?P<secret>[^\s/@'\"<>]{1,200})@"
        ),
        lambda match: (
            None if match.group("secret").startswith("[") else _keep_ends("PASSWORD")(match)
        ),
    ),
    (
        "KEY",
        re.compile(
            r"\b(?:AKIA|ASIA|AGPA|AIDA|AROA)[A-Z0-9]{16}\b"
            r"|\bgh[pousr]_[A-Za-z0-9]{20,255}\b|\bgithub_pat_[A-Za-z0-9_]{20,255}\b"
            r"|\bglpat-[A-Za-z0-9_\-]{20,64}|\bxox[abeprs]-[A-Za-z0-9\-]{10,255}"
            r"|\bsk-(?:ant-|proj-|live-|test-)?[A-Za-z0-9_\-]{20,255}"
            r"|\b(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{10,255}\b|\bwhsec_[A-Za-z0-9+/=]{16,255}"
            r"|\bAIza[A-Za-z0-9_\-]{35}|\bya29\.[A-Za-z0-9_\-]{20,500}"
            r"|\bSG\.[A-Za-z0-9_\-]{16,64}\.[A-Za-z0-9_\-]{16,64}|\bnpm_[A-Za-z0-9]{36}\b"
            r"|\bpypi-[A-Za-z0-9_\-]{40,400}|\bhf_[A-Za-z0-9]{30,64}\b"
            r"|\bdop_v1_[a-f0-9]{64}\b|\bAC[a-f0-9]{32}\b"
        ),
        _whole("KEY"),
    ),
    (
        "TOKEN",
        re.compile(
            r"(?i)\b(?:authorization|proxy-authorization)\b['\"]?\s{0,3}[:=]\s{0,3}['\"]?"
            r"(?:(?:bearer|basic|token|digest|negotiate)\s{1,3})?"
            r"(?P<secret>[A-Za-z0-9._~+/=\-]{8,4096})"
        ),
        _keep_ends("TOKEN"),
    ),
    (
        "TOKEN",
        re.compile(r"(?i)\bbearer\s{1,3}(?P<secret>[A-Za-z0-9._~+/=\-]{16,4096})"),
        _keep_ends("TOKEN"),
    ),
    (
        "TOKEN",
        re.compile(r"(?i)\b(?:set-)?cookie\s{0,3}:\s{0,3}(?P<secret>[^\r\n\[]{4,4096})"),
        _keep_ends("TOKEN"),
    ),
    (
        "PASSWORD",
        re.compile(
            rf"(?i)(?:{_SENSITIVE_NAME})(?P<close>['\"]?)\]?\s{{0,3}}(?:=>|:=|=|:)\s{{0,3}}"
            r"(?P<quote>['\"]?)(?P<secret>[^\s'\",;&)}\]]{4,512})"
        ),
        _assignment,
    ),
    (
        "PASSWORD",
        re.compile(r"(?i)\b(?:IDENTIFIED BY|WITH PASSWORD)\s{1,3}'(?P<secret>[^'\[]{1,200})'"),
        _keep_ends("PASSWORD"),
    ),
    (
        "EMAIL",
        re.compile(
            r"(?<![\w.+\-/:])[A-Za-z0-9_][A-Za-z0-9._%+\-]{0,63}@"
            r"(?:[A-Za-z0-9\-]{1,63}\.){1,8}[A-Za-z]{2,24}\b"
        ),
        _email,
    ),
    (
        "PRIVATE_ADDRESS",
        re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.]*\d)"),
        _private_address,
    ),
    (
        "PRIVATE_ADDRESS",
        re.compile(r"(?i)(?<![\w:])f(?:[cd][0-9a-f]{2}|e[89ab][0-9a-f]):[0-9a-f:]{2,39}"),
        _private_address,
    ),
    (
        "PRIVATE_HOST",
        re.compile(
            r"(?i)(?<![\w.\-])(?:[a-z0-9](?:[a-z0-9\-]{0,62})\.){1,8}"
            r"(?:internal|intranet|corp|lan|home\.arpa)(?![\w\-]|\.[a-z])(?!\s{0,2}\()"
            # "threading.local" is code: a host called so belongs to a network or a cluster, or
            # stands behind a scheme or an @.
            r"|(?<![\w.\-])(?:[a-z0-9](?:[a-z0-9\-]{0,62})\.){1,8}"
            r"(?:cluster|corp|internal|intranet|lan|office)\.local(?![\w\-]|\.[a-z])(?!\s{0,2}\()"
            r"|(?:(?<=//)|(?<=@))(?:[a-z0-9](?:[a-z0-9\-]{0,62})\.){1,8}local(?![\w\-]|\.[a-z])"
        ),
        _whole("PRIVATE_HOST"),
    ),
]


def redact(text: str) -> Redaction:
    """Mask what should not be shared: keys, tokens, passwords, e-mail addresses, private hosts."""
    result = Redaction(text)
    for name, pattern, replace in _RULES:

        def masked(
            match: re.Match[str],
            name: str = name,
            replace: Callable[[re.Match[str]], str | None] = replace,
        ) -> str:
            replacement = replace(match)
            if replacement is None:
                return match.group(0)
            result.found[name] += 1
            return replacement

        result.text = pattern.sub(masked, result.text)
    return result

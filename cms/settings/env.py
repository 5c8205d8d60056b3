"""Typed reading of environment variables; a bad value stops the start and names the variable."""

import json
import os
from ipaddress import ip_network
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

REPOSITORY = Path(__file__).resolve().parents[2]
VAR = REPOSITORY / "var"

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off", ""}


def text(name: str, default: str | None = None) -> str:
    """The variable's text, or ``default``; without a default the variable is required."""
    value = os.environ.get(name)
    if value is None or value == "":
        if default is None:
            raise ImproperlyConfigured(f"The environment variable {name} is required.")
        return default
    return value


def integer(name: str, default: int) -> int:
    """The variable as an integer."""
    value = os.environ.get(name, "")
    if value == "":
        return default
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(
            f"The environment variable {name} must be a whole number, not {value!r}."
        ) from None


def number(name: str, default: float) -> float:
    """The variable as a number, which may have a fraction."""
    value = os.environ.get(name, "")
    if value == "":
        return default
    try:
        return float(value)
    except ValueError:
        raise ImproperlyConfigured(
            f"The environment variable {name} must be a number, not {value!r}."
        ) from None


def boolean(name: str, default: bool) -> bool:
    """The variable as a truth value: 1/true/yes/on or 0/false/no/off."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in _TRUE:
        return True
    if value.lower() in _FALSE:
        return False
    raise ImproperlyConfigured(
        f"The environment variable {name} must be true or false, not {value!r}."
    )


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    """The variable as one of the ``allowed`` texts."""
    value = text(name, default)
    if value not in allowed:
        raise ImproperlyConfigured(
            f"The environment variable {name} must be one of {', '.join(allowed)}, not {value!r}."
        )
    return value


def mapping(name: str) -> dict[str, Any]:
    """The variable as a JSON object; empty when it is not set."""
    value = os.environ.get(name, "")
    try:
        found = json.loads(value) if value else {}
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise ImproperlyConfigured(f"The environment variable {name} must be a JSON object.")
    return found


def items(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """The variable as a comma-separated list of non-empty texts."""
    value = os.environ.get(name)
    if value is None:
        return list(default)
    return [item.strip() for item in value.split(",") if item.strip()]


def networks(name: str) -> list[str]:
    """The variable as a comma-separated list of network addresses and networks."""
    found = items(name)
    for item in found:
        try:
            ip_network(item, strict=False)
        except ValueError:
            raise ImproperlyConfigured(
                f"The environment variable {name} must list addresses or networks, not {item!r}."
            ) from None
    return found

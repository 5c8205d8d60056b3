"""The part of a seed that is no entry: domains are ours, the rest is handed on.

Invariant: this module knows no page; the site registers what it can load.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from knowledge.importing.domains import save_domains
from knowledge.importing.seed import domains_of

SiteLoader = Callable[[Mapping[str, Any]], int]

_loaders: dict[str, SiteLoader] = {}


def register_site_loader(name: str, loader: SiteLoader) -> None:
    """Have ``loader`` called with every seed; it returns how many things it changed."""
    _loaders[name] = loader


def load_site_parts(origin: str, seed: Mapping[str, Any], *, dry_run: bool) -> list[str]:
    """Load the site part of a seed in one transaction; returns what to tell the user."""
    with transaction.atomic():
        counts = {"domains": save_domains(domains_of(seed))}
        counts |= {name: loader(seed) for name, loader in _loaders.items()}
        if dry_run:
            transaction.set_rollback(True)
    told = ", ".join(f"{name} {count} changed" for name, count in counts.items())
    return [f"{origin}  site part: {told}."]

"""The part of a seed that is no entry: domains are ours, the rest is handed on.

Invariant: this module knows no page; the site registers what it can load.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from knowledge.importing.domains import save_domains
from knowledge.importing.seed import domains_of

SiteLoader = Callable[[Mapping[str, Any]], Mapping[str, int]]

_loaders: list[SiteLoader] = []


def register_site_loader(loader: SiteLoader) -> None:
    """Have ``loader`` called with every seed; it returns what it loaded, counted by name.

    For an application's ``ready``. Loading the same again must change nothing.
    """
    if loader not in _loaders:
        _loaders.append(loader)


def load_site_parts(origin: str, seed: Mapping[str, Any], *, dry_run: bool) -> list[str]:
    """Load the site part of a seed in one transaction; returns what to tell the user."""
    with transaction.atomic():
        save_domains(domains_of(seed))
        counts = {"domains": len(seed.get("domains") or ())}
        for loader in _loaders:
            counts |= loader(seed)
        if dry_run:
            transaction.set_rollback(True)
    told = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    return [f"{origin}  the site has now {told}."] if told else []

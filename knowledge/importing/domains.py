"""The domains the archive presents itself by, from plain data.

Invariant: a domain is known by its slug; saving what is there already changes nothing.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from wagtail.models import Locale

from knowledge.models import Domain


def save_domains(rows: Iterable[Mapping[str, Any]]) -> int:
    """Create or change domains; returns how many differed. Keys are field names."""
    changed = 0
    locale = Locale.get_default()
    for row in rows:
        domain = Domain.objects.filter(locale=locale, slug=row["slug"]).first()
        domain = domain or Domain(locale=locale, slug=row["slug"])
        if domain.pk and all(getattr(domain, name) == value for name, value in row.items()):
            continue
        for name, value in row.items():
            setattr(domain, name, value)
        domain.full_clean(exclude=["translation_key"])
        domain.save()
        changed += 1
    return changed

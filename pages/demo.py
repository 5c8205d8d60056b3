"""The demonstration's site, from ``site.yaml``.

Invariant: ``load_site`` may run any number of times; what already is as the file says
is left alone. Entries are loaded before it, for testimonials name some of them.
"""

from collections import Counter
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from pages.loading.pages import load_home, load_page
from pages.loading.settings import load_settings
from pages.loading.voices import load_quotes, load_testimonials
from pages.models import LandingPage, StandardPage


def load_site(path: Path | str, user: Any = None) -> dict[str, int]:
    """Load ``site.yaml`` at ``path``; all of it or nothing. Returns what there is, counted.

    ``user`` is named as the publisher in the history.
    """
    data = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    return load_site_data(data, user)


@transaction.atomic
def load_site_data(data: dict[str, Any], user: Any = None) -> dict[str, int]:
    """Load the parts that ``data`` has: hub, figures, quotes, testimonials and pages."""
    counts: Counter[str] = Counter()
    if "home_page" in data:
        load_home(data["home_page"], user)
        counts["home pages"] = 1
    for page in data.get("standard_pages", ()):
        load_page(StandardPage, page, user)
        counts["standard pages"] += 1
    if "landing_page" in data:
        load_page(LandingPage, data["landing_page"], user)
        counts["landing pages"] = 1
    if "hub" in data or "figures" in data:
        load_settings(data.get("hub", {}), data.get("figures"))
        counts["hub settings"] = 1
        counts["figures"] = len(data.get("figures", ()))
    counts["quotes"] = len(load_quotes(data.get("quotes", []), user))
    counts["testimonials"] = len(load_testimonials(data.get("testimonials", []), user))
    return dict(+counts)

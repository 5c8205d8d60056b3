"""The vocabulary that comes with Lamplight.

Invariant: it only says how a term is written when someone names it; no term is made
because it is listed here.
"""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.models import Category, Role, Technology, Topic
from knowledge.models.taxonomy import Term

TAXONOMY_FILE = Path(__file__).resolve().parents[1] / "demo" / "content" / "taxonomy.yaml"
LISTS: dict[type[Term], str] = {
    Technology: "technologies",
    Category: "categories",
    Topic: "topics",
    Role: "roles",
}


@cache
def _known() -> dict[type[Term], dict[str, dict[str, Any]]]:
    with TAXONOMY_FILE.open(encoding="utf-8") as file:
        lists = yaml.safe_load(file)
    return {
        model: {
            str(name).casefold(): row
            for row in reversed(lists.get(key) or [])
            for name in (
                *(row.get("aliases") or ()),
                row.get("display_label"),
                row["slug"],
                row["name"],
            )
            if name
        }
        for model, key in LISTS.items()
    }


def known_term(model: type[Term], name: str) -> dict[str, Any] | None:
    """The fields of the listed term called ``name``: by name, slug, label or alias."""
    row = _known().get(model, {}).get(" ".join(name.split()).casefold())
    return dict(row) if row is not None else None

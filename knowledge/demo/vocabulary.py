"""The demonstration's terms, and their names in other languages.

Invariant: a term that is there already is left as its editors have it.
"""

from pathlib import Path
from typing import Any

import yaml
from wagtail.models import Locale

from knowledge.importing.domains import save_domains
from knowledge.importing.terms import TermFinder
from knowledge.importing.vocabulary import LISTS
from knowledge.models import Domain, Technology
from knowledge.models.taxonomy import Term


def load_taxonomy(path: Path) -> int:
    """Create the terms of ``taxonomy.yaml`` that are not there; returns how many."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    locale = Locale.get_default()
    finder = TermFinder(locale, locale)
    made = 0
    for model, name in LISTS.items():
        for row in data.get(name) or []:
            if not model.objects.filter(locale=locale, slug=row["slug"]).exists():
                finder.find(model, row["name"])
                made += 1
    missing = [
        domain_row(row, position)
        for position, row in enumerate(data.get("domains") or [])
        if not Domain.objects.filter(locale=locale, slug=row["slug"]).exists()
    ]
    return made + save_domains(missing)


def domain_row(row: dict[str, Any], position: int) -> dict[str, Any]:
    """A domain of the file with the names of the model's fields."""
    values = {name: value for name, value in row.items() if name != "summary"}
    values |= {"description": row.get("summary", ""), "kind": row["kind"].upper()}
    return {"order": position, **values}


def load_term_translations(path: Path, language_code: str) -> int:
    """Translate the terms of a file of the same form; returns how many were new."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    target = Locale.objects.get_or_create(language_code=language_code)[0]
    made = 0
    for model, name in LISTS.items():
        for row in data.get(name) or []:
            made += translate(model, row, target)
    return made


def translate(model: type[Term], row: dict[str, Any], target: Locale) -> bool:
    """Add the translation of one term, unless there is one; True when it was added."""
    original = model.objects.filter(locale=Locale.get_default(), slug=row["slug"]).first()
    if original is None or original.has_translation(target):
        return False
    translation = original.copy_for_translation(target)
    translation.name = row["name"]
    translation.description = row.get("description", "")
    if isinstance(translation, Technology):
        translation.display_label = row.get("display_label", "")
    translation.full_clean()
    translation.save()
    return True

"""The site part of a seed document (hero, figures, quotes, sections, contact) as site data.

Invariant: words are taken over as they are; nothing is invented where the seed is silent.
"""

import re
from collections.abc import Mapping
from typing import Any

SITE_KEYS = frozenset({"hero", "quotes", "stats", "sections", "contact"})

# What a seed's section is about, by a word of its name, and the section of ours for it.
_SECTION_TYPES = (
    ("domain", "domains", ""),
    ("interview", "latest_entries", "interview_question"),
    ("debug", "latest_entries", "debug_entry"),
    ("code", "latest_entries", "code_snippet"),
    ("learning", "latest_entries", "learning_path"),
    ("grows", "contributions", ""),
    ("talk", "contact", ""),
)
_FIGURE_SOURCES = (
    ("question", "interview_question"),
    ("debug", "debug_entry"),
    ("snippet", "code_snippet"),
    ("path", "learning_path"),
)
_STATUS = re.compile(r"^(?P<key>\w+): (?P<value>\w+)(?: // (?P<notes>.*))?$")


def has_site_part(seed: dict[str, Any]) -> bool:
    """True when ``seed`` describes the site, not only entries."""
    return bool(SITE_KEYS & seed.keys())


def load_seed_site(seed: Mapping[str, Any]) -> Mapping[str, int]:
    """Load the site part of a seed, if it has one; returns what there is, counted."""
    # Imported here: loading needs the models.
    from pages.demo import load_site_data

    return load_site_data(site_data(dict(seed))) if has_site_part(dict(seed)) else {}


def site_data(seed: dict[str, Any]) -> dict[str, Any]:
    """The seed's site part in the shape that ``pages.demo.load_site_data`` reads."""
    hero = seed.get("hero", {})
    data: dict[str, Any] = {"hub": _hub(hero, seed.get("contact", {}))}
    if "stats" in seed:
        data["figures"] = [_figure(one) for one in seed["stats"]]
    if "quotes" in seed:
        data["quotes"] = [_quote(one) for one in seed["quotes"]]
    if hero:
        data["home_page"] = {
            "title": hero.get("heading", ""),
            "hero": hero,
            "status_line": hero.get("status_line", ""),
            "sections": [section for one in seed.get("sections", ()) if (section := _section(one))],
        }
    return data


def _hub(hero: dict[str, Any], contact: dict[str, Any]) -> dict[str, Any]:
    hub: dict[str, Any] = {}
    name, _, tagline = hero.get("eyebrow", "").partition(" · ")
    if name:
        hub |= {"site_name": name, "tagline": tagline}
    if status := _STATUS.match(hero.get("status_line", "")):
        notes = (status["notes"] or "").split(" · ")
        hub |= {
            "status_key": status["key"],
            "status_value": status["value"],
            "status_notes": [note for note in notes if note],
        }
    for name in ("email", "phone", "hours"):
        if contact.get(name):
            hub[f"contact_{name}"] = contact[name]
    return hub


def _figure(stat: dict[str, Any]) -> dict[str, Any]:
    label = stat["label"]
    source = next((kind for word, kind in _FIGURE_SOURCES if word in label.lower()), "")
    return {
        "label": label,
        "claimed_text": stat["value"],
        "claimed_number": stat.get("value_number"),
        "note": stat.get("description", ""),
        "live_source": source,
    }


def _quote(quote: dict[str, Any]) -> dict[str, Any]:
    name, _, role = quote.get("attribution", "").partition(" · ")
    return {"text": quote["text"], "attribution_name": name, "attribution_role": role}


def _section(section: dict[str, Any]) -> dict[str, Any] | None:
    name = section.get("name", "")
    for word, kind, entries in _SECTION_TYPES:
        if word in name.lower():
            return {
                "type": kind,
                "kind": entries,
                "ordinal": section.get("numeral", ""),
                "eyebrow": name,
                "heading": section.get("title") or name,
                "status_line": section.get("status_line") or "",
                "text": section.get("description") or "",
                "link_label": section.get("link_label") or "",
            }
    return None

"""An entry as one piece of HTML, with addresses that work outside the site."""

import re

from django.utils.html import escape

from knowledge.catalogue import absolute_url
from knowledge.models import PublishedEntry

RELATIVE = re.compile(r'(\s(?:href|src)=")(/(?!/)[^"]*)')


def html_of(entry: PublishedEntry) -> str:
    """The summary and every section under its heading. The HTML was sanitised at publish."""
    parts = [f"<p>{escape(entry.card['summary'])}</p>"] if entry.card["summary"] else []
    for section in entry.body.get("sections", []):
        if section["heading"]:
            parts.append(f"<h2>{escape(section['heading'])}</h2>")
        parts.append(section["html"])
    return RELATIVE.sub(lambda found: found[1] + absolute_url(found[2]), "\n".join(parts))


def rights_of(entry: PublishedEntry) -> str:
    """Licence and credit line, as far as they are known."""
    provenance = entry.body.get("provenance") or {}
    return " · ".join(
        provenance[name] for name in ("attribution", "licence") if provenance.get(name)
    )

"""What a mapping of one kind works with, and the fields all kinds share.

Invariant: a mapping returns values for the fields the record speaks of, and no others:
what an editor added to an imported entry stays.
"""

import re
from dataclasses import dataclass
from typing import Any

from knowledge.importing.fields import RecordFields, absolute_url
from knowledge.importing.markdown import plain_title, rich_text
from knowledge.importing.records import Record
from knowledge.importing.references import References
from knowledge.importing.terms import TermFinder, key_of
from knowledge.kinds import RelationKind
from knowledge.models import EntryContributor, EntryRelation
from knowledge.models.entry import SLUG_LENGTH

Values = dict[str, Any]

_SPDX = re.compile(r"^[A-Za-z0-9.+-]+( (AND|OR|WITH) [A-Za-z0-9.+-]+)*$")
_LICENCE_NAMES = {
    "mit license": "MIT",
    "mit licence": "MIT",
    "the mit license": "MIT",
    "apache 2.0": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "bsd": "BSD-3-Clause",
    "cc0": "CC0-1.0",
    "cc 0": "CC0-1.0",
    "cc by 3.0": "CC-BY-3.0",
    "cc by 4.0": "CC-BY-4.0",
    "cc by-sa 2.5": "CC-BY-SA-2.5",
    "cc by-sa 3.0": "CC-BY-SA-3.0",
    "cc by-sa 4.0": "CC-BY-SA-4.0",
    "psf": "PSF-2.0",
}
# Where a record was found; its address says the same.
_CARRIED_BY_SOURCE_URL = ("source_repo", "source_commit", "source_path")


@dataclass
class MappingContext:
    """One record on its way to becoming the values of a model."""

    record: Record
    fields: RecordFields
    terms: TermFinder
    references: References

    @property
    def source_url(self) -> str:
        """Where relative links of the record start."""
        return self.fields.text("source_url")

    def entry(self, field: str, code: str) -> int | None:
        """The id of the entry with ``code``; None when it is not there (yet)."""
        try:
            return self.references.by_code(code, self.record.locale)
        except KeyError:
            self.fields.wrong(field, f"No entry has the code {code}.")
            return None

    def rich(self, name: str) -> str:
        """A field of Markdown as short rich text."""
        return rich_text(self.fields.raw_text(name))


def shared_values(context: MappingContext) -> Values:
    """The fields every kind has."""
    fields = context.fields
    fields.has("kind", "id", "code", "locale", "source", *_CARRIED_BY_SOURCE_URL)
    title = plain_title(fields.raw_text("title"))
    if not title:
        fields.wrong("title", "The record has no title.")
    values: Values = {"title": title}
    if fields.has("slug"):
        values["slug"] = fields.text("slug")[:SLUG_LENGTH].strip("-")
    if name := fields.text("technology"):
        values["technology"] = context.terms.technology(name, prefix_hint(context.record))
    if fields.has("topics", "tags"):
        values["topics"] = topics(context, fields.texts("topics") + fields.texts("tags"))
    for name in ("seo_title", "search_description"):
        if fields.has(name):
            values[name] = fields.text(name)
    if fields.has("contributors"):
        values["contributors"] = [
            EntryContributor(name=item.text("name"), url=item.text("url"), sort_order=position)
            for position, item in enumerate(fields.items("contributors", "name"))
        ]
    if fields.has("related"):
        values["relations"] = relations(context)
    if moment := fields.moment("published"):
        values["first_published_at"] = moment
    return {**values, **provenance(context)}


def provenance(context: MappingContext) -> Values:
    """Where the record comes from and on what terms it may be used."""
    fields, record = context.fields, context.record
    fields.has("licence", "license", "licence_url", "license_url", "attribution")
    if record.own:
        return {}
    return {
        "source": record.source,
        "source_id": record.source_id,
        "source_url": absolute_url(fields.text("source_url"), ""),
        "licence": licence(fields),
        "licence_url": fields.text("licence_url") or fields.text("license_url"),
        "attribution": fields.text("attribution"),
    }


def licence(fields: RecordFields) -> str:
    """The licence as an SPDX identifier."""
    name = "licence" if fields.get("licence") else "license"
    value = fields.text(name)
    value = _LICENCE_NAMES.get(value.casefold(), value)
    if value and not _SPDX.match(value):
        fields.wrong(name, "Write the licence as an SPDX identifier, for example CC-BY-4.0.")
        return ""
    return value


def topics(context: MappingContext, names: list[str]) -> list[Any]:
    """Topics by name, each once; the record's own technology is no topic."""
    technology = context.terms.known_technology_keys(context.fields.text("technology"))
    found = {}
    for name in names:
        if key_of(name) not in technology and (topic := context.terms.topic(name)):
            found[topic.pk] = topic
    return list(found.values())


def lead_values(context: MappingContext, sections: dict[str, str], name: str) -> Values:
    """The short text ``name``, which some sources keep among the sections; taken from there."""
    if name in sections:
        return {name: rich_text(sections.pop(name))}
    return {name: context.rich(name)} if context.fields.has(name) else {}


def relations(context: MappingContext) -> list[EntryRelation]:
    """Related entries by code, each once, never the entry itself."""
    items = context.fields.items("related", "code")
    rows: dict[int, EntryRelation] = {}
    for item in items:
        code = item.text("code").upper()
        relation = item.choice("relation", RelationKind.values, {}) or RelationKind.SEE_ALSO
        if not code or code == context.record.code:
            item.wrong("code", "Name another entry by its code.")
            continue
        pk = context.entry("related", code)
        if pk is not None and pk not in rows:
            rows[pk] = EntryRelation(target_id=pk, relation=relation, sort_order=len(rows))
    context.fields.absorb("related", items)
    return list(rows.values())


def prefix_hint(record: Record) -> str:
    """The technology's code prefix as the record's own code shows it: FAPI of FAPI-MID-003."""
    parts = record.code.split("-")
    if record.kind == "INTERVIEW_QUESTION" and len(parts) == 3:
        return parts[0]
    if record.kind == "CODE_SNIPPET" and len(parts) == 3 and parts[0] == "SNIP":
        return parts[1]
    return ""

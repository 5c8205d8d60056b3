"""An entry's public document: everything delivery knows about it.

Invariant: the same row renders to the same document, on every database and every day;
``rebuild_published --check`` depends on it.
"""

from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any

import orjson
from django.utils import timezone, translation

from cms.publishing.record import RenderedDocument
from knowledge.models.entry import Entry
from knowledge.rendering.details import render_details
from knowledge.rendering.links import RenderingContext
from knowledge.rendering.prose import summary_of
from knowledge.rendering.sections import entry_key, in_order, render_sections


def render_entry(entry: Entry) -> RenderedDocument:
    """The document, its filter columns and its references."""
    # Labels are in the entry's language, whatever the admin of the publishing editor is in.
    with translation.override(entry.language_code):
        return _render(entry)


def _render(entry: Entry) -> RenderedDocument:
    context = RenderingContext(locale=entry.language_code, base_url=entry.source_url)
    technology = entry.technology.translation_key if entry.technology else None
    topics = sorted(topic.translation_key.hex for topic in entry.topics.all())
    sections = render_sections(entry, context)
    details = render_details(entry, context)
    lead = details.lead["text"] if details.lead else (sections[0]["text"] if sections else "")
    summary = entry.search_description or summary_of(lead)
    relations = [
        {"relation": row.relation, "entryKey": entry_key(row.target, context)}
        for row in in_order(entry.relations.all())
    ]
    published_at = entry.first_published_at or entry.last_published_at or timezone.now()
    updated_at = entry.last_published_at or published_at

    card: dict[str, Any] = {
        "id": entry.pk,
        "kind": entry.KIND,
        "code": entry.code,
        "slug": entry.slug,
        "locale": entry.language_code,
        "key": entry.translation_key.hex,
        "path": entry.path,
        "title": entry.title,
        "summary": summary,
        "technologyKey": technology.hex if technology else None,
        "topicKeys": topics,
        **details.card,
    }
    body: dict[str, Any] = {
        **details.body,
        "sections": sections,
        "related": relations,
        "provenance": {
            "source": entry.source or None,
            "sourceId": entry.source_id or None,
            "sourceUrl": entry.source_url or None,
            "licence": entry.licence or None,
            "licenceUrl": entry.licence_url or None,
            "attribution": entry.attribution or None,
        },
        "contributors": [
            {"name": person.name, "url": person.url or None}
            for person in in_order(entry.contributors.all())
        ],
        "seo": {
            "title": entry.seo_title or entry.title,
            "description": entry.search_description or summary,
        },
    }
    content_hash = blake2b(orjson.dumps([card, body]), digest_size=16).hexdigest()
    # Dates are not content: publishing the same text again changes no ETag.
    card |= {
        "publishedAt": iso(published_at),
        "updatedAt": iso(updated_at),
        "contentHash": content_hash,
    }
    former, entry.slugs_before = entry.slugs_before, None
    if former is None:
        former = entry.public_slugs() if entry.pk and not entry.is_arriving else set()
    return RenderedDocument(
        card=card,
        body=body,
        content_hash=content_hash,
        columns={
            "code": entry.code,
            "slug": entry.slug,
            "locale": entry.language_code,
            "translation_key": entry.translation_key,
            "published_at": published_at,
            "updated_at": updated_at,
            "expires_at": entry.expire_at,
            "title_key": entry.title.casefold()[:255],
            "technology": technology,
            "category": None,
            "level": "",
            "level_rank": 0,
            "difficulty": 0,
            "variety": "",
            "language": "",
            "severity_rank": 0,
            "hours": 0,
            **details.columns,
        },
        terms=tuple(
            sorted(
                {
                    *(("topic", topic) for topic in topics),
                    *(("former_slug", slug) for slug in former),
                    *details.terms,
                }
            )
        ),
        references=frozenset(context.references | {f"entry-row:{pk}" for pk in context.entry_pks}),
    )


def iso(moment: datetime) -> str:
    """RFC 3339 in UTC with microseconds: ``2026-01-31T09:30:00.000000Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def preview_document(entry: Entry) -> dict[str, Any]:
    """Card and body in one dictionary, for the preview template of the admin."""
    rendered = render_entry(entry)
    return {**rendered.card, **rendered.body}

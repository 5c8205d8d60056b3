"""What notifications may know of entries: read from the read model alone."""

import base64
from collections.abc import Iterable

from django.conf import settings
from django.db.models import QuerySet

from cms.notifications.catalogue import RecordFacts
from knowledge.kinds import Kind, TermKind
from knowledge.models import PublishedEntry, PublishedTerm


class EntryCatalogue:
    """Published entries and terms, as ``cms.notifications.catalogue`` asks for them."""

    def kinds(self) -> dict[str, str]:
        return {kind.value: str(kind.label) for kind in Kind}

    def technologies(self) -> dict[str, str]:
        return labels(TermKind.TECHNOLOGY)

    def topics(self) -> dict[str, str]:
        return labels(TermKind.TOPIC)

    def public_id(self, kind: str, object_id: int) -> str:
        """The id of the GraphQL type: ``InterviewQuestion:12``, encoded."""
        name = kind.title().replace("_", "")
        return base64.urlsafe_b64encode(f"{name}:{object_id}".encode()).decode().rstrip("=")

    def describe(self, object_ids: Iterable[int]) -> dict[int, RecordFacts]:
        entries = list(PublishedEntry.objects.visible().filter(pk__in=list(object_ids)))
        keys = {entry.technology.hex for entry in entries if entry.technology}
        for entry in entries:
            keys.update(entry.card["topicKeys"])
        terms = list(PublishedTerm.objects.filter(translation_key__in=keys)) if keys else []
        # In any language: a term is the same thing under each of its slugs.
        slugs: dict[str, set[str]] = {}
        names: dict[tuple[str, str], str] = {}
        for term in terms:
            slugs.setdefault(term.translation_key.hex, set()).add(term.slug)
            names[term.translation_key.hex, term.locale] = label(term)
        return {entry.pk: facts_of(entry, slugs, names) for entry in entries}


def facts_of(
    entry: PublishedEntry,
    slugs: dict[str, set[str]],
    names: dict[tuple[str, str], str],
) -> RecordFacts:
    technology = entry.technology.hex if entry.technology else ""
    of_topics = [slugs.get(key, set()) for key in entry.card["topicKeys"]]
    return RecordFacts(
        kind=entry.kind,
        kind_label=str(Kind(entry.kind).label),
        code=entry.code,
        title=entry.card["title"],
        summary=entry.card["summary"],
        url=absolute_url(entry.card["path"]),
        technology=names.get((technology, entry.locale))
        or names.get((technology, settings.LANGUAGE_CODE), ""),
        technologies=frozenset(slugs.get(technology, set())),
        topics=frozenset(slug for found in of_topics for slug in found),
    )


def labels(kind: TermKind) -> dict[str, str]:
    """Slug → label, in every language: whoever subscribes may use any of the slugs."""
    terms: QuerySet[PublishedTerm] = PublishedTerm.objects.filter(kind=kind).order_by(
        "position", "slug"
    )
    return {term.slug: label(term) for term in terms}


def label(term: PublishedTerm) -> str:
    return term.document.get("label") or term.document["name"]


def absolute_url(path: str) -> str:
    """``path`` as a full address; it has one already where a front end is configured."""
    if path.startswith("/"):
        return settings.LAMPLIGHT_PUBLIC_BASE_URL + path
    return path

"""Which entries a feed shows, and whether they have changed.

Invariant: only the read model is asked, and only for what may be seen now; what was
withdrawn is named, never shown.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from uuid import UUID, uuid5

from django.conf import settings
from django.db.models import Max, QuerySet
from django.utils import timezone

from cms.publishing.models import PublicationEvent
from knowledge.catalogue import label
from knowledge.kinds import Kind, TermKind
from knowledge.models import PublishedEntry, PublishedTerm

PAGE_SIZE = 30
MOST_PAGES = 100
MOST_WITHDRAWN = 30
# Ids are made from it: it must never change.
NAMESPACE = UUID("3f2c6d0a-6f0e-5f58-9a77-0d9be1b5a1c4")
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)

KIND_PATHS = {
    "interview-questions": Kind.INTERVIEW_QUESTION,
    "debug-entries": Kind.DEBUG_ENTRY,
    "code-snippets": Kind.CODE_SNIPPET,
    "system-design-notes": Kind.SYSTEM_DESIGN_NOTE,
    "learning-paths": Kind.LEARNING_PATH,
    "security-topics": Kind.SECURITY_TOPIC,
}


class NoSuchFeedError(LookupError):
    """No such kind, technology, language or page."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An entry that is public no more."""

    code: str
    locale: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Selection:
    """One page of one feed: the entries by id, newest change first, and what was withdrawn."""

    title: str
    locale: str
    page: int
    pks: tuple[int, ...]
    has_next: bool
    withdrawn: tuple[Withdrawn, ...]
    updated: datetime
    last_modified: datetime
    version: str

    def entries(self) -> list[PublishedEntry]:
        """The entries themselves, in order."""
        found = PublishedEntry.objects.visible().in_bulk(self.pks)
        return [found[pk] for pk in self.pks if pk in found]


def select(*, kind: str, technology: str, locale: str, page: int) -> Selection:
    """A page of a feed. ``kind`` and ``technology`` are address parts; empty means all.

    Raises ``NoSuchFeedError``.
    """
    locale = locale or settings.LANGUAGE_CODE
    if locale not in dict(settings.WAGTAIL_CONTENT_LANGUAGES) or not 1 <= page <= MOST_PAGES:
        raise NoSuchFeedError
    stored = PublishedEntry.objects.filter(locale=locale)
    title = [settings.WAGTAIL_SITE_NAME]
    chosen_kind = KIND_PATHS.get(kind)
    if kind:
        if chosen_kind is None:
            raise NoSuchFeedError
        stored = stored.filter(kind=chosen_kind)
        title.append(str(chosen_kind.label))
    if technology:
        term = technology_term(technology, locale)
        stored = stored.filter(technology=term.translation_key)
        title.append(label(term))
    begin = (page - 1) * PAGE_SIZE
    rows = list(
        stored.visible()
        .order_by("-updated_at", "-object_id")
        .values_list("object_id", "content_hash", "updated_at")[begin : begin + PAGE_SIZE + 1]
    )
    shown = rows[:PAGE_SIZE]
    # The log knows the kind of what is gone, not its technology.
    gone = () if technology or page > 1 else withdrawn(chosen_kind, locale)
    marks = [(pk, content_hash) for pk, content_hash, _ in rows]
    return Selection(
        title=" · ".join(title),
        locale=locale,
        page=page,
        pks=tuple(pk for pk, _, _ in shown),
        has_next=len(rows) > PAGE_SIZE and page < MOST_PAGES,
        withdrawn=gone,
        updated=max((moment for _, _, moment in shown), default=BEGINNING),
        last_modified=last_change(stored),
        version=blake2b(repr((title, marks, gone)).encode(), digest_size=12).hexdigest(),
    )


def technology_term(slug: str, locale: str) -> PublishedTerm:
    """The technology with the slug, preferably in the language asked for."""
    terms = list(PublishedTerm.objects.filter(kind=TermKind.TECHNOLOGY, slug=slug))
    if not terms:
        raise NoSuchFeedError
    return next((term for term in terms if term.locale == locale), terms[0])


def withdrawn(kind: Kind | None, locale: str) -> tuple[Withdrawn, ...]:
    """What was lately withdrawn and has not come back."""
    events = PublicationEvent.objects.filter(action__in=["UNPUBLISHED", "DELETED"], locale=locale)
    if kind is not None:
        events = events.filter(kind=kind)
    rows = list(
        events.order_by("-sequence").values_list("object_id", "code", "occurred_at")[
            :MOST_WITHDRAWN
        ]
    )
    codes = [code for _, code, _ in rows]
    back = set(
        PublishedEntry.objects.visible()
        .filter(code__in=codes, locale=locale)
        .values_list("code", flat=True)
    )
    latest = {code: moment for _, code, moment in reversed(rows) if code not in back}
    return tuple(Withdrawn(code, locale, moment) for code, moment in latest.items())


def last_change(stored: QuerySet[PublishedEntry]) -> datetime:
    """The latest moment at which any feed may have changed: an event, or an expiry."""
    event = PublicationEvent.objects.order_by("-sequence").values_list("occurred_at", flat=True)
    expired = stored.filter(expires_at__lte=timezone.now()).aggregate(at=Max("expires_at"))["at"]
    return max(event.first() or BEGINNING, expired or BEGINNING)


def entry_id(code: str, locale: str) -> str:
    """The id of an entry in feeds, the same for ever and wherever the site moves."""
    return uuid5(NAMESPACE, f"{code}:{locale}").urn

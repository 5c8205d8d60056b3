"""A small archive in which everything that can be asked for is there, and what may be met of it.

Invariant: the texts that operations are made of (codes, slugs, ids, cursors) are taken from
what graphql-core answers about this archive, and from what is hidden in it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from wagtail.models import Collection, Site

from graphql_api.context import RequestContext
from graphql_api.schema import schema
from knowledge.counters.models import DailyCount
from knowledge.demo.loading import CONTENT, SOURCE
from knowledge.importing.run import Import
from knowledge.importing.sources import ReadingOptions, read_paths
from knowledge.models import (
    Entry,
    EntryRelation,
    LearningModule,
    PathPrerequisite,
    PublishedEntry,
    PublishedEntryTerm,
)
from pages.demo import load_site
from tests.factories import entries, pages, terms
from tests.factories.translations import translated, translated_term
from tests.leaks.worlds import add_media

# Enough of each kind to turn pages; together they hold every block and section.
FILES = (
    "interview_questions/fapi-mid-003.md",
    "interview_questions/py-jr-001.md",
    "interview_questions/py-jr-001.de.md",
    "interview_questions/sql-mid-001.md",
    "debug_entries/db-001.md",
    "debug_entries/py-007.md",
    "code_snippets/snip-php-001.md",
    "code_snippets/snip-py-001.md",
    "security_topics/sec-001.md",
    "security_topics/sec-002.md",
    "system_design_notes/sdn-001.md",
    "system_design_notes/sdn-002.md",
)
_CODE = re.compile(r"[A-Z0-9]+(-[A-Z]+)*-[0-9]{3}")
# What was imported may lack what editors must give.
IMPORTED = {"source": "Elsewhere", "source_id": "7", "licence": "CC-BY-4.0"}
LISTS = (
    "interviewQuestions",
    "debugEntries",
    "codeSnippets",
    "systemDesignNotes",
    "learningPaths",
    "securityTopics",
    "entries",
)
OTHER_LISTS = ("images", "documents", "pages")
VOCABULARIES = ("technologies", "categories", "topics", "roles", "domains")


@dataclass
class Known:
    """Values that mean something here. ``ids`` by type; ``cursors``: list → (order, cursor)."""

    codes: list[str] = field(default_factory=list)
    slugs: list[str] = field(default_factory=list)
    ids: dict[str, list[str]] = field(default_factory=dict)
    terms: list[str] = field(default_factory=list)
    facets: list[str] = field(default_factory=list)
    moments: list[str] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    cursors: dict[str, list[tuple[str | None, str]]] = field(default_factory=dict)


def build(german: Any) -> None:
    """Fill the database."""
    options = ReadingOptions(source=SOURCE, locale=settings.LANGUAGE_CODE, own=True)
    reading = read_paths([CONTENT / name for name in FILES], options)
    codes = {record.code for record in reading.records}
    for record in reading.records:
        _terms_of(record.values)
        record.values.update(_without_strangers(record.values, codes))
    report = Import(reading.records, publish=True, batch_size=len(reading.records)).run()
    problems = [*map(str, reading.rejections), *map(str, report.rejections)]
    assert problems == [], problems
    _made_entries(german)
    _hidden_entries()
    _site()
    _counts()


def _terms_of(values: dict[str, Any]) -> None:
    makers = {
        "technology": terms.technology,
        "category": terms.category,
        "topics": terms.topic,
        "roles": terms.role,
    }
    for name, make in makers.items():
        given = values.get(name) or []
        for slug in [given] if isinstance(given, str) else given:
            make(slug)


def _without_strangers(value: Any, codes: set[str]) -> Any:
    """``value`` without what points at entries that are not loaded."""
    if isinstance(value, dict):
        kept = {key: _without_strangers(one, codes) for key, one in value.items()}
        return {key: one for key, one in kept.items() if not _is_strange(one, codes)}
    if isinstance(value, list):
        kept = [_without_strangers(one, codes) for one in value if not _is_strange(one, codes)]
        return [one for one in kept if not (isinstance(one, dict) and one.keys() == {"relation"})]
    return value


def _is_strange(value: Any, codes: set[str]) -> bool:
    return isinstance(value, str) and bool(_CODE.fullmatch(value)) and value not in codes


def _made_entries(german: Any) -> None:
    """What the demonstration lacks: gaps, translations, former slugs, references to drafts."""
    technology = terms.technology("zig")
    translated_term(terms.topic("kerning"), german, name="Unterschneidung", slug="kerning-de")
    draft = entries.debug_entry(title="Only a draft", technology=technology)
    for make in entries.ALL_KINDS:
        entry = entries.published(make(topics=[terms.topic("kerning"), terms.topic("http")]))
        entry.relations = [EntryRelation(target=draft), EntryRelation(target=_any(entry))]
        entry.slug = f"renamed-{entry.pk}"
        entry.save()
        entry = entries.published(entry)
        translated(entry, german, title=f"Auf Deutsch {entry.pk}", slug=f"deutsch-{entry.pk}")
    entries.published(
        entries.question(
            title="Ungraded",
            **IMPORTED,
            level="",
            difficulty=None,
            roles=[terms.role()],
            technology=technology,
            sections=[
                ("follow_up_questions", [{"question": "To a draft?", "answered_by": draft}]),
                (
                    "additional",
                    {"heading": "Aside", "body": entries.prose("One.")},
                ),
            ],
        )
    )
    entries.published(
        entries.security_topic(title="Unrated", **IMPORTED, severity="", identifiers=[])
    )
    path = entries.learning_path(title="Unmeasured", level="", estimated_hours=None, **IMPORTED)
    path.modules = [
        LearningModule(title="Bare", resources=[("entry", {"title": "", "entry": draft})])
    ]
    path.prerequisites = [PathPrerequisite(required_path=_any(path, kind="LEARNING_PATH"))]
    path.save()
    entries.published(path)


def _any(but: Entry, kind: str | None = None) -> Entry:
    rows = PublishedEntry.objects.exclude(pk=but.pk).filter(locale=settings.LANGUAGE_CODE)
    row = (rows.filter(kind=kind) if kind else rows).order_by("pk").first()
    return Entry.objects.get(pk=row.pk).specific


def _hidden_entries() -> None:
    """Entries that are not there, of each sort of absence."""
    for make in entries.ALL_KINDS:
        make(title="A draft", slug="a-draft")
        gone = entries.published(make(title="Withdrawn", slug="withdrawn"))
        gone.unpublish()
        late = make(title="Too late", slug="too-late")
        late.expire_at = timezone.now() - timedelta(hours=1)
        entries.published(late)


def _site() -> None:
    """The demonstration's pages, some below them, one that nobody may see, and files."""
    load_site(CONTENT / "site.yaml")
    home = Site.objects.get(is_default_site=True).root_page.specific
    below = pages.standard(home, "Handbook", show_in_menus=True)
    pages.standard(below, "Below")
    pages.private(pages.standard(home, "Private"))
    add_media(Collection.get_first_root_node(), "shown")


def _counts() -> None:
    """Views and uses, so that numbers differ."""
    today = timezone.now().date()
    for number, row in enumerate(PublishedEntry.objects.order_by("pk")):
        PublishedEntry.objects.filter(pk=row.pk).update(views=number % 4)
        DailyCount.objects.get_or_create(
            translation_key=row.translation_key, day=today, defaults={"uses": number % 3}
        )


def known() -> Known:
    """What there is to ask for."""
    found = Known()
    rows = Entry.objects.order_by("pk").values_list("code", "slug")
    found.codes = [code for code, _ in rows] + ["db-001", "NONE-001"]
    former = PublishedEntryTerm.objects.filter(facet="former_slug").values_list("value", flat=True)
    found.slugs = [*[slug for _, slug in rows], *former, "a-draft", "nothing"]
    found.facets = [
        *PublishedEntryTerm.objects.filter(facet__in=["owasp", "cwe", "attack"])
        .order_by("facet", "value")
        .values_list("value", flat=True),
        "cwe-89",
        "CWE-0",
    ]
    for kind, one in _ids():
        found.ids.setdefault(kind, []).append(one)
    found.terms = list(_term_slugs())
    found.moments = [
        one.isoformat()
        for pair in PublishedEntry.objects.order_by("pk").values_list("published_at", "updated_at")
        for one in pair
    ]
    found.paths = [
        "/",
        "/handbook/",
        "/handbook",
        "/handbook/below/",
        "/private/",
        "/nothing/",
        "",
        "//",
    ]
    found.words = ["injection", "query null", "kerning", "zzzz", '"unclosed', "-"]
    for name in (*LISTS, *OTHER_LISTS):
        found.cursors[name] = list(_cursors(name))
    return found


def ask(query: str) -> dict[str, Any]:
    """The data of ``query`` as graphql-core answers."""
    result = schema.execute(query, context_value=RequestContext())
    assert result.errors is None, result.errors
    return result.data


def _ids() -> Iterator[tuple[str, str]]:
    for name in LISTS:
        for locale in ("en", "de"):
            data = ask(
                f'{{ {name}(first: 4, locale: "{locale}") {{ nodes {{ __typename id }} }} }}'
            )
            yield from (tuple(node.values()) for node in data[name]["nodes"])
    for name in VOCABULARIES:
        yield from (tuple(term.values()) for term in ask(f"{{ {name} {{ __typename id }} }}")[name])
    for name in OTHER_LISTS:
        data = ask(f"{{ {name} {{ nodes {{ __typename id }} }} }}")
        yield from (tuple(node.values()) for node in data[name]["nodes"])


def _term_slugs() -> Iterator[str]:
    for name in VOCABULARIES:
        for locale in ("en", "de"):
            data = ask(f'{{ {name}(locale: "{locale}") {{ slug publishedCount }} }}')[name]
            used = [one["slug"] for one in data if one["publishedCount"]]
            yield from used[:8]
            yield from [one["slug"] for one in data if not one["publishedCount"]][:2]


def _cursors(name: str) -> Iterator[tuple[str | None, str]]:
    query_type = schema.graphql_schema.query_type
    argument = query_type.fields[name].args.get("orderBy")
    for order in argument.type.values if argument else [None]:
        given = f"(first: 5, orderBy: {order})" if order else "(first: 5)"
        data = ask(f"{{ {name}{given} {{ edges {{ cursor }} }} }}")
        yield from ((order, edge["cursor"]) for edge in data[name]["edges"])

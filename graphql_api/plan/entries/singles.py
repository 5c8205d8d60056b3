"""One entry by its code or its slug, in one statement.

Invariant: the entry is the one that ``graphql_api.knowledge.singles`` finds for the same
arguments; ids, and whatever a preview may change, are left to it.
"""

from collections.abc import Mapping
from typing import Any

from graphql_api.caching import tags
from graphql_api.filters import is_storable
from graphql_api.knowledge.reading import Reading, reading
from graphql_api.plan.entries import statements
from graphql_api.plan.entries.columns import Columns
from graphql_api.plan.entries.reading import Rows, in_step
from graphql_api.plan.entries.record import PlannedEntry
from graphql_api.plan.entries.statements import STAMP_COLUMNS
from graphql_api.plan.giving_up import GivenUp
from graphql_api.plan.running import Run
from graphql_api.records import Batch, EntryRecord
from knowledge.kinds import Kind

SINGLES = {
    "interviewQuestion": Kind.INTERVIEW_QUESTION,
    "debugEntry": Kind.DEBUG_ENTRY,
    "codeSnippet": Kind.CODE_SNIPPET,
    "systemDesignNote": Kind.SYSTEM_DESIGN_NOTE,
    "learningPath": Kind.LEARNING_PATH,
    "securityTopic": Kind.SECURITY_TOPIC,
    "entry": None,
}
_ENTRIES = statements.ENTRIES
_FORMERLY = (
    "SELECT t.entry_id FROM knowledge_publishedentryterm t"
    " WHERE t.facet = 'former_slug' AND t.value = %s"
)


def read_single(
    kind: Kind | None, arguments: Mapping[str, Any], columns: Columns, run: Run
) -> EntryRecord | None:
    """The entry that ``arguments`` (of the root field, coerced) name.

    Raises ``ApiError`` as the resolver does, or ``GivenUp``.
    """
    code, slug = arguments.get("code"), arguments.get("slug")
    if run.context.preview is not None or arguments.get("id") is not None:
        raise GivenUp
    language = reading(arguments.get("locale"), arguments.get("fallback"))
    if columns.needs.counts:
        tags.note_counts()
    if code is not None and slug is None:
        return _by_code(code, kind, language, columns, run)
    if slug is not None and code is None and kind is not None:
        return _by_slug(slug, kind, language, columns, run)
    raise GivenUp


def _by_code(
    code: str, kind: Kind | None, language: Reading, columns: Columns, run: Run
) -> EntryRecord | None:
    if not is_storable(code):
        return None
    condition, own = "e.code = %s", [code.upper()]
    if kind is not None:
        condition, own = f"{condition} AND e.kind = %s", [*own, kind.value]
    rows = _rows(condition, own, "", language, columns, run)
    records = [PlannedEntry(row[STAMP_COLUMNS:], columns) for row in rows]
    found = _chosen(records, language, columns, run)
    if found is None:
        tags.note_kinds(*([kind.value] if kind else []))
    return found


def _by_slug(
    slug: str, kind: Kind, language: Reading, columns: Columns, run: Run
) -> EntryRecord | None:
    if not is_storable(slug):
        return None
    dialect = run.reader.dialect
    own: list[Any] = [kind.value, kind.value, slug, slug, *language.locales]
    marks = ", ".join(["%s"] * len(language.locales))
    visible = statements.visible(dialect, own, "n")
    condition = (
        f"e.kind = %s AND e.translation_key IN (SELECT n.translation_key FROM {_ENTRIES} n"
        f" WHERE n.kind = %s AND (n.slug = %s OR n.object_id IN ({_FORMERLY}))"
        f" AND n.locale IN ({marks}) AND {visible})"
    )
    rows = _rows(condition, own, slug, language, columns, run)
    records, places = [], []
    for *row, present, formerly in rows:
        record = PlannedEntry(tuple(row[STAMP_COLUMNS:]), columns)
        records.append(record)
        if record.locale in language.locales and (present == slug or formerly):
            places.append((language.locales.index(record.locale), present != slug, record.key))
    if not places or min(places)[:2] != (0, False):
        # Another entry may come that the slug fits better.
        tags.note_kinds(kind.value)
    if not places:
        return None
    key = min(places)[2]
    return _chosen([one for one in records if one.key == key], language, columns, run)


def _rows(
    condition: str, own: list[Any], slug: str, language: Reading, columns: Columns, run: Run
) -> Rows:
    """The entries that satisfy ``condition`` with the parameters ``own``, by language."""
    dialect = run.reader.dialect
    values: list[Any] = []
    selected = statements.selected(columns, dialect, values, language.locales)
    order = "e.locale"
    if slug:
        values.append(slug)
        selected += f", e.slug, e.object_id IN ({_FORMERLY})"
        order = "e.object_id"
    values += own
    condition = f"{condition} AND {statements.visible(dialect, values)}"

    def ask() -> tuple[None, Rows]:
        statement = f"SELECT {selected} FROM {_ENTRIES} e WHERE {condition} ORDER BY {order}"
        return None, run.reader.rows(statement, statements.bound(values, dialect))

    return in_step(run, ask)[1]


def _chosen(
    translations: list[PlannedEntry], language: Reading, columns: Columns, run: Run
) -> EntryRecord | None:
    tags.note_entries(record.pk for record in translations)
    tags.note_sets({record.key for record in translations})
    found = language.choose(translations)
    if found is None:
        return None
    siblings: dict[str, list[EntryRecord]] = {found.key: list(translations)}
    run.adopted(Batch(language, columns.needs, siblings=siblings), [found])
    return found

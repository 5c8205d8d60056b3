"""One page of a list of entries, in one statement.

Invariant: the page is the one that ``graphql_api.knowledge.lists`` reads for the same
arguments.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from graphql_api.caching import tags
from graphql_api.knowledge.kinds import KINDS
from graphql_api.knowledge.orders import ENTRY_ORDERS, ORDERS, Orders
from graphql_api.knowledge.reading import Reading, reading
from graphql_api.pagination import Page, page_request
from graphql_api.plan import terms
from graphql_api.plan.database import Asked
from graphql_api.plan.entries import statements
from graphql_api.plan.entries.columns import Columns
from graphql_api.plan.entries.conditions import Conditions
from graphql_api.plan.entries.days import span_of
from graphql_api.plan.entries.reading import Rows, in_step
from graphql_api.plan.entries.record import PlannedEntry
from graphql_api.plan.entries.statements import STAMP_COLUMNS
from graphql_api.plan.entries.totals import COUNTED, Sort, total
from graphql_api.plan.entries.totals import ahead as total_ahead
from graphql_api.plan.running import Run
from graphql_api.records import Batch, EntryRecord
from knowledge.kinds import Kind

_PAGING = ("first", "after", "last", "before", "page", "per_page")


@dataclass(frozen=True, slots=True)
class EntryList:
    """A root field that lists entries: of one kind, or of all."""

    kind: Kind | None
    orders: Orders
    connection: str


LISTS = {
    "interviewQuestions": Kind.INTERVIEW_QUESTION,
    "debugEntries": Kind.DEBUG_ENTRY,
    "codeSnippets": Kind.CODE_SNIPPET,
    "systemDesignNotes": Kind.SYSTEM_DESIGN_NOTE,
    "learningPaths": Kind.LEARNING_PATH,
    "securityTopics": Kind.SECURITY_TOPIC,
}
ENTRY_LISTS = {
    name: EntryList(kind, ORDERS[kind], f"{KINDS[kind].type_name}Connection")
    for name, kind in LISTS.items()
} | {"entries": EntryList(None, ENTRY_ORDERS, "EntryConnection")}


class _Asked(NamedTuple):
    """A statement on the entries of ``sort``."""

    sort: Sort
    statement: str
    values: list[Any]


class Listing:
    """What one request asks of a list: ``arguments`` of the root field, coerced.

    Raises ``ApiError`` as the resolver does, or ``GivenUp``.
    """

    __slots__ = (
        "_ahead", "_columns", "_entry_list", "_filter", "_language", "_order", "_request", "_total",
    )  # fmt: skip

    def __init__(
        self, entry_list: EntryList, arguments: Mapping[str, Any], columns: Columns
    ) -> None:
        given = arguments.get
        self._entry_list = entry_list
        self._columns = columns
        self._language = reading(given("locale"), given("fallback"))
        self._request = page_request(**{name: given(name) for name in _PAGING})
        self._order = entry_list.orders.named(given("order_by"))
        self._filter: Mapping[str, Any] | None = given("filter")
        self._ahead: _Asked | None = None
        self._total: tuple[Sort, Asked] | None = None
        tags.note_kinds(*([entry_list.kind.value] if entry_list.kind else []))
        if columns.needs.counts:
            tags.note_counts()

    def ahead(self, run: Run, with_total: bool) -> list[Asked]:
        """What ``page`` will ask for first, and then what its total will, if it has to ask."""
        sort, statement, values = self._ahead = self._asked(run)
        asked: list[Asked] = [(statement, values)]
        if with_total and (of_total := total_ahead(sort, run)):
            self._total = sort, of_total
            asked.append(of_total)
        return asked

    def page(self, run: Run) -> Page[EntryRecord]:
        """The page that is asked for."""

        def ask() -> tuple[Sort, Rows]:
            asked, self._ahead = self._ahead or self._asked(run), None
            return asked.sort, run.reader.rows(asked.statement, asked.values)

        sort, rows, version = in_step(run, ask)
        request, columns = self._request, self._columns
        more = len(rows) > request.size
        if more:
            rows.pop()
        if request.backwards:
            rows.reverse()
        end = STAMP_COLUMNS + columns.width
        records = run.adopted(
            Batch(self._language, columns.needs),
            [PlannedEntry(row[STAMP_COLUMNS:], columns) for row in rows],
        )
        is_later = request.after is not None or request.offset > 0
        return Page(
            records,
            lambda: [self._cursor(row[end:], run) for row in rows],
            has_next=request.before is not None if request.backwards else more,
            has_previous=more if request.backwards else is_later,
            size=request.size,
            count=lambda: total(sort, version, run.reader, self._total_of(sort)),
        )

    def _total_of(self, sort: Sort) -> Asked | None:
        """What was asked ahead for the total, unless the list had to be asked for once more."""
        return self._total[1] if self._total and self._total[0] is sort else None

    def _asked(self, run: Run) -> _Asked:
        order, request, columns = self._order, self._request, self._columns
        sort = _sort(self._entry_list, self._filter, self._language, run)
        dialect = run.reader.dialect
        values: list[Any] = []
        selected = statements.selected(columns, dialect, values)
        places = "".join(f", e.{key.column}" for key in order.keys) if columns.places else ""
        values += [*sort.values, statements.NOW]
        condition = f"{sort.condition} AND {statements.NOT_EXPIRED}"
        if self._entry_list.kind is None:
            # The condition of the indexes for all kinds, ``IN_ALL_KINDS``.
            condition += " AND e.object_id > 0"
        for cursor, backwards in ((request.after, False), (request.before, True)):
            if cursor is not None:
                place = order.place(self._entry_list.connection, cursor)
                beyond = statements.beyond(order, place, dialect, values, backwards=backwards)
                condition = f"{condition} AND {beyond}"
        # One row more than asked for tells whether there is a further page.
        values += [request.size + 1, request.offset]
        return _Asked(
            sort,
            f"SELECT {selected}{places} FROM {statements.ENTRIES} e WHERE {condition} ORDER BY"
            f" {statements.ordered(order, backwards=request.backwards)} LIMIT %s OFFSET %s",
            statements.bound(values, dialect),
        )

    def _cursor(self, place: tuple[Any, ...], run: Run) -> str:
        dialect, order = run.reader.dialect, self._order
        values = [
            dialect.moment_of(value) if key.type.__name__ == "datetime" else value
            for key, value in zip(order.keys, place, strict=True)
        ]
        return order.cursor(self._entry_list.connection, values)


def _sort(
    entry_list: EntryList, given: Mapping[str, Any] | None, language: Reading, run: Run
) -> Sort:
    dialect = run.reader.dialect
    values: list[Any] = []
    parts = []
    if entry_list.kind is not None:
        values.append(entry_list.kind.value)
        parts.append("e.kind = %s")
    parts.append(statements.in_languages(language, dialect, values))
    columns: set[str] = set()
    span = span_of(given, " AND ".join(parts), values) if given else None
    if given:
        terms_of_request = lambda: terms.present(run.context, run.reader)  # noqa: E731
        conditions = Conditions(dialect, language, terms_of_request, entry_list.kind)
        parts.append(conditions.where(given))
        values += conditions.values
        columns = conditions.columns
    scope = statements.in_scope(dialect, values)
    is_plain = not scope and len(language.locales) == 1
    return Sort(
        f"{' AND '.join(parts)}{scope}",
        values,
        is_counted=columns <= COUNTED and is_plain,
        span=span if is_plain else None,
    )

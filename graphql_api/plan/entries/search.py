"""Search whose ranking is remembered between requests.

Invariant: what is remembered is what ``graphql_api.search.search_field`` would find: it is
used at the content version it was found at alone, and not past the moment at which the next
entry expires. A further page of a search, and a search that many make, are not ranked again.
"""

from collections.abc import Hashable, Mapping
from contextlib import nullcontext
from datetime import datetime
from typing import Any

from cms.publishing.scope import current_scope
from graphql_api.knowledge.reading import Reading, reading
from graphql_api.pagination import page_request
from graphql_api.plan import terms
from graphql_api.plan.database import Reader
from graphql_api.plan.entries import statements
from graphql_api.plan.entries.columns import Columns
from graphql_api.plan.entries.foreseen import Foreseen, Traces
from graphql_api.plan.entries.record import PlannedEntry
from graphql_api.plan.entries.remembered import Remembered
from graphql_api.plan.entries.totals import totals
from graphql_api.plan.giving_up import GivenUp
from graphql_api.plan.running import Run
from graphql_api.records import Batch, EntryRecord
from graphql_api.search.filters import wanted
from graphql_api.search.search_field import SearchPage, found, page_of
from knowledge.search import missed
from knowledge.search.searching import SearchResult
from knowledge.search.statements import run_by

_PAGING = ("first", "after", "last", "before", "page", "per_page")
# A result holds at most 300 hits, some 40 kB; a longer text is nobody's second search.
MAX_RESULTS = 500
MAX_TEXT = 200

results: Remembered[SearchResult] = Remembered(MAX_RESULTS)
traces = Traces()


def read_search(arguments: Mapping[str, Any], columns: Columns, run: Run) -> SearchPage:
    """The page of hits that ``arguments`` ask for. Raises as the resolver does, or ``GivenUp``."""
    if run.context.preview is not None:
        raise GivenUp
    language = reading(arguments.get("locale"), arguments.get("fallback"))
    request = page_request(**{name: arguments.get(name) for name in _PAGING})
    text, given = arguments["query"], arguments.get("filter")
    foreseen, gathers = Foreseen(run.reader), run.reader.gathers
    asked_for = text, str(given), language, current_scope()
    version, surroundings, expiry = _present(foreseen, asked_for, run.reader)
    terms.confirm(run.context, run.reader, surroundings)
    filters = wanted(given, language, run.context)
    key = text, language, filters, current_scope()
    result = results.get(key, version)
    is_ranked_now = result is None
    if result is None:
        with run_by(foreseen.rows, foreseen.rows_of_keys) if gathers else nullcontext():
            result = found(text, language, filters, run.context, surroundings)
        if len(text) <= MAX_TEXT:
            results.put(key, version, result, expiry)
    page = page_of(
        result,
        request,
        language,
        run.context,
        lambda pks: _entries(pks, language, columns, run, foreseen),
    )
    if is_ranked_now and gathers and len(text) + len(asked_for[1]) <= MAX_TEXT:
        traces.put(asked_for, foreseen.trace(version))
    if not result.hits and not given:
        # Last: whoever gave up before has noted nothing that graphql-core will note again.
        missed.note_search(result.query.plain)
    return page


def _present(foreseen: Foreseen, key: Hashable, reader: Reader) -> tuple[int, int, datetime | None]:
    """What ``statements.present_of`` gives; what a search under ``key`` will ask comes along."""
    trace = traces.get(key) if reader.gathers else None
    # Where nobody has read another version since, the search is still remembered.
    is_over = trace is not None and totals.newest not in (None, trace.version)
    found = foreseen.fetch(statements.asked_present(reader.dialect), trace if is_over else None)
    present = statements.present_of(found, reader.dialect)
    totals.newest = present[0]
    return present


def _entries(
    pks: list[int], language: Reading, columns: Columns, run: Run, foreseen: Foreseen
) -> dict[int, EntryRecord]:
    if not pks:
        return {}
    dialect = run.reader.dialect
    values: list[Any] = []
    selected = statements.selected(columns, dialect, values)
    values += pks
    visible = statements.visible(dialect, values)
    marks = ", ".join(["%s"] * len(pks))
    rows = foreseen.rows(
        f"SELECT {selected} FROM {statements.ENTRIES} e WHERE e.object_id IN ({marks})"
        f" AND {visible}",
        statements.bound(values, dialect),
    )
    records = [PlannedEntry(row[statements.STAMP_COLUMNS :], columns) for row in rows]
    return {record.pk: record for record in run.adopted(Batch(language, columns.needs), records)}

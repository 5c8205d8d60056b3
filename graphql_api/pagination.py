"""One page of a list, by cursors or by number, in one statement.

Invariant: inserting or removing a row never makes a cursor page skip or repeat another.
"""

from collections.abc import Callable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import models

from cms.configured import configured
from graphql_api.errors import ApiError, ErrorCode
from graphql_api.ordering import Order

Row = TypeVar("Row")


class PageRequest(NamedTuple):
    """What a client asked for; made by ``page_request``, which checked it."""

    size: int
    offset: int = 0
    backwards: bool = False
    after: str | None = None
    before: str | None = None


def page_request(
    *,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
    page: int | None = None,
    per_page: int | None = None,
) -> PageRequest:
    """Check the paging arguments against each other and the limits.

    Raises ``ApiError`` BAD_USER_INPUT, PAGE_SIZE_TOO_LARGE or OFFSET_TOO_LARGE.
    """
    by_number = page is not None or per_page is not None
    by_cursor = first is not None or after is not None or last is not None or before is not None
    if by_number and by_cursor:
        raise _bad_input("page and perPage cannot be combined with first, after, last or before.")
    if first is not None and last is not None:
        raise _bad_input("first and last cannot be combined.")
    if by_number:
        size = _size(per_page, "perPage", smallest=1)
        number = 1 if page is None else page
        if number < 1:
            raise _bad_input("page begins at 1.")
        return PageRequest(size=size, offset=_offset((number - 1) * size))
    if last is not None:
        size = _size(last, "last")
        return PageRequest(size=size, backwards=True, after=after, before=before)
    return PageRequest(size=_size(first, "first"), after=after, before=before)


class Page(Generic[Row]):
    """The rows of one page and what is known about their surroundings."""

    def __init__(
        self,
        rows: Sequence[Row],
        cursors: Callable[[], list[str]],
        *,
        has_next: bool,
        has_previous: bool,
        size: int,
        count: Callable[[], int],
    ) -> None:
        self.rows = rows
        self.has_next = has_next
        self.has_previous = has_previous
        self.size = size
        self._cursors = cursors
        self._count = count
        self._known_cursors: list[str] | None = None
        self._known_count: int | None = None

    # What is read once of most pages is kept by hand: before Python 3.12 a cached property
    # takes a lock of all pages.
    @property
    def cursors(self) -> list[str]:
        """One cursor a row."""
        if self._known_cursors is None:
            self._known_cursors = self._cursors()
        return self._known_cursors

    @property
    def total_count(self) -> int:
        """All rows of the list, whatever page this is. One statement, on first use."""
        if self._known_count is None:
            self._known_count = self._count()
        return self._known_count

    @property
    def page_count(self) -> int:
        """How many pages of this size the list has."""
        return -(-self.total_count // self.size) if self.size else 0


def read_page(
    rows: models.QuerySet,
    request: PageRequest,
    order: Order,
    connection: str,
    *,
    columns: Sequence[str],
    annotated: Callable[[models.QuerySet], models.QuerySet] = lambda ordered: ordered,
    make: Callable[[list[tuple[Any, ...]]], Sequence[Row]],
) -> Page[Row]:
    """Fetch ``columns`` of one page of ``rows`` and let ``make`` build its items.

    ``annotated`` adds what is fetched but not counted.
    ``connection`` names the list in its cursors. Raises ``ApiError`` CURSOR_INVALID.
    """
    selected = rows
    if request.after is not None:
        selected = selected.filter(order.beyond(order.place(connection, request.after)))
    if request.before is not None:
        place = order.place(connection, request.before)
        selected = selected.filter(order.beyond(place, backwards=True))
    ordered = order.apply(selected, backwards=request.backwards)
    # One row more than asked for tells whether there is a further page.
    window = annotated(ordered).values_list(*columns, *order.columns)[
        request.offset : request.offset + request.size + 1
    ]
    found = list(window)
    more = len(found) > request.size
    found = found[: request.size]
    if request.backwards:
        found.reverse()
    width = len(columns)
    return Page(
        make([row[:width] for row in found]),
        lambda: [order.cursor(connection, row[width:]) for row in found],
        has_next=request.before is not None if request.backwards else more,
        has_previous=more if request.backwards else request.after is not None or request.offset > 0,
        size=request.size,
        count=rows.count,
    )


def _size(asked: int | None, name: str, smallest: int = 0) -> int:
    if asked is None:
        return configured.GRAPHQL_DEFAULT_PAGE_SIZE
    if asked < smallest:
        raise _bad_input(f"{name} is at least {smallest}.")
    if asked > configured.GRAPHQL_MAX_PAGE_SIZE:
        raise ApiError(
            ErrorCode.PAGE_SIZE_TOO_LARGE,
            f"{name} is at most {configured.GRAPHQL_MAX_PAGE_SIZE}.",
            maximum=configured.GRAPHQL_MAX_PAGE_SIZE,
        )
    return asked


def _offset(offset: int) -> int:
    if offset > configured.GRAPHQL_MAX_OFFSET:
        raise ApiError(
            ErrorCode.OFFSET_TOO_LARGE,
            f"Page numbers reach {configured.GRAPHQL_MAX_OFFSET} rows deep; use after instead.",
            maximum=configured.GRAPHQL_MAX_OFFSET,
        )
    return offset


def _bad_input(message: str) -> ApiError:
    return ApiError(ErrorCode.BAD_USER_INPUT, message)

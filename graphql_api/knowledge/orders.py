"""The orders of each kind: names for clients, columns for the read model."""

from datetime import datetime

import graphene

from graphql_api.caching import tags
from graphql_api.filters import plain
from graphql_api.knowledge.enums import labelled
from graphql_api.ordering import Key, Order
from knowledge.kinds import Kind

_ID = Key("object_id", int)


def _both(name: str, described: str, *columns: tuple[str, type]) -> tuple[Order, Order]:
    ascending = tuple(Key(column, kind) for column, kind in columns)
    descending = tuple(Key(column, kind, descending=True) for column, kind in columns)
    last = Key("object_id", int, descending=True)
    return (
        Order(f"{name}_ASC", (*ascending, _ID), f"{described}."),
        Order(f"{name}_DESC", (*descending, last), f"{described}, from the end."),
    )


_CODE = _both("CODE", "By code", ("code", str))
_TITLE = _both("TITLE", "By title, upper and lower case alike", ("title_key", str))
_PUBLISHED = _both("PUBLISHED_AT", "By first publication, oldest first", ("published_at", datetime))
_UPDATED = _both("UPDATED_AT", "By last publication, oldest first", ("updated_at", datetime))
_VIEWS = _both("VIEW_COUNT", "By how often it was viewed, least first", ("views", int))
_SHARED = (*_CODE, *_TITLE, *_PUBLISHED, *_UPDATED, *_VIEWS)

_LEVEL = _both(
    "LEVEL",
    "By level, then difficulty, then code; ungraded questions last",
    ("level_rank", int),
    ("difficulty", int),
    ("code", str),
)
_DIFFICULTY = _both(
    "DIFFICULTY",
    "By difficulty, then code; ungraded questions first",
    ("difficulty", int),
    ("code", str),
)
_PATH_LEVEL = _both(
    "LEVEL", "By level, then code; paths without a level last", ("level_rank", int), ("code", str)
)
_HOURS = _both(
    "HOURS", "By estimated hours, then code; unestimated first", ("hours", int), ("code", str)
)
_SEVERITY = (
    Order(
        "SEVERITY_DESC",
        (Key("severity_rank", int, descending=True), Key("code", str), _ID),
        "The most severe first, then by code.",
    ),
    Order(
        "SEVERITY_ASC",
        (Key("severity_rank", int), Key("code", str), _ID),
        "The least severe first, then by code; unrated before all.",
    ),
)


class Orders:
    """The orders of one list, the first of them the default."""

    def __init__(self, name: str, plural: str, *orders: Order) -> None:
        self.default = orders[0].name
        self.enum: type[graphene.Enum] = labelled(
            name, f"Orders of {plural}.", {order.name: order.description for order in orders}
        )
        self._orders = {order.name: order for order in orders}

    def named(self, chosen: object) -> Order:
        """The order a client chose; the default for None.

        An answer in an order that no event announces the changes of is marked so.
        """
        order = self._orders[plain(chosen) or self.default]
        if any(key.column == "views" for key in order.keys):
            tags.note_counts()
        return order


ORDERS = {
    Kind.INTERVIEW_QUESTION: Orders(
        "InterviewQuestionOrder", "interview questions", *_LEVEL, *_DIFFICULTY, *_SHARED
    ),
    Kind.DEBUG_ENTRY: Orders("DebugEntryOrder", "debug entries", *_SHARED),
    Kind.CODE_SNIPPET: Orders("CodeSnippetOrder", "code snippets", *_SHARED),
    Kind.SYSTEM_DESIGN_NOTE: Orders("SystemDesignNoteOrder", "system design notes", *_SHARED),
    Kind.LEARNING_PATH: Orders(
        "LearningPathOrder", "learning paths", *_PATH_LEVEL, *_HOURS, *_SHARED
    ),
    Kind.SECURITY_TOPIC: Orders("SecurityTopicOrder", "security topics", *_SEVERITY, *_SHARED),
}
ENTRY_ORDERS = Orders(
    "EntryOrder",
    "entries of any kind",
    *reversed(_PUBLISHED),
    *reversed(_UPDATED),
    *_TITLE,
    *_CODE,
    *reversed(_VIEWS),
)

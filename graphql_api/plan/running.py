"""What one request brings to a plan.

Invariant: a plan is shared by all threads and knows no request; everything of a request is
in its run.
"""

from collections.abc import Iterable
from typing import Any

from graphql import GraphQLResolveInfo
from graphql.execution.execute import assume_not_awaitable
from graphql.pyutils import Path

from graphql_api.context import RequestContext
from graphql_api.http.deadline import Deadline
from graphql_api.plan.database import DJANGO, Reader
from graphql_api.plan.places import Place
from graphql_api.records import Batch, EntryRecord


class Run:
    """One execution of a plan.

    ``memo`` holds what was completed already, by place; ``given_up`` the response keys of the
    root fields that graphql-core had to answer after all.
    """

    __slots__ = (
        "_infos", "batches", "context", "deadline", "given_up", "memo", "reader", "variables",
    )  # fmt: skip

    def __init__(
        self,
        context: RequestContext,
        deadline: Deadline,
        variables: dict[str, Any],
        reader: Reader = DJANGO,
    ) -> None:
        self.context = context
        self.reader = reader
        self.deadline = deadline
        self.variables = variables
        self.memo: dict[Any, Any] = {}
        self.given_up: list[str] = []
        self.batches: list[Batch] = []
        self._infos: dict[Place, GraphQLResolveInfo] = {}

    def adopted(self, batch: Batch, records: Iterable[EntryRecord]) -> list[EntryRecord]:
        """``records`` as members of ``batch``, until ``release``."""
        self.batches.append(batch)
        return batch.adopt(records)

    def release(self) -> None:
        """Let go of the records that the root field just answered was made from."""
        while self.batches:
            self.batches.pop().release()

    def info(self, place: Place) -> GraphQLResolveInfo:
        """What the resolver at ``place`` is told; no resolver asks where in a list it stands."""
        info = self._infos.get(place)
        if info is None:
            info = self._infos[place] = GraphQLResolveInfo(
                field_name=place.nodes[0].name.value,
                field_nodes=place.nodes,
                return_type=place.return_type,
                parent_type=place.parent_type,
                path=Path(None, place.nodes[0].name.value, place.parent_type.name),
                schema=place.document.schema,
                fragments=place.document.fragments,
                root_value=None,
                operation=place.document.operation,
                variable_values=self.variables,
                context=self.context,
                is_awaitable=assume_not_awaitable,
            )
        return info

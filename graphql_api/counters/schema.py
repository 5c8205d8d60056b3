"""``recordView`` and ``recordUse``: front ends say what readers do."""

import graphene
from graphql import GraphQLResolveInfo

from graphql_api.single_mutation import require_single_mutation
from graphql_api.user_errors import UserError
from knowledge.counters.actions import record


class RecordPayload(graphene.ObjectType):
    """Whether the entry is known."""

    accepted = graphene.Boolean(
        required=True,
        description="True for a published entry. Repeated visits and robots are accepted too, "
        "and not counted.",
    )
    errors = graphene.List(
        graphene.NonNull(UserError), required=True, description="What to put right."
    )


def code_argument() -> graphene.Argument:
    return graphene.Argument(graphene.NonNull(graphene.String), description="The entry's code.")


class CountersMutation(graphene.ObjectType):
    """Counting. Call it from the reader's browser: it is the reader's address that counts once."""

    record_view = graphene.NonNull(
        RecordPayload,
        code=code_argument(),
        description="A reader looked at an entry. Counted once a day; nothing tells who it was.",
    )
    record_use = graphene.NonNull(
        RecordPayload,
        code=code_argument(),
        description="A reader put an entry to use: copied its code, followed its fix. "
        "Counted once a day; nothing tells who it was.",
    )

    @staticmethod
    def resolve_record_view(root: None, info: GraphQLResolveInfo, code: str) -> RecordPayload:
        return recorded(info, code, "views")

    @staticmethod
    def resolve_record_use(root: None, info: GraphQLResolveInfo, code: str) -> RecordPayload:
        return recorded(info, code, "uses")


def recorded(info: GraphQLResolveInfo, code: str, action: str) -> RecordPayload:
    require_single_mutation(info)
    known = record(
        code=code[:64],
        action=action,
        address=info.context.client_address,
        user_agent=info.context.user_agent,
    )
    if known:
        return RecordPayload(accepted=True, errors=[])
    problem = UserError(
        code="NOT_FOUND", message="There is no published entry with this code.", path=["code"]
    )
    return RecordPayload(accepted=False, errors=[problem])

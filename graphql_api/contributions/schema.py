"""The slice: what contributors can ask."""

from typing import Any

import graphene
from django.conf import settings
from graphql import GraphQLResolveInfo

from cms.security.client_address import address_group
from graphql_api.contributions.inputs import DuplicateCheckInput
from graphql_api.contributions.mutations import ContributionsMutation
from graphql_api.contributions.types import Contribution, ContributionForm, DuplicateCandidate
from graphql_api.errors import ApiError, ErrorCode
from knowledge.contributions.checking import known_locale
from knowledge.contributions.duplicates import find_duplicates
from knowledge.contributions.errors import ThrottledError
from knowledge.contributions.form_tokens import issue_form_token
from knowledge.contributions.kinds import NEW_ENTRY_KINDS, ContributionKind
from knowledge.contributions.models import Contribution as ContributionModel
from knowledge.contributions.proposal import CODE_LIMIT, TITLE_LIMIT
from knowledge.contributions.throttling import MINUTE, spend

__all__ = ["ContributionsMutation", "ContributionsQuery"]


class ContributionsQuery(graphene.ObjectType):
    """For contributors: a form to begin with, duplicates to look at, a status to follow."""

    contribution_form = graphene.NonNull(
        ContributionForm, description="A token for one form, and what the form must say."
    )
    check_duplicates = graphene.NonNull(
        graphene.List(graphene.NonNull(DuplicateCandidate)),
        input=graphene.Argument(
            graphene.NonNull(DuplicateCheckInput), description="What you are about to propose."
        ),
        description="Published entries that may say the same, best first, at most five.",
    )
    contribution = graphene.Field(
        Contribution,
        token=graphene.Argument(
            graphene.NonNull(graphene.String), description="The status token of the submission."
        ),
        description="A contribution, for whoever holds its status token; null for any other text.",
    )

    @staticmethod
    def resolve_contribution_form(root: None, info: GraphQLResolveInfo) -> ContributionForm:
        info.context.is_private = True
        return ContributionForm(
            token=issue_form_token(),
            minimum_age_seconds=settings.CONTRIBUTION_FORM_MIN_SECONDS,
            maximum_age_seconds=settings.CONTRIBUTION_FORM_MAX_SECONDS,
            licence=settings.CONTRIBUTION_LICENCE,
        )

    @staticmethod
    def resolve_contribution(
        root: None, info: GraphQLResolveInfo, token: str
    ) -> ContributionModel | None:
        info.context.is_private = True
        return ContributionModel.for_token(token)

    @staticmethod
    def resolve_check_duplicates(root: None, info: GraphQLResolveInfo, input: dict) -> list[Any]:
        info.context.is_private = True
        locale = input.get("locale") or settings.LANGUAGE_CODE
        if not known_locale(locale):
            raise ApiError(ErrorCode.UNKNOWN_LOCALE, "We do not publish in this language.")
        title, message = input["title"], input.get("message") or ""
        if len(title) > TITLE_LIMIT or len(message) > CODE_LIMIT:
            raise ApiError(
                ErrorCode.BAD_USER_INPUT,
                f"A title has at most {TITLE_LIMIT}, a message at most {CODE_LIMIT} characters.",
            )
        try:
            spend(
                "check",
                address_group(info.context.client_address),
                limit=settings.CONTRIBUTION_CHECKS_PER_MINUTE,
                seconds=MINUTE,
            )
        except ThrottledError as error:
            info.context.retry_after = error.retry_after
            raise ApiError(
                ErrorCode.RATE_LIMITED, error.message, retryAfter=error.retry_after
            ) from None
        kind = getattr(input["kind"], "value", input["kind"])
        return find_duplicates(
            NEW_ENTRY_KINDS[ContributionKind(kind)],
            title=title,
            message=message,
            technology=input.get("technology") or "",
            locale=locale,
        )

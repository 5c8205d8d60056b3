"""Mutations of contributors. Each stands alone in its operation and answers with user errors."""

from collections.abc import Callable
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from cms.security.client_address import address_group
from graphql_api.contributions.inputs import SubmitContributionInput, SubmitTestimonialInput
from graphql_api.contributions.types import ContributionPayload
from graphql_api.single_mutation import require_single_mutation
from graphql_api.user_errors import UserError, user_error
from knowledge.contributions import actions
from knowledge.contributions.confirmation import confirm_address
from knowledge.contributions.errors import (
    ContributionError,
    ContributionErrorCode,
    Problem,
    ThrottledError,
)
from knowledge.contributions.intake import Submission, submit_contribution
from knowledge.contributions.kinds import ContributionKind, CreditConsent
from knowledge.contributions.models import Contribution

PROPOSALS = {
    "question": ContributionKind.QUESTION,
    "error": ContributionKind.ERROR,
    "snippet": ContributionKind.SNIPPET,
    "solution": ContributionKind.SOLUTION,
    "correction": ContributionKind.CORRECTION,
}
_CONTRIBUTOR_FIELDS = ("email", "credit", "creditName", "creditUrl")
_FORM_FIELDS = ("formToken", "acceptsLicence", "shownDuplicates", "locale", "idempotencyKey")


def token_argument(description: str) -> graphene.Argument:
    """A token out of a letter or an answer."""
    return graphene.Argument(graphene.NonNull(graphene.String), description=description)


class ContributionsMutation(graphene.ObjectType):
    """What strangers may do. One of these an operation."""

    submit_contribution = graphene.NonNull(
        ContributionPayload,
        input=graphene.Argument(
            graphene.NonNull(SubmitContributionInput), description="What you propose."
        ),
        description="Propose a question, an error, a snippet, a solution or a correction. "
        "A person looks at it before anything is published. Nothing is stored when there are "
        "errors.",
    )
    submit_testimonial = graphene.NonNull(
        ContributionPayload,
        input=graphene.Argument(
            graphene.NonNull(SubmitTestimonialInput), description="What you want to say."
        ),
        description="Say something about the archive. A person looks at it before it is shown.",
    )
    answer_contribution = graphene.NonNull(
        ContributionPayload,
        token=token_argument("The status token of the contribution."),
        text=graphene.Argument(
            graphene.NonNull(graphene.String), description="Your answer, in plain text."
        ),
        description="Answer a reviewer's question.",
    )
    withdraw_contribution = graphene.NonNull(
        ContributionPayload,
        token=token_argument("The status token of the contribution."),
        description="Take a contribution back that is not decided yet.",
    )
    confirm_contributor_address = graphene.NonNull(
        ContributionPayload,
        token=token_argument("The confirmation token out of the letter."),
        description="Confirm that you read letters to the address that was left.",
    )

    @staticmethod
    def resolve_submit_contribution(root: None, info: GraphQLResolveInfo, input: dict) -> Any:
        given = [name for name in PROPOSALS if input.get(name) is not None]
        if len(given) != 1:
            require_single_mutation(info)
            return _refused([_one_of(("input", name)) for name in given] or [_one_of(("input",))])
        kind = given[0]
        fields = {_camel(name): _plain(value) for name, value in input[kind].items()}
        return _submit(info, PROPOSALS[kind], fields, input, ("input", kind))

    @staticmethod
    def resolve_submit_testimonial(root: None, info: GraphQLResolveInfo, input: dict) -> Any:
        fields = {
            "text": input["text"],
            "authorName": input["author_name"],
            "authorRole": input.get("author_role"),
        }
        return _submit(info, ContributionKind.TESTIMONIAL, fields, input, ("input",))

    @staticmethod
    def resolve_answer_contribution(
        root: None, info: GraphQLResolveInfo, token: str, text: str
    ) -> Any:
        return _with_token(info, token, lambda row: actions.answer(contribution=row, text=text))

    @staticmethod
    def resolve_withdraw_contribution(root: None, info: GraphQLResolveInfo, token: str) -> Any:
        return _with_token(info, token, lambda row: actions.withdraw(contribution=row))

    @staticmethod
    def resolve_confirm_contributor_address(
        root: None, info: GraphQLResolveInfo, token: str
    ) -> Any:
        require_single_mutation(info)
        return _answered(info, lambda: confirm_address(token=token))


def _submit(
    info: GraphQLResolveInfo,
    kind: ContributionKind,
    fields: dict[str, Any],
    input_: dict[str, Any],
    proposal_path: tuple[str, ...],
) -> Any:
    require_single_mutation(info)
    person = input_.get("contributor") or {}
    submission = Submission(
        kind=kind,
        fields=fields,
        locale=input_.get("locale") or "",
        form_token=input_["form_token"],
        accepts_licence=input_["accepts_licence"],
        email=person.get("email") or "",
        credit=CreditConsent(_plain(person.get("credit")) or CreditConsent.NONE),
        credit_name=person.get("credit_name") or "",
        credit_url=person.get("credit_url") or "",
        trap=input_.get("homepage") or "",
        shown_duplicates=input_.get("shown_duplicates") or [],
    )
    key = input_.get("idempotency_key") or info.context.idempotency_key
    partner = info.context.caller.key
    return _answered(
        info,
        lambda: submit_contribution(
            submission=submission,
            sender=address_group(info.context.client_address),
            idempotency_key=key,
            partner=str(partner.pk) if partner else "",
        ),
        lambda problem: _place(problem, proposal_path),
    )


def _with_token(
    info: GraphQLResolveInfo, token: str, act: Callable[[Contribution], Contribution]
) -> Any:
    require_single_mutation(info)
    contribution = Contribution.for_token(token)
    if contribution is None:
        problem = Problem(ContributionErrorCode.NOT_FOUND, "This token opens nothing.", ("token",))
        return _refused([user_error(problem, problem.path)])
    return _answered(info, lambda: act(contribution))


def _answered(
    info: GraphQLResolveInfo,
    act: Callable[[], Contribution],
    place: Callable[[Problem], tuple[str, ...]] = lambda problem: problem.path,
) -> Any:
    try:
        return ContributionPayload(contribution=act(), errors=[])
    except ThrottledError as error:
        info.context.retry_after = error.retry_after
        return _refused([user_error(problem, ()) for problem in error.problems])
    except ContributionError as error:
        return _refused([user_error(problem, place(problem)) for problem in error.problems])


def _place(problem: Problem, proposal_path: tuple[str, ...]) -> tuple[str, ...]:
    name = problem.path[0] if problem.path else ""
    if name in _CONTRIBUTOR_FIELDS:
        return ("input", "contributor", *problem.path)
    if name in _FORM_FIELDS:
        return ("input", *problem.path)
    return (*proposal_path, *problem.path)


def _refused(errors: list[UserError]) -> ContributionPayload:
    return ContributionPayload(contribution=None, errors=errors)


def _one_of(path: tuple[str, ...]) -> UserError:
    message = f"Give exactly one of {', '.join(PROPOSALS)}."
    return user_error(Problem(ContributionErrorCode.INVALID, message), path)


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def _plain(value: Any) -> Any:
    """The stored value of an enum member; anything else as it is."""
    return getattr(value, "value", value)

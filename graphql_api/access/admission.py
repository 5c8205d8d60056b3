"""What a request must pass before anything of it is read: who asks, how often, for which draft.

Invariant: a request that is turned away has cost a few statements at most, and its address
or its key has been charged for it.
"""

from django.http import HttpRequest

from cms.access.rates import Allowance
from cms.publishing import preview
from graphql_api.access import allowances, callers
from graphql_api.context import RequestContext
from graphql_api.errors import ErrorCode
from graphql_api.http import refusals

# Where the layer in front leaves what it has counted already.
COUNTED = "lamplight.allowance"


def admit(request: HttpRequest, context: RequestContext) -> None:
    """Note in ``context`` who asks, what they have left, and which draft they may see.

    Raises ``Refused`` with 401 or 429.
    """
    try:
        token = callers.token_of(request)
        if token is not None:
            context.caller = callers.partner(token)
    except refusals.Refused:
        # Trying keys is counted as asking without one.
        _count_address(request, context)
        raise
    key = context.caller.key
    left = allowances.of_key(key) if key else _count_address(request, context)
    context.headers = allowances.headers(left)
    context.preview = _preview(request)
    context.is_private = key is not None or context.preview is not None


def _count_address(request: HttpRequest, context: RequestContext) -> list[Allowance]:
    allowance = request.META.get(COUNTED) or allowances.of_address(context.client_address)
    if allowance is None:
        return []
    if not allowance.allowed:
        raise allowances.too_many([allowance])
    return [allowance]


def _preview(request: HttpRequest) -> preview.Preview | None:
    token = request.headers.get(preview.HEADER)
    if token is None:
        return None
    found = preview.redeem(token)
    if found is None:
        raise refusals.malformed(
            ErrorCode.PREVIEW_INVALID,
            "This preview is not valid (any more); open it anew in the admin.",
            401,
            {"WWW-Authenticate": f'Preview header="{preview.HEADER}"'},
        )
    return found

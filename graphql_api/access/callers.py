"""Who sends a request, told by its Authorization header.

Invariant: a header that is there and is no valid key is refused, never ignored: a partner
whose key has ended must not go on as a stranger without noticing.
"""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest

from cms.access.models import ApiKey
from cms.publishing.scope import EVERYTHING, Scope
from graphql_api.errors import ErrorCode
from graphql_api.http import refusals
from knowledge.kinds import TermKind
from knowledge.models import PublishedTerm

_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="GraphQL", error="invalid_token"'}


@dataclass(frozen=True, slots=True)
class Caller:
    """Anybody (``key`` is None), or a partner. ``scope`` bounds which entries there are."""

    key: ApiKey | None = None
    scope: Scope = EVERYTHING


ANYBODY = Caller()


def token_of(request: HttpRequest) -> str | None:
    """The key in ``Authorization: Bearer``; None without the header.

    Raises ``Refused`` for any other scheme.
    """
    header = request.headers.get("Authorization")
    if header is None:
        return None
    scheme, _, token = header.strip().partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise unauthenticated("Send an API key as: Authorization: Bearer KEY.")
    return token.strip()


def partner(token: str) -> Caller:
    """The partner whose key ``token`` is; raises ``Refused``. Two statements at most."""
    key = ApiKey.objects.for_token(token)
    if key is None:
        raise unauthenticated("This API key is not valid (any more).")
    return Caller(key, scope_of(key))


def scope_of(key: ApiKey) -> Scope:
    """The bounds of ``key``. A technology that does not exist bounds to nothing."""
    technologies: frozenset[UUID] | None = None
    if key.technologies:
        found = PublishedTerm.objects.filter(
            kind=TermKind.TECHNOLOGY, slug__in=key.technologies
        ).values_list("translation_key", flat=True)
        technologies = frozenset(found)
    return Scope(
        kinds=frozenset(key.kinds) if key.kinds else None,
        technologies=technologies,
    )


def unauthenticated(message: str) -> refusals.Refused:
    """The answer to a header that is no valid key: 401."""
    return refusals.malformed(ErrorCode.UNAUTHENTICATED, message, 401, _CHALLENGE)

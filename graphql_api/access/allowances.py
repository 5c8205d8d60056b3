"""How often a caller may ask: by address without a key, by minute and by day with one.

Invariant: each request is counted once, before anything of it runs, whether it is
answered from memory or not.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache

from cms.access.models import ApiKey
from cms.access.rates import Allowance, RateLimiter
from cms.access.usage import count_refusal, count_request
from cms.configured import configured
from cms.redis_client import shared_redis
from cms.security.client_address import address_group
from graphql_api.errors import ErrorCode
from graphql_api.http import refusals

MINUTE = 60
DAY = 86_400


@cache
def limiter() -> RateLimiter:
    """The counter of this process; it counts in Redis where there is one."""
    return RateLimiter(redis=shared_redis())


def of_address(address: str) -> Allowance | None:
    """Count a request without a key; None where they are not limited."""
    limit = configured.GRAPHQL_RATE_PER_MINUTE
    if limit <= 0:
        return None
    return limiter().take("address", address_group(address), limit, MINUTE)


def of_key(key: ApiKey) -> list[Allowance]:
    """Count a request of ``key``; raises ``Refused`` when its minute or its day is used up."""
    minute = limiter().take("minute", str(key.pk), key.per_minute, MINUTE)
    if not minute.allowed:
        count_refusal(key)
        raise too_many([minute])
    now = datetime.now(UTC)
    passed = now.hour * 3600 + now.minute * 60 + now.second
    day = Allowance("day", key.per_day, DAY, count_request(key), DAY - passed)
    if not day.allowed:
        count_refusal(key)
        raise too_many([minute, day], ErrorCode.QUOTA_EXCEEDED)
    return [minute, day]


def too_many(
    allowances: list[Allowance], code: ErrorCode = ErrorCode.RATE_LIMITED
) -> refusals.Refused:
    """The answer to a request too many: 429, saying when to come back."""
    spent = allowances[-1]
    message = (
        f"At most {spent.limit} requests in {spent.window} seconds are allowed; "
        f"try again in {spent.resets_in} seconds."
    )
    return refusals.malformed(code, message, 429, headers(allowances))


def headers(allowances: Iterable[Allowance]) -> dict[str, str]:
    """``RateLimit`` and ``RateLimit-Policy`` of all policies; ``Retry-After`` of a spent one."""
    joined: dict[str, str] = {}
    for allowance in allowances:
        for name, value in allowance.headers().items():
            # A list of items is the syntax of both; the pause is that of the last policy.
            kept = joined.get(name) if name.startswith("RateLimit") else None
            joined[name] = f"{kept}, {value}" if kept else value
    return joined

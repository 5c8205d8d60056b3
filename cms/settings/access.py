"""How often clients may ask, from which origins, and what workers share."""

from cms.settings import env

# For example redis://127.0.0.1:6379/0. Shared by all workers; empty: each worker counts,
# remembers and forgets for itself.
REDIS_URL = env.text("REDIS_URL", "")
REDIS_TIMEOUT_MILLISECONDS = env.integer("REDIS_TIMEOUT_MILLISECONDS", 50)

# Requests a minute without a key, by client address (an IPv6 network of 64 bits). The
# servers of a front end ask from one address for all of their readers. 0: no limit.
GRAPHQL_RATE_PER_MINUTE = env.integer("GRAPHQL_RATE_PER_MINUTE", 600)

# Origins whose pages may ask, for example https://www.example.org; * for all. No cookie
# counts at the endpoint, so an origin gains nothing but what anybody may read.
GRAPHQL_CORS_ORIGINS = env.items("GRAPHQL_CORS_ORIGINS", ("*",))
GRAPHQL_CORS_MAX_AGE_SECONDS = env.integer("GRAPHQL_CORS_MAX_AGE_SECONDS", 7200)

"""Every limit of the GraphQL endpoint; each has its own error code (graphql_api/errors.py)."""

from cms.settings import env

GRAPHQL_SCHEMA = "graphql_api.schema.schema"

GRAPHQL_MAX_BODY_BYTES = env.integer("GRAPHQL_MAX_BODY_BYTES", 256 * 1024)
GRAPHQL_MAX_URL_BYTES = env.integer("GRAPHQL_MAX_URL_BYTES", 16 * 1024)
GRAPHQL_MAX_TOKENS = env.integer("GRAPHQL_MAX_TOKENS", 2_000)
GRAPHQL_MAX_OPERATIONS = env.integer("GRAPHQL_MAX_OPERATIONS", 10)
GRAPHQL_MAX_DEPTH = env.integer("GRAPHQL_MAX_DEPTH", 10)
# The standard introspection query nests 15 levels (types of lists of lists …).
GRAPHQL_MAX_INTROSPECTION_DEPTH = env.integer("GRAPHQL_MAX_INTROSPECTION_DEPTH", 20)
GRAPHQL_MAX_ALIASES = env.integer("GRAPHQL_MAX_ALIASES", 30)
GRAPHQL_MAX_ROOT_FIELDS = env.integer("GRAPHQL_MAX_ROOT_FIELDS", 20)
GRAPHQL_MAX_DIRECTIVES = env.integer("GRAPHQL_MAX_DIRECTIVES", 50)
GRAPHQL_MAX_FRAGMENTS = env.integer("GRAPHQL_MAX_FRAGMENTS", 100)
GRAPHQL_MAX_VARIABLES_DEPTH = env.integer("GRAPHQL_MAX_VARIABLES_DEPTH", 20)
GRAPHQL_MAX_VARIABLES_BYTES = env.integer("GRAPHQL_MAX_VARIABLES_BYTES", 128 * 1024)
# Validation compares fields of one name in pairs; 50,000 comparisons take about 0.05 s.
GRAPHQL_MAX_FIELD_COMPARISONS = env.integer("GRAPHQL_MAX_FIELD_COMPARISONS", 50_000)
GRAPHQL_MAX_COST = env.integer("GRAPHQL_MAX_COST", 5_000)
# Related entries, topics, sections: lists that come whole have few items.
GRAPHQL_ASSUMED_LIST_LENGTH = env.integer("GRAPHQL_ASSUMED_LIST_LENGTH", 2)
GRAPHQL_TIMEOUT_SECONDS = env.integer("GRAPHQL_TIMEOUT_SECONDS", 5)
GRAPHQL_DEFAULT_PAGE_SIZE = env.integer("GRAPHQL_DEFAULT_PAGE_SIZE", 20)
GRAPHQL_MAX_PAGE_SIZE = env.integer("GRAPHQL_MAX_PAGE_SIZE", 100)
GRAPHQL_MAX_OFFSET = env.integer("GRAPHQL_MAX_OFFSET", 10_000)
GRAPHQL_MAX_ERRORS = env.integer("GRAPHQL_MAX_ERRORS", 20)
GRAPHQL_MAX_ERROR_MESSAGE_LENGTH = env.integer("GRAPHQL_MAX_ERROR_MESSAGE_LENGTH", 300)

GRAPHQL_INTROSPECTION = env.boolean("GRAPHQL_INTROSPECTION", True)
GRAPHQL_SUGGESTIONS = env.boolean("GRAPHQL_SUGGESTIONS", False)
# Answer root fields by compiled plans; without them graphql-core answers all, more slowly.
GRAPHQL_PLANS = env.boolean("GRAPHQL_PLANS", True)
GRAPHQL_GRAPHIQL = env.boolean("GRAPHQL_GRAPHIQL", False)

# How long a cache may keep an answer to GET; 0 means it must ask again each time.
GRAPHQL_MAX_AGE_SECONDS = env.integer("GRAPHQL_MAX_AGE_SECONDS", 0)
# How long a CDN that is purged may keep it, where that is longer; 0: as long as any cache.
GRAPHQL_SHARED_MAX_AGE_SECONDS = env.integer("GRAPHQL_SHARED_MAX_AGE_SECONDS", 0)
GRAPHQL_STALE_WHILE_REVALIDATE_SECONDS = env.integer("GRAPHQL_STALE_WHILE_REVALIDATE_SECONDS", 0)

# Parsed and validated documents kept by each process, with what is compiled from them: some
# 350 bytes a token.
GRAPHQL_DOCUMENT_CACHE_ENTRIES = env.integer("GRAPHQL_DOCUMENT_CACHE_ENTRIES", 1_000)
GRAPHQL_DOCUMENT_CACHE_TOKENS = env.integer("GRAPHQL_DOCUMENT_CACHE_TOKENS", 100_000)

# Finished answers kept by each worker, in bytes. 0: none.
GRAPHQL_CACHE_BYTES = env.integer("GRAPHQL_CACHE_BYTES", 64 * 1024 * 1024)
# How often a worker asks the database what has changed. An answer is never older than
# two of these.
GRAPHQL_CACHE_CHECK_SECONDS = env.number("GRAPHQL_CACHE_CHECK_SECONDS", 1.0)
# Whether answers from memory write their line to the log, as all others do.
GRAPHQL_LOG_HITS = env.boolean("GRAPHQL_LOG_HITS", True)
# The CDNs in front, as Wagtail's frontend cache knows them, by name: for example
# {"cdn": {"BACKEND": "graphql_api.caching.backends.CloudflareTags", …}}.
WAGTAILFRONTENDCACHE = env.mapping("FRONTEND_CACHE")
# The header in which they read what an answer shows: Cache-Tag, or Fastly's Surrogate-Key.
GRAPHQL_TAG_HEADER = env.choice("GRAPHQL_TAG_HEADER", "Cache-Tag", ("Cache-Tag", "Surrogate-Key"))
# The addresses that those without tags are told to forget; default: the endpoint's own.
GRAPHQL_PURGE_URLS = env.items("GRAPHQL_PURGE_URLS")

# Texts of persisted operations kept by each worker, in bytes.
GRAPHQL_PERSISTED_BYTES = env.integer("GRAPHQL_PERSISTED_BYTES", 4 * 1024 * 1024)
# Answer only the operations in the files of the folder, and no other.
GRAPHQL_TRUSTED_DOCUMENTS_ONLY = env.boolean("GRAPHQL_TRUSTED_DOCUMENTS_ONLY", False)
GRAPHQL_TRUSTED_DOCUMENTS = env.text(
    "GRAPHQL_TRUSTED_DOCUMENTS", str(env.REPOSITORY / "frontend_examples" / "operations")
)

GRAPHENE = {"CAMELCASE_ERRORS": False}
GRAPPLE = {
    "APPS": [],
    "ALLOWED_IMAGE_FILTERS": [],
    "EXPOSE_GRAPHIQL": False,
    "PAGE_SIZE": 20,
    "MAX_PAGE_SIZE": 100,
}

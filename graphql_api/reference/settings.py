"""The settings of the endpoint with their defaults, read out of the settings' source.

Invariant: a default is what the source says, not what this machine's environment made of
it; a setting without an explanation here is an error.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "cms" / "settings"
PREFIX = "GRAPHQL_"
# Where the schema is, and nothing to choose for who runs the service.
INTERNAL = {"GRAPHQL_SCHEMA"}

MEANINGS = {
    "GRAPHQL_MAX_BODY_BYTES": "Bytes of a request's body.",
    "GRAPHQL_MAX_URL_BYTES": "Bytes of the query string of a GET.",
    "GRAPHQL_MAX_TOKENS": "Lexical tokens of a document.",
    "GRAPHQL_MAX_OPERATIONS": "Operations in a document; one of them runs.",
    "GRAPHQL_MAX_DEPTH": "Levels of nested fields.",
    "GRAPHQL_MAX_INTROSPECTION_DEPTH": "Levels of nested fields below `__schema` and `__type`.",
    "GRAPHQL_MAX_ALIASES": "Aliases in an operation.",
    "GRAPHQL_MAX_ROOT_FIELDS": "Root fields of an operation.",
    "GRAPHQL_MAX_DIRECTIVES": "Directives in a document.",
    "GRAPHQL_MAX_FRAGMENTS": "Fragments in a document.",
    "GRAPHQL_MAX_VARIABLES_DEPTH": "Levels of nesting in the variables.",
    "GRAPHQL_MAX_VARIABLES_BYTES": "Bytes of the variables as JSON.",
    "GRAPHQL_MAX_FIELD_COMPARISONS": "Pairs of fields of one name that validation may compare.",
    "GRAPHQL_MAX_COST": "Cost of an operation; see *Cost*.",
    "GRAPHQL_ASSUMED_LIST_LENGTH": "Length that the cost assumes of a list without pages.",
    "GRAPHQL_TIMEOUT_SECONDS": "Seconds an operation may take; its statement is cancelled then.",
    "GRAPHQL_DEFAULT_PAGE_SIZE": "Rows of a page when none are asked for.",
    "GRAPHQL_MAX_PAGE_SIZE": "Rows of a page; ids of `nodes`.",
    "GRAPHQL_MAX_OFFSET": "Rows that a page number may skip; beyond, use cursors.",
    "GRAPHQL_MAX_ERRORS": "Errors that an answer lists.",
    "GRAPHQL_MAX_ERROR_MESSAGE_LENGTH": "Characters of an error's message.",
    "GRAPHQL_INTROSPECTION": "Whether `__schema` and `__type` are answered.",
    "GRAPHQL_PLANS": "Whether compiled plans answer what they can; off, graphql-core answers "
    "everything, the same and more slowly.",
    "GRAPHQL_SUGGESTIONS": "Whether messages suggest names; on in development.",
    "GRAPHQL_GRAPHIQL": "Whether a browser gets GraphiQL; on in development.",
    "GRAPHQL_MAX_AGE_SECONDS": "`max-age` of answers to GET; 0: caches ask again each time.",
    "GRAPHQL_SHARED_MAX_AGE_SECONDS": "`s-maxage` of answers to GET, for CDNs that are purged; "
    "0: none.",
    "GRAPHQL_STALE_WHILE_REVALIDATE_SECONDS": "`stale-while-revalidate` of answers to GET.",
    "GRAPHQL_DOCUMENT_CACHE_ENTRIES": "Parsed documents kept by each worker.",
    "GRAPHQL_DOCUMENT_CACHE_TOKENS": "Tokens of all parsed documents "
    "kept by each worker, compiled plans counted as tokens.",
    "GRAPHQL_CACHE_BYTES": "Bytes of finished answers kept by each worker; 0: none.",
    "GRAPHQL_CACHE_CHECK_SECONDS": "Seconds between two looks at what has changed; a kept "
    "answer is at most twice as old.",
    "GRAPHQL_LOG_HITS": "Whether answers from memory write a line to the log, as all others do.",
    "GRAPHQL_TAG_HEADER": "The header that carries the surrogate keys: `Cache-Tag`, or Fastly's "
    "`Surrogate-Key`.",
    "GRAPHQL_PURGE_URLS": "Addresses that a CDN is told to forget when content "
    "changes, with commas between; none: the endpoint's own.",
    "GRAPHQL_PERSISTED_BYTES": "Bytes of persisted operations kept by each worker.",
    "GRAPHQL_TRUSTED_DOCUMENTS_ONLY": "Answer the operations of the folder and no other.",
    "GRAPHQL_TRUSTED_DOCUMENTS": "The folder of trusted operations, `*.graphql`.",
    "GRAPHQL_RATE_PER_MINUTE": "Requests a minute without a key, by client address (IPv6: by "
    "network of 64 bits); 0: no limit.",
    "GRAPHQL_CORS_ORIGINS": "Origins whose pages may ask, with commas between; `*`: all.",
    "GRAPHQL_CORS_MAX_AGE_SECONDS": "Seconds a browser remembers the answer to a preflight.",
}


def table() -> str:
    """Every setting with its default and meaning, as Markdown; each is an environment variable."""
    rows = [
        f"| `{name}` | {_shown(default)} | {MEANINGS[name]} |" for name, default in environment()
    ]
    return "\n".join(["| Variable | Default | Meaning |", "|---|---|---|", *rows])


def environment() -> Iterator[tuple[str, ast.expr | None]]:
    """The names of the endpoint's settings, and the source of each default."""
    for file in sorted(FOLDER.glob("*.py")):
        for statement in ast.parse(file.read_text(encoding="utf-8")).body:
            match statement:
                case ast.Assign(
                    targets=[ast.Name(id=name)],
                    value=ast.Call(args=[ast.Constant(), *rest]),
                ) if name.startswith(PREFIX):
                    yield name, rest[0] if rest else None


def _shown(default: ast.expr | None) -> str:
    match default:
        case None:
            return "none"
        case ast.Tuple(elts=elements):
            return ", ".join(_shown(element) for element in elements) or "none"
        case ast.Constant(value=bool(value)):
            return "on" if value else "off"
        case ast.Constant(value=int(value)):
            return f"{value:,}"
        case ast.Constant(value=float(value)):
            return f"{value:g}"
        case ast.Constant(value=str(value)):
            return f"`{value}`" if value else "none"
        case ast.BinOp(op=ast.Mult()):
            return f"{_product(default):,}"
        case ast.Call(args=[ast.BinOp(op=ast.Div()) as path]):
            return f"`{_path(path)}`"
        case _:
            return f"`{ast.unparse(default)}`"


def _product(source: ast.expr) -> int:
    match source:
        case ast.BinOp(op=ast.Mult(), left=left, right=right):
            return _product(left) * _product(right)
        case ast.Constant(value=int(value)):
            return value
    raise ValueError(f"{ast.unparse(source)} is no product of whole numbers.")


def _path(source: ast.expr) -> str:
    """The part of ``env.REPOSITORY / "a" / "b"`` that is the same on every machine."""
    match source:
        case ast.BinOp(op=ast.Div(), left=ast.BinOp() as left, right=ast.Constant(value=str(name))):
            return f"{_path(left)}/{name}"
        case ast.BinOp(op=ast.Div(), right=ast.Constant(value=str(name))):
            return name
    raise ValueError(f"{ast.unparse(source)} is no path below the repository.")

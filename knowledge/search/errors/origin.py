"""Which language or tool a paste comes from, told by the shape of its lines."""

import re

# Not a language: the paste is of a program that ran.
RUNTIME = "runtime"
# They read programs and do not run them, so none of their messages is an exception's.
_CHECKERS = frozenset(
    {"eslint", "flake8", "mypy", "phpstan", "psalm", "pylint", "pyright", "rubocop", "ruff"}
)

_SIGNS: list[tuple[str, re.Pattern[str]]] = [
    (language, re.compile(pattern, re.MULTILINE))
    for language, pattern in (
        (
            "python",
            r"Traceback \(most recent|^\s*File \"[^\"]+\", line \d+|\w\.pyi?\b|site-packages",
        ),
        ("python", r"^[\w.]+Error: .*(?:NoneType|unhashable|positional argument|module named)"),
        ("mypy", r"\.pyi?:\d+(?::\d+)?: (?:error|note):|\bmypy\b"),
        ("sqlalchemy", r"\bsqlalchemy\b|sqlalche\.me"),
        ("javascript", r"\.(?:m|c)?jsx?\b|node:internal|<anonymous>|\bnode_modules\b|Node\.js v"),
        ("javascript", r"Uncaught (?:\(in promise\) )?\w*(?:Error|Exception)|webpack|DOMException"),
        ("typescript", r"\.tsx?\b|\bTS\d{4}\b"),
        ("php", r"\.php\b|\bPHP (?:Fatal|Parse|Warning|Notice)|\bpsalm\b|\$\w+->|::\w+\(\)"),
        ("psalm", r"psalm"),
        ("java", r"^\s*at [\w.$]+\([\w]+\.java:\d+\)|\.java\b|java\.\w+\.|Exception in thread"),
        ("csharp", r"\.cs(?::line \d+|\(\d+,\d+\))|\bCS\d{4}\b|\bSystem\.\w+Exception"),
        ("vb.net", r"\.vb(?::line \d+|\(\d+\))|\bBC\d{5}\b"),
        ("go", r"\.go:\d+|^goroutine \d+|^panic: "),
        ("rust", r"\.rs:\d+|^error\[E\d{4}\]|panicked at"),
        ("ruby", r"\.rb:\d+|\.gemspec|\bGem::|\(NoMethodError\)"),
        ("http", r"\bHTTP/\d|\bHTTP [1-5]\d\d\b|\bstatus (?:code )?[1-5]\d\d\b|^< [A-Z]"),
        ("http", r"\b[45]\d\d [A-Z][a-z]+ "),
        ("cors", r"\bCORS\b|Cross-Origin Request Blocked|Access-Control-|Same Origin Policy"),
        ("sql", r"\bSQLSTATE\b|\bERROR \d{4} \(|\bORA-\d{5}|\bpsql:|LINE \d+: |^Msg \d+, Level"),
        ("postgresql", r"psycopg|\bPostgreSQL\b|\bpsql\b|^ERROR:  "),
        ("mysql", r"\bMySQL\b|\bmysqli?\b|\bMariaDB\b|\bERROR \d{4} \("),
        ("c++", r"\.(?:cpp|cc|cxx|hpp):\d+|\bundefined reference to\b"),
        ("docker", r"\bdocker\b|Dockerfile|OCI runtime"),
        ("kubernetes", r"\bkubectl\b|CrashLoopBackOff|ImagePullBackOff"),
        ("git", r"^(?:fatal|error): .*(?:repository|refspec|remote|branch|pathspec)|\bgit\b"),
        ("npm", r"\bnpm (?:ERR!|error)|\bERESOLVE\b"),
        (
            RUNTIME,
            r"Traceback \(most recent|\bUncaught\b|\bException in thread\b|\bpanicked at\b"
            r"|^Stack trace:|^\s*at \S.*:\d+\)?$|^(?:[\w.\\]+[.\\])?\w*(?:Error|Exception): \S",
        ),
    )
]
# Tools whose messages belong to a language.
_FAMILIES = {
    "mypy": "python",
    "sqlalchemy": "python",
    "django": "python",
    "fastapi": "python",
    "flask": "python",
    "react": "javascript",
    "node.js": "javascript",
    "node": "javascript",
    "typescript": "javascript",
    "npm": "javascript",
    "next.js": "javascript",
    "vue": "javascript",
    "angular": "javascript",
    "cors": "http",
    "psalm": "php",
    "laravel": "php",
    "wordpress": "php",
    "mysql": "sql",
    "postgresql": "sql",
    "mariadb": "sql",
    "sqlite": "sql",
    "spring": "java",
    "rails": "ruby",
    "asp.net": "csharp",
    "vb.net": "csharp",
    ".net": "csharp",
    "c#": "csharp",
    "ruby on rails": "ruby",
    "golang": "go",
}
LANGUAGES = frozenset(_FAMILIES.values()) | {"go", "rust", "java", "c++"}


def origins(trace: str) -> frozenset[str]:
    """Names of languages and tools, lower case; empty when nothing tells."""
    head = trace[:40_000]
    found = {language for language, pattern in _SIGNS if pattern.search(head)}
    return frozenset(found | {_FAMILIES[name] for name in found if name in _FAMILIES})


def with_families(names: frozenset[str]) -> frozenset[str]:
    """The names and the languages they belong to."""
    return names | {_FAMILIES[name] for name in names if name in _FAMILIES}


def agreement(pasted: frozenset[str], entry: frozenset[str], is_static: bool = False) -> float:
    """1 for the same tool, .5 for the same language, −.5 for another language, 0 for unknown.

    What a running program reports is not what a checker of its language does: that is as far
    apart as two languages. ``is_static`` says that the entry is about a checker's report.
    """
    if RUNTIME in pasted and not pasted & _CHECKERS and (is_static or entry & _CHECKERS):
        return -0.5
    pasted = pasted - {RUNTIME}
    if not pasted or not entry:
        return 0.0
    tools_pasted, tools_entry = pasted - LANGUAGES, entry - LANGUAGES
    if tools_pasted & tools_entry:
        return 1.0
    if pasted & entry:
        return 0.5 if tools_pasted or tools_entry else 0.8
    return -0.5

"""What a pasted line says it is, against what an entry says it is.

Invariant: only a code or a class in the place where tools print their own counts; one that a
message merely mentions speaks against nothing.
"""

import re

from knowledge.search.analysis import fold

_DECLARED = [
    re.compile(r"\b(?:error|warning|note)\[([\w-]+)\]", re.I),  # error[E0382]:
    re.compile(r"\b(?:error|warning)\s+([A-Z]{1,6}-?\d{2,6})\b", re.I),  # error TS2322:
    re.compile(r"^\s*([A-Z]{1,6}-?\d{2,6}):\s"),  # ORA-00942:
    re.compile(r"\b(?:[A-Z]\w*)?Error\s+\[([A-Z][A-Z0-9_]+)\]"),  # Error [ERR_REQUIRE_ESM]:
    re.compile(r"\s\[((?:[a-z][a-z0-9]*)(?:[-_/][a-z0-9]+)*)\]\s*$"),  # mypy: [arg-type]
    re.compile(r"\s{2,}([a-z]+(?:-[a-z]+)+|@?[a-z-]+/[a-z-]+)\s*$"),  # eslint: no-unused-vars
    re.compile(r"^\s*(?:ERROR|INFO|WARNING):?\s+([A-Z][a-z]+(?:[A-Z][a-z]+)+)\b"),  # psalm
    re.compile(r"\bHTTP/\d(?:\.\d)?\s+(\d{3})\b|\bstatus(?:\s+code)?:?\s+(\d{3})\b", re.I),
    re.compile(r"^\s*(\d{3})\s+[A-Z][a-z]"),  # 404 Not Found
    re.compile(r"\bERROR\s+(\d{4})\s+\("),  # MySQL
    re.compile(r"^\s*Msg\s+(\d+),\s"),  # SQL Server
]
_CLASS = re.compile(r"\b([A-Za-z_]\w+(?:Error|Exception|Warning|Failure|Fault))\b")
_IS_CLASS = re.compile(r"\w+(?:error|exception|warning|failure|fault)")


def declared_codes(line: str) -> frozenset[str]:
    """Codes that the line reports as its own, folded."""
    return frozenset(
        fold(code) for pattern in _DECLARED for match in pattern.finditer(line)
        for code in match.groups() if code
    )  # fmt: skip


def classes(text: str) -> frozenset[str]:
    """Names of classes of exceptions in a message, folded."""
    return frozenset(fold(name) for name in _CLASS.findall(text))


def is_class(code: str) -> bool:
    """True for the name of a class of exceptions."""
    return _IS_CLASS.fullmatch(code) is not None


def scheme(code: str) -> str:
    """The manner of a code, which those of one tool share: E0382 and E0499, but not TS2322."""
    if code.isdigit():
        return f"{len(code)} digits"
    if found := re.fullmatch(r"([a-z]+-?)\d+", code):
        return found[1]
    return "names_" if "_" in code else "name"


def is_of_another_code(declared: frozenset[str], pasted: frozenset[str], own: set[str]) -> bool:
    """True when the entry has codes in the manner of the declared ones, but not one of them.

    ``pasted`` are all codes of the paste: an entry with one of those is spoken for.
    """
    proper = {code for code in own if not is_class(code)}
    if not declared or proper & (declared | pasted):
        return False
    return bool({scheme(code) for code in declared} & {scheme(code) for code in proper})


def is_of_another_class(named: frozenset[str], own: set[str]) -> bool:
    """True when both name classes of exceptions, and none that is the same."""
    return bool(named and own) and not named & own

"""Error codes and names in a text: E0382, TS2322, ORA-00001, ERR_MODULE_NOT_FOUND, [call-arg].

Invariant: a bare number is a code only where tools print codes, never anywhere in a text.
"""

import re

from knowledge.search.analysis import fold

# A name that a message quotes is a value of that run: 'NoneType' in "'NoneType' object is not
# iterable". As the value of a field it may be the error's name: "type": "NullReference".
_NAME = re.compile(r"\b([A-Z][a-z]+(?:[A-Z][a-z0-9]+)+)\b")
_QUOTES = "'\"`‘’“”«»"
_FIELD = re.compile(r"(?:[\"']\s*:|=)\s*[\"']$")
_IS_CLASS = re.compile(r"(?:Error|Exception|Warning|Failure|Fault)$")

_PATTERNS = [
    re.compile(r"\b([A-Z]{1,6}-?\d{2,6})\b"),  # E0382, TS2322, CS0103, ORA-00001
    re.compile(r"\b([A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+)\b"),  # ERR_MODULE_NOT_FOUND
    re.compile(r"\b(E[A-Z]{4,14})\b"),  # EADDRINUSE, ERESOLVE
    _NAME,  # PossiblyNullReference
    re.compile(r"\[((?:[a-z][a-z0-9]*)(?:[-_/][a-z0-9]+)*)\]"),  # [call-arg]
    re.compile(r"SQLSTATE\[(\w{5})\]"),
    re.compile(r"https?://[^\s)>\]]*?/([\w.-]{2,40})/?(?=[\s)>\].,]|$)"),
    re.compile(
        r"\b(?:error|err|code|errno|status|msg|http(?:/[\d.]+)?|psalm)\W{0,3}(\d{2,5})\b", re.I
    ),
    re.compile(r"\b(\d{3})\s+(?=[A-Z][a-z])"),  # 404 Not Found
    re.compile(r"(?:^|\()([a-z]+(?:-[a-z]+)+)\)?\s*$", re.MULTILINE),  # eslint: no-unused-vars
]
_NOT_CODES = frozenset({"error", "errors", "exception", "end", "eof"})
_LONGEST = 60
_MOST = 60


def codes(text: str) -> list[str]:
    """Codes in the order they are found, lower case, each once."""
    found: dict[str, None] = {}
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if pattern is _NAME and _is_value(match):
                continue
            code = fold(match[1])
            if 2 <= len(code) <= _LONGEST and code not in _NOT_CODES:
                found.setdefault(code)
            if len(found) >= _MOST:
                return list(found)
    return list(found)


def _is_value(match: re.Match[str]) -> bool:
    """True for a name in quotes that nothing says to be the error's."""
    text, start, end = match.string, match.start(), match.end()
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    if not before or not after or before not in _QUOTES or after not in _QUOTES:
        return False
    is_named = _IS_CLASS.search(match[0]) or _FIELD.search(text[max(0, start - 20) : start])
    return not is_named

"""What a tool says in a sentence, in words of names: "$a is never used", "variable unused".

Invariant: a text that says nothing of the kind comes back as it was.

Checkers call what they find by a name (``UnusedVariable``, ``unreachable-code``) and print a
sentence about it; an entry often holds the name alone.
"""

import re

# A name with a sigil is a variable, whatever it is called. Of those that the language itself
# gives, the name is what the message is about.
_VARIABLE = re.compile(r"(?<![\w$])(?:variable\s+)?\$(?!this\b|_)[A-Za-z]\w*", re.IGNORECASE)
_NOT = r"(?:not|never|isn['’]t|aren['’]t|wasn['’]t|weren['’]t)"
_NEGATED = re.compile(
    rf"\b(?:(?:is|are|was|were|has been|have been|being)\s+)?{_NOT}\s+(?:been\s+)?"
    r"(\w+(?:ed|able|ible))\b",
    re.IGNORECASE,
)


def as_named(text: str) -> str:
    """``text`` with negated participles and variables as names of errors have them."""
    return _NEGATED.sub(r"un\1", _VARIABLE.sub("variable", text))

"""Code as HTML with token classes (``tok-k``, ``tok-s`` …), for any style sheet of Pygments."""

from functools import lru_cache
from html import escape

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

# Beyond this, highlighting costs more than it gives: a pasted log, not a listing.
MAX_HIGHLIGHTED_CHARACTERS = 20_000

_LEXER_NAMES = {"vbnet": "vb.net", "mermaid": "text", "http": "http", "tsx": "typescript"}
_FORMATTER = HtmlFormatter(nowrap=True, classprefix="tok-")


@lru_cache(maxsize=64)
def _lexer(language: str) -> Lexer | None:
    name = _LEXER_NAMES.get(language, language)
    if name == "text":
        return None
    try:
        # PHP is only highlighted from its opening tag on unless told that it has begun.
        options = {"startinline": True} if name == "php" else {}
        return get_lexer_by_name(name, stripnl=False, ensurenl=False, **options)
    except ClassNotFound:
        return None


def highlighted_html(code: str, language: str) -> str:
    """``code`` with its tokens in ``<span class="tok-…">``; escaped text where no lexer fits."""
    lexer = _lexer(language)
    if lexer is None or len(code) > MAX_HIGHLIGHTED_CHARACTERS:
        return escape(code, quote=False)
    return highlight(code, lexer, _FORMATTER)


def code_html(code: str, language: str) -> str:
    """``code`` as ``<pre><code class="language-…">``, every byte escaped, none changed."""
    return f'<pre><code class="language-{language}">{escape(code, quote=False)}</code></pre>'

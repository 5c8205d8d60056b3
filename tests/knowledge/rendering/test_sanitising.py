"""HTML that leaves is on the allow-list, whatever came in."""

import pytest

from knowledge.rendering.sanitising import sanitise


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("<p>a<script>alert(1)</script>b</p>", "<p>ab</p>"),
        ("<style>p{}</style><p>x</p>", "<p>x</p>"),
        ('<p onclick="x()">x</p>', "<p>x</p>"),
        ('<img src="x" onerror="alert(1)">', '<img src="x">'),
        ('<a href="javascript:alert(1)">x</a>', '<a rel="noopener noreferrer">x</a>'),
        ('<a href="data:text/html,x">x</a>', '<a rel="noopener noreferrer">x</a>'),
        ("<iframe src=https://example.org></iframe>", ""),
        ("<svg onload=alert(1)><p>x</p></svg>", "<p>x</p>"),
        ('<p class="hero language-x">x</p>', "<p>x</p>"),
        ('<code class="evil language-php">x</code>', '<code class="language-php">x</code>'),
        ("<!-- secret --><p>x</p>", "<p>x</p>"),
        ("<h1>Big</h1>", "Big"),
        ("<kbd>Ctrl</kbd>", "<kbd>Ctrl</kbd>"),
        ("<p style='color:red'>x</p>", "<p>x</p>"),
        ("<form action=/x><input name=a></form>", ""),
    ],
)
def test_only_the_allow_list_survives(given, expected):
    assert sanitise(given) == expected

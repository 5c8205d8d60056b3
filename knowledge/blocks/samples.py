"""What the block chooser's previews show: short texts of the sort each block is for.

Invariant: a sample names no image, page or entry; it looks the same on an empty database.
"""

from typing import Any

Stored = dict[str, Any]


def paragraph(html: str) -> Stored:
    """A paragraph as a body stores it."""
    return {"type": "paragraph", "value": html}


def code(language: str, text: str) -> Stored:
    """A listing as a body stores it."""
    return {"type": "code", "value": {"language": language, "code": text, "caption": ""}}


def callout(tone: str, html: str) -> Stored:
    """A callout as a body stores it."""
    return {"type": "callout", "value": {"tone": tone, "text": html}}


PARAGRAPH = (
    "<p>A connection is <b>borrowed</b> for one request and given back at its end. "
    "Forget that, and <code>QueuePool limit</code> is the next thing you read.</p>"
    "<ul><li>Close what you open.</li><li>Wait with a limit.</li></ul>"
)
MARKDOWN = (
    "A *covering* index answers from the index alone:\n\n"
    "1. `WHERE` columns first,\n2. then what `SELECT` reads.\n\n"
    "> Measure with `EXPLAIN (ANALYZE, BUFFERS)`."
)
LISTING = (
    "async def session():\n"
    "    async with pool.acquire() as connection:\n"
    "        yield connection  # given back when the response is done\n"
)
TABLE = {
    "data": [
        ["Isolation level", "Lost update", "Phantom"],
        ["Read committed", "possible", "possible"],
        ["Repeatable read", "refused", "possible"],
        ["Serializable", "refused", "refused"],
    ],
    "first_row_is_table_header": True,
    "table_header_choice": "row",
    "table_caption": "What a transaction may see",
    "first_col_is_header": False,
}
CALLOUT = {
    "tone": "warning",
    "text": "<p>A retry without a limit turns a short outage into a long one.</p>",
}
IMAGE = {
    "image": None,
    "alt": "A request passes the cache, then the application, then the database",
    "caption": "Two of three requests end at the cache.",
}
TRACE = (
    "Traceback (most recent call last):\n"
    '  File "app/orders.py", line 42, in total\n'
    "    return sum(item.price for item in items)\n"
    "AttributeError: 'NoneType' object has no attribute 'price'\n"
)
DIAGRAM = (
    "graph LR\n  client --> balancer\n  balancer --> api\n  api --> cache\n  api --> database\n"
)
VULNERABLE = "cursor.execute(f\"SELECT * FROM users WHERE name = '{name}'\")\n"
FIXED = 'cursor.execute("SELECT * FROM users WHERE name = %s", [name])\n'
FOLLOW_UP_QUESTIONS = [
    {"question": "And when the handler raises?", "answered_by": None},
    {"question": "How would you test that?", "answered_by": None},
]

# The body shown for each section, by the section's name.
SECTIONS: dict[str, list[Stored]] = {
    "deep_dive": [
        paragraph(
            "<p>The default is evaluated <b>once</b>, when <code>def</code> runs, and every "
            "call shares the object it made.</p>"
        ),
        code("python", "def add(item, items=[]):\n    items.append(item)\n    return items\n"),
    ],
    "real_world_example": [
        paragraph(
            "<p>A shop charged 312 customers twice: the payment call was retried after a "
            "time-out, without an idempotency key.</p>"
        ),
    ],
    "common_mistakes": [
        paragraph(
            "<ul><li>Catching <code>Exception</code> and going on.</li>"
            "<li>Measuring on an empty table.</li></ul>"
        ),
    ],
    "production_scenario": [
        paragraph(
            "<p>At 09:00 the queue holds 40,000 jobs and grows. What do you look at first, "
            "and what do you switch off?</p>"
        ),
    ],
    "root_cause": [
        paragraph("<p>The worker keeps the connection of the process it was forked from.</p>"),
    ],
    "examples": [
        paragraph("<p>Fails:</p>"),
        code("javascript", "const user = users.find(u => u.id === id);\nuser.name;\n"),
        paragraph("<p>Works:</p>"),
        code("javascript", "users.find(u => u.id === id)?.name ?? 'unknown';\n"),
    ],
    "prevention": [
        paragraph("<p>Let the type checker refuse what may be missing, in every build.</p>"),
    ],
    "usage": [
        code("php", "$page = paginate($query, perPage: 20);\necho $page->total(); // 124\n"),
    ],
    "notes": [callout("note", "<p>Needs PHP 8.1. Under 100 rows, plain OFFSET is as fast.</p>")],
    "problem": [
        paragraph("<p>Two million readers open the same article within a minute of its push.</p>")
    ],
    "requirements": [
        paragraph("<ul><li>99.9 % under 200 ms</li><li>stale for 5 s at most</li></ul>")
    ],
    "design": [
        paragraph("<p>Writes go to a log; readers get views that are built from it.</p>"),
    ],
    "trade_offs": [
        paragraph("<p>We gave up reading one's own write at once, to read without locks.</p>")
    ],
    "scaling": [
        paragraph("<p>At ten times the load the log is split by customer, views follow.</p>")
    ],
    "failure_modes": [
        paragraph("<p>The cache is lost: the database meets every reader at once. Warm it.</p>")
    ],
    "lessons": [paragraph("<p>Queues hide overload; limits show it while it is small.</p>")],
    "overview": [
        paragraph("<p>What it is, whom it concerns, and what to take away, in a few lines.</p>")
    ],
    "attack": [
        paragraph("<p>The name in the form ends the string and begins a statement:</p>"),
        code("text", "' OR 1=1 --"),
    ],
    "detection": [
        paragraph("<p>Look for quotes in parameters that are answered with status 500.</p>")
    ],
    "mitigation": [
        paragraph("<p>Hand values over as parameters, never as text of the statement.</p>"),
        code("python", FIXED),
    ],
}

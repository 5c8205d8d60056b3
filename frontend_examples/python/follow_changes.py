"""Keep a copy up to date: read everything once, then only what changed.

The first run prints where the changes begin; give that cursor to the next run:
``python follow_changes.py CURSOR``.
"""

import sys

from request import ApiError, request

NOW = "{ changes(first: 0) { endCursor } }"
CHANGES = """
query Changes($after: String!) {
  changes(first: 50, after: $after) {
    nodes { action kind code locale }
    hasNextPage
    endCursor
  }
}
"""


def follow(after: str) -> str:
    """Print what happened after the cursor; returns the cursor to go on from."""
    while True:
        try:
            page = request(CHANGES, after=after)["changes"]
        except ApiError as error:
            if error.code == "CURSOR_EXPIRED":
                sys.exit("Too long ago: read everything anew.")
            raise
        for change in page["nodes"]:
            print(f"{change['action']}  {change['code']} ({change['locale']})")
        after = page["endCursor"]
        if not page["hasNextPage"]:
            return after


cursor = sys.argv[1] if len(sys.argv) > 1 else request(NOW)["changes"]["endCursor"]
print(f"Go on from: {follow(cursor)}")

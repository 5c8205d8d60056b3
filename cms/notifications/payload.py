"""What a webhook says: that something changed, and where to ask what it is now. Pure.

Invariant: no content. A wrong filter leaks nothing and a late call is never stale.
"""

import json
from datetime import UTC, datetime

from cms.notifications.cursor import encode_cursor


def event_body(
    *,
    sequence: int,
    action: str,
    kind: str,
    public_id: str,
    code: str,
    locale: str,
    content_hash: str,
    occurred_at: datetime,
) -> str:
    """The JSON text sent for one event; ``type`` is ``entry.published`` and the like."""
    return json.dumps(
        {
            "type": f"entry.{action.lower()}",
            "timestamp": moment(occurred_at),
            "data": {
                "cursor": encode_cursor(sequence),
                "action": action,
                "kind": kind,
                "id": public_id,
                "code": code,
                "locale": locale,
                "contentHash": content_hash,
            },
        },
        separators=(",", ":"),
    )


def trial_body(now: datetime) -> str:
    """The JSON text of the call an administrator makes to try an endpoint."""
    return json.dumps({"type": "test", "timestamp": moment(now), "data": {}}, separators=(",", ":"))


def moment(when: datetime) -> str:
    """RFC 3339 in UTC with milliseconds."""
    return when.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

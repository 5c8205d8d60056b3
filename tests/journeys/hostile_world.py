"""Forty hostile texts in every public input of a running server's database.

Invariant: everything comes in as strangers send it, through the actions behind the API;
``build`` prints where to look, as JSON.
"""

import json
import sys
from datetime import timedelta

from django.utils import timezone

from cms.notifications.alerts.composing import compose_due_alerts
from cms.notifications.fan_out import tell_everybody
from cms.notifications.models import AlertSubscription, Frequency, OutgoingMail
from knowledge.contributions import actions
from knowledge.contributions.acceptance import accept
from knowledge.contributions.models import Contribution
from knowledge.contributions.proposal import clean_text
from knowledge.models import PublishedEntry
from tests.factories import contributions, entries
from tests.knowledge.contributions.payloads import PAYLOADS

# One alert lists so many entries by name.
LISTED = 20
ALL = "\n".join(PAYLOADS)
# A quoted local part may hold markup and still be an address.
HOSTILE_ADDRESS = '"<script>window.pwned=1</script>"@lovelace.example'


def line(payload: str) -> str:
    """The payload as a line shows it."""
    return " ".join(clean_text(payload).split())


def sent(kind: str, number: int, **values) -> Contribution:
    """A contribution with a confirmed address, out of quarantine if it was put there."""
    row = contributions.from_ada(
        kind, sender=f"{kind} {number}", email=f"{kind}{number}@lovelace.example".lower(), **values
    )
    if row.state == "QUARANTINED":
        row = actions.rescue(contribution=row, user=moderator())
    return row


def moderator():
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get(username="reviewer")


def asked() -> list[dict]:
    """An error for each payload, the payload in all its fields, in a note and a question."""
    rows = []
    for number, payload in enumerate(PAYLOADS):
        names = ("title", "errorMessage", "stackTrace", "symptom", "rootCause", "fix", "fixCode")
        row = sent(
            "ERROR",
            number,
            credit="PERMANENT",
            credit_name=line(payload)[:120],
            fields={name: f"{line(payload)} in a title" for name in names},
        )
        actions.add_note(contribution=row, user=moderator(), text=f"Note {payload}")
        actions.ask(contribution=row, user=moderator(), question=f"{payload}\nWhy?")
        rows.append({"pk": row.pk, "token": row.status_token, "line": line(payload)})
    return rows


def of_other_kinds() -> list[int]:
    """A contribution of each other kind with all payloads in its long fields, and one in lines."""
    target = entries.published(entries.debug_entry(slug="target")).code
    given = {
        "SNIPPET": {"description": ALL, "code": ALL, "usage": ALL, "fileName": line(PAYLOADS[2])},
        "SOLUTION": {"target": target, "solution": ALL, "code": ALL, "platform": PAYLOADS[0]},
        "CORRECTION": {"target": target, "section": "ROOT_CAUSE", "text": ALL, "reason": ALL},
        "TESTIMONIAL": {
            "text": "\n".join(PAYLOADS[:30]),
            "authorName": line(PAYLOADS[2]),
            "authorRole": line(PAYLOADS[4]),
        },
    }
    return [
        sent(kind, number, fields=fields).pk for number, (kind, fields) in enumerate(given.items())
    ]


def answered() -> int:
    """A conversation in which each payload is an answer."""
    row = sent("QUESTION", 1000, fields={"title": "A question that is talked about"})
    for payload in PAYLOADS:
        actions.ask(contribution=row, user=moderator(), question=payload)
        actions.answer(contribution=row, text=payload)
    return row.pk


def published() -> list[dict]:
    """A published question for each payload, credited to it; a subscriber hears of them all."""
    AlertSubscription.objects.create(
        address="reader@lovelace.example",
        frequency=Frequency.INSTANT,
        locale="en",
        confirmed_at=timezone.now() - timedelta(minutes=1),
    )
    rows = []
    for number, payload in enumerate(PAYLOADS):
        names = ("shortAnswer", "deepDive", "realWorldExample", "commonMistakes")
        row = sent(
            "QUESTION",
            number,
            credit="PERMANENT",
            credit_name=line(payload)[:120],
            # Some are nothing once they are made safe, and an entry needs its texts.
            fields=dict.fromkeys(names, f"It is this.\n\n{payload}")
            | {"title": f"{line(payload)} in a title"},
        )
        row = accept(contribution=row, user=moderator())
        row.result_revision.publish()
        rows.append(
            {
                "pk": row.result_id,
                "revision": row.result_revision_id,
                "line": line(payload),
                "code": PublishedEntry.objects.get(pk=row.result_id).code,
            }
        )
        if (number + 1) % LISTED == 0:
            tell_everybody()
            compose_due_alerts()
            AlertSubscription.objects.update(last_sent_at=None)
    return rows


def build() -> None:
    """Make it all and print it."""
    asked_rows = asked()
    others = [*of_other_kinds(), answered()]
    published_rows = published()
    # Last, so that the listing of mails begins with it.
    contributions.received(email=HOSTILE_ADDRESS, sender="odd")
    mails = OutgoingMail.objects.filter(
        purpose__in=("contribution-question", "contribution-published", "alert-news")
    ).order_by("pk")
    json.dump(
        {
            "asked": asked_rows,
            "others": others,
            "published": published_rows,
            "mails": list(mails.values("purpose", "subject", "text", "html")),
        },
        sys.stdout,
    )

"""The mails of the alerts, in text and in HTML.

Invariant: every alert mail carries the one-click unsubscribe headers of RFC 8058.
"""

from collections.abc import Sequence

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.notifications.alerts.links import confirm_url, unsubscribe_url
from cms.notifications.catalogue import RecordFacts, catalogue
from cms.notifications.models import AlertChoices, AlertRequest, AlertSubscription, Frequency
from cms.notifications.outbox import queue_mail

MOST_LISTED = 20


def queue_confirmation(request: AlertRequest, token: str) -> None:
    """Queue the mail that asks whether the address wants alerts."""
    with translation.override(request.locale):
        context = {
            "site": settings.WAGTAIL_SITE_NAME,
            "link": confirm_url(token),
            "hours": settings.ALERT_CONFIRM_HOURS,
            "choices": chosen(request),
        }
        queue_mail(
            recipient=request.address,
            subject=_("Confirm your alerts from %(site)s") % {"site": context["site"]},
            text=render_to_string("notifications/mail/confirm.txt", context),
            html=render_to_string("notifications/mail/confirm.html", context),
            purpose="alert-confirmation",
        )


def queue_alert(
    subscription: AlertSubscription,
    news: Sequence[RecordFacts],
    changes: Sequence[RecordFacts],
    *,
    last_sequence: int,
) -> None:
    """Queue one mail about new and changed records; ``last_sequence`` makes it unique."""
    link = unsubscribe_url(subscription.public_id)
    with translation.override(subscription.locale):
        shown_changes = changes[: max(MOST_LISTED - len(news), 0)]
        shown = news[:MOST_LISTED]
        context = {
            "site": settings.WAGTAIL_SITE_NAME,
            "news": shown,
            "changes": shown_changes,
            "more": len(news) + len(changes) - len(shown) - len(shown_changes),
            "unsubscribe": link,
            "choices": chosen(subscription),
        }
        queue_mail(
            recipient=subscription.address,
            subject=subject_of(news, changes),
            text=render_to_string("notifications/mail/alert.txt", context),
            html=render_to_string("notifications/mail/alert.html", context),
            purpose="alert-news",
            unique_key=f"alert:{subscription.public_id.hex}:{last_sequence}",
            headers={
                "List-Unsubscribe": f"<{link}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )


def subject_of(news: Sequence[RecordFacts], changes: Sequence[RecordFacts]) -> str:
    """One line: the title if there is one record only, else how many."""
    together = [*news, *changes]
    if len(together) == 1:
        # A title may hold line breaks; a header may not.
        return " ".join(f"{together[0].code}: {together[0].title}".split())[:200]
    if news:
        return ngettext("%(n)d new entry", "%(n)d new entries", len(news)) % {"n": len(news)}
    return ngettext("%(n)d changed entry", "%(n)d changed entries", len(changes)) % {
        "n": len(changes)
    }


def chosen(choices: AlertChoices) -> list[str]:
    """What was chosen, as lines for people."""
    known = catalogue()
    lines = []
    for values, labels in (
        (choices.kinds, known.kinds()),
        (choices.technologies, known.technologies()),
        (choices.topics, known.topics()),
    ):
        if values:
            lines.append(", ".join(str(labels.get(value, value)) for value in values))
    lines = lines or [_("Everything")]
    return [*lines, str(Frequency(choices.frequency).label)]

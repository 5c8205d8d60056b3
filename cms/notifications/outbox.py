"""The way to send a mail: write it down, in the transaction that gives the reason for it.

Invariant: nothing here talks to a mail server. A rolled back transaction sends nothing,
a committed one is sent by ``manage.py deliver`` even if this process dies right after.
"""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from cms.notifications.models import OutgoingMail

LONGEST_ADDRESS = 254


def queue_mail(
    *,
    recipient: str,
    subject: str,
    text: str,
    html: str = "",
    purpose: str,
    unique_key: str = "",
    headers: dict[str, str] | None = None,
) -> None:
    """Queue one mail to one recipient.

    ``purpose`` is a short word for the log of the admin (``contribution-received``).
    ``unique_key``: at most one mail is ever queued under it, a second call does nothing.
    ``headers`` are added to the message. Raises ``ValidationError`` for an address no
    mail can be sent to, and for line breaks where a header would be split.
    """
    validate_email(recipient)
    if len(recipient) > LONGEST_ADDRESS:
        raise ValidationError("The address is too long.", code="invalid")
    for name, value in {"Subject": subject, **(headers or {})}.items():
        if any(character in f"{name}{value}" for character in "\r\n\0"):
            raise ValidationError("A mail header must be a single line.", code="invalid_header")
    OutgoingMail.objects.bulk_create(
        [
            OutgoingMail(
                recipient=recipient,
                subject=subject[:255],
                text=text,
                html=html,
                purpose=purpose,
                headers=headers or {},
                unique_key=unique_key or None,
            )
        ],
        # The unique key decides, not a look beforehand: two transactions may race.
        ignore_conflicts=True,
    )

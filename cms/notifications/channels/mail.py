"""One mail, over the configured mail server.

Invariant: the Message-ID is the same at every attempt, so a mailbox can drop a repeat.
"""

import smtplib
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from cms.notifications.channels.outcome import Outcome
from cms.notifications.models import OutgoingMail


def send_mail(mail: OutgoingMail) -> Outcome:
    """Hand ``mail`` to the mail server."""
    try:
        message_of(mail).send()
    except smtplib.SMTPRecipientsRefused as refusal:
        code = max(code for code, _ in refusal.recipients.values())
        return Outcome(False, f"the recipient was refused ({code})", permanent=code >= 500)
    except smtplib.SMTPResponseException as error:
        return Outcome(False, f"the mail server answered {error.smtp_code}")
    except smtplib.SMTPException:
        return Outcome(False, "the mail server broke off")
    except OSError:
        return Outcome(False, "the mail server was not reached")
    except ValueError:
        return Outcome(False, "the message cannot be written", permanent=True)
    return Outcome(True)


def message_of(mail: OutgoingMail) -> EmailMultiAlternatives:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[mail.recipient],
        headers={
            "Message-ID": f"<{mail.message_id.hex}@{domain}>",
            "Auto-Submitted": "auto-generated",
            **mail.headers,
        },
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message

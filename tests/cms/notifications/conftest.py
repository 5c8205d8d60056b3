"""Sinks that listen on loopback, where webhooks normally may not go, and subscribers."""

import pytest

from tests.support.mailbox import running_mailbox
from tests.support.sink import running_sink


@pytest.fixture
def sink(settings):
    """A listening HTTP server, with leave to call it."""
    settings.WEBHOOK_ALLOW_PRIVATE = True
    with running_sink() as sink:
        yield sink


@pytest.fixture
def subscriber(db):
    """Makes confirmed subscriptions."""
    from datetime import timedelta

    from django.utils import timezone

    from cms.notifications.models import AlertSubscription

    def make(address="ada@example.org", **fields):
        defaults = {
            "frequency": "INSTANT",
            "locale": "en",
            "confirmed_at": timezone.now() - timedelta(minutes=1),
        }
        return AlertSubscription.objects.create(address=address, **{**defaults, **fields})

    return make


@pytest.fixture
def endpoint(db):
    """Makes webhook endpoints with one secret; ``secret`` is set on what is returned."""
    from datetime import timedelta

    from django.utils import timezone

    from cms.notifications.models import WebhookEndpoint, WebhookSecret

    def make(url="https://hooks.example.org/in", **fields):
        fields.setdefault("created_at", timezone.now() - timedelta(minutes=1))
        made = WebhookEndpoint.objects.create(name=fields.pop("name", "Partner"), url=url, **fields)
        made.secret = WebhookSecret.rotate(made)
        return made

    return make


@pytest.fixture
def mailbox(settings):
    """A listening mail server that mails are sent to."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_USE_TLS = False
    settings.EMAIL_HOST_USER = ""
    with running_mailbox() as mailbox:
        settings.EMAIL_PORT = mailbox.port
        yield mailbox

"""One call to one endpoint, signed.

Invariant: only a 2xx answer counts as delivered.
"""

import time

from cms.notifications import http
from cms.notifications.addresses import RefusedUrlError
from cms.notifications.channels.outcome import Outcome
from cms.notifications.models import WebhookDelivery
from cms.notifications.signing import signed_headers

GONE = 410
RETRY_AFTER_STATUSES = (429, 503)


def call_endpoint(delivery: WebhookDelivery, secrets: list[str]) -> Outcome:
    """POST the delivery's body, signed now with every live secret."""
    if not secrets:
        return Outcome(False, "the endpoint has no secret")
    body = delivery.body.encode()
    headers = {
        "Content-Type": "application/json",
        **signed_headers(secrets, delivery.message_id, int(time.time()), body),
    }
    began = time.monotonic()
    try:
        answer = http.post(delivery.endpoint.url, body=body, headers=headers)
    except RefusedUrlError as refusal:
        return Outcome(False, f"refused: {refusal}", milliseconds=since(began))
    except http.CallFailedError as failure:
        return Outcome(False, str(failure), milliseconds=since(began))
    if 200 <= answer.status < 300:
        return Outcome(True, status=answer.status, milliseconds=since(began))
    return Outcome(
        False,
        "redirects are not followed" if 300 <= answer.status < 400 else f"HTTP {answer.status}",
        permanent=answer.status == GONE,
        gone=answer.status == GONE,
        status=answer.status,
        retry_after=answer.retry_after if answer.status in RETRY_AFTER_STATUSES else None,
        milliseconds=since(began),
    )


def since(began: float) -> int:
    return int((time.monotonic() - began) * 1000)

"""The deliverer: tells everybody about new events and hands out what is due.

Invariant: the database is touched by the calling thread only; the others just send.
A slow or failing endpoint holds one or two of the threads, never all.
"""

import logging
import random
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from threading import Event

from django.db import close_old_connections

from cms.notifications.alerts.composing import compose_due_alerts
from cms.notifications.channels.mail import send_mail
from cms.notifications.channels.outcome import Outcome
from cms.notifications.channels.webhook import call_endpoint
from cms.notifications.claims import claim_due
from cms.notifications.fan_out import tell_everybody
from cms.notifications.models import Delivery, OutgoingMail, WebhookDelivery, WebhookSecret
from cms.notifications.recording import record_call, record_mail
from cms.notifications.retention import forget_old

logger = logging.getLogger("lamplight.notifications")

CALL_THREADS = 16
FAILING_CALLS = CALL_THREADS // 2
CALLS_PER_ENDPOINT = 2
MAIL_THREADS = 4
HOUSEKEEPING_SECONDS = 3600
LONGEST_PAUSE = 10.0


@dataclass(slots=True)
class Sending:
    """One attempt under way, and what to do with its outcome."""

    row: Delivery
    record: Callable[[Delivery, Outcome], None]
    endpoint: int | None = None
    failing: bool = False


@dataclass(slots=True)
class Tally:
    """What a run has done: events told, deliveries handed over, attempts that failed."""

    told: int = 0
    delivered: int = 0
    failed: int = 0


@dataclass(slots=True)
class Worker:
    """One process's deliveries. Any number of workers may run beside each other."""

    stopping: Event = field(default_factory=Event)
    tally: Tally = field(default_factory=Tally)
    calls: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(CALL_THREADS, "webhook")
    )
    mails: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(MAIL_THREADS, "mail")
    )
    under_way: dict[Future, Sending] = field(default_factory=dict)
    tidied: float = 0.0
    failures: int = 0

    def run_once(self) -> Tally:
        """Deliver until nothing is due any more."""
        try:
            while self.step(interval=1.0):
                pass
        finally:
            self.close()
        return self.tally

    def run(self, interval: float) -> Tally:
        """Deliver until told to stop; looks for work every ``interval`` seconds."""
        try:
            while not self.stopping.is_set() or self.under_way:
                self.step_or_wait(interval)
        finally:
            self.close()
        return self.tally

    def step_or_wait(self, interval: float) -> None:
        """One step; after a failure, a database that is away for one, the next comes later."""
        try:
            close_old_connections()
            if not self.step(interval):
                self.stopping.wait(interval)
            self.failures = 0
        except Exception:
            logger.exception("A round of deliveries failed; the next one comes.")
            self.failures += 1
            # Not on ``stopping``: it would not wait any more once that is set.
            time.sleep(min(interval * 2**self.failures, LONGEST_PAUSE))

    def step(self, interval: float) -> bool:
        """Write down what is to be sent, begin sending, record what came back.

        Returns whether there may be more to do at once.
        """
        if not self.stopping.is_set():
            self.tally.told += tell_everybody()
            compose_due_alerts()
            self.tidy()
            self.begin_mails()
            self.begin_calls()
        if not self.under_way:
            return False
        done, _ = wait(self.under_way, timeout=interval, return_when=FIRST_COMPLETED)
        for future in done:
            self.record(future)
        return True

    def record(self, future: Future) -> None:
        sending = self.under_way[future]
        try:
            outcome = future.result()
        except Exception:
            logger.exception("Sending failed in a way that was not foreseen.")
            outcome = Outcome(False, "an unforeseen failure; see the log")
        sending.record(sending.row, outcome)
        # Only now: should recording fail, it is tried again at the next step.
        del self.under_way[future]
        if outcome.delivered:
            self.tally.delivered += 1
        else:
            self.tally.failed += 1

    def begin_mails(self) -> None:
        busy = sum(sending.endpoint is None for sending in self.under_way.values())
        for mail in claim_due(OutgoingMail.objects.due(), MAIL_THREADS - busy):
            self.under_way[self.mails.submit(send_mail, mail)] = Sending(mail, record_mail)

    def begin_calls(self) -> None:
        """Begin calls, sharing the threads out among the endpoints."""
        due = WebhookDelivery.objects.due().filter(endpoint__active=True)
        waiting = list(
            due.order_by().values_list("endpoint_id", "endpoint__failing_since").distinct()
        )
        # No endpoint is always first.
        random.shuffle(waiting)
        for endpoint, failing_since in waiting:
            failing = failing_since is not None
            most = self.free_calls(endpoint, failing)
            claimed = claim_due(due.filter(endpoint=endpoint).select_related("endpoint"), most)
            secrets = self.secrets_of(endpoint) if claimed else []
            for delivery in claimed:
                future = self.calls.submit(call_endpoint, delivery, secrets)
                self.under_way[future] = Sending(delivery, record_call, endpoint, failing)

    def free_calls(self, endpoint: int, failing: bool) -> int:
        """How many more calls to the endpoint may begin now."""
        calls = [sending for sending in self.under_way.values() if sending.endpoint is not None]
        own = Counter(sending.endpoint for sending in calls)[endpoint]
        free = CALL_THREADS - len(calls)
        if not failing:
            return min(free, CALLS_PER_ENDPOINT - own)
        return min(free, 1 - own, FAILING_CALLS - sum(sending.failing for sending in calls))

    def secrets_of(self, endpoint: int) -> list[str]:
        live = WebhookSecret.objects.filter(endpoint=endpoint).live().order_by("-pk")
        return list(live.values_list("value", flat=True))

    def tidy(self) -> None:
        if time.monotonic() - self.tidied > HOUSEKEEPING_SECONDS or not self.tidied:
            forget_old()
            self.tidied = time.monotonic()

    def close(self) -> None:
        self.calls.shutdown()
        self.mails.shutdown()

"""CDNs are told twice, again when they fail, and nobody who publishes waits for them."""

import logging
import threading

import pytest
from wagtail.contrib.frontend_cache.backends import BaseBackend

from graphql_api.caching import purger as module
from graphql_api.caching.backends import PurgeFailed
from graphql_api.caching.purger import MOST_TAGS, PAUSES, Purger

HEARD: list[tuple[str, list[str]]] = []
FAILURES: list[Exception] = []
GATE = threading.Event()


class Listening(BaseBackend):
    def purge_tags(self, names):
        HEARD.append(("listening", names))


class Failing(BaseBackend):
    def purge_tags(self, names):
        HEARD.append(("failing", names))
        if FAILURES:
            raise FAILURES.pop()


class Hanging(BaseBackend):
    def purge_tags(self, names):
        GATE.wait(timeout=30)
        HEARD.append(("hanging", names))


@pytest.fixture(autouse=True)
def cdn(settings):
    """Choose backends; nothing was heard yet."""

    def choose(*backends):
        settings.WAGTAILFRONTENDCACHE = {
            backend.__name__: {"BACKEND": f"{__name__}.{backend.__name__}"} for backend in backends
        }

    HEARD.clear()
    FAILURES.clear()
    GATE.clear()
    choose(Listening)
    return choose


class Time:
    now = 0.0


@pytest.fixture
def time():
    return Time()


@pytest.fixture
def purger(time):
    return Purger(clock=lambda: time.now, threaded=False)


def test_each_order_is_told_at_once_and_when_no_worker_can_be_behind(purger, time, settings):
    settings.GRAPHQL_CACHE_CHECK_SECONDS = 1.0
    purger.order(["e1", "debug-entry"])
    for moment in (0.0, 2.9, 3.0, 100.0):
        time.now = moment
        purger.run_due()
        HEARD.append(("moment", [str(moment)]))

    told = ("listening", ["debug-entry", "e1"])
    assert [
        told,
        ("moment", ["0.0"]),
        ("moment", ["2.9"]),
        told,
        ("moment", ["3.0"]),
        ("moment", ["100.0"]),
    ] == HEARD


def test_orders_that_are_due_together_are_told_together(purger):
    purger.order(["e1"])
    purger.order(["e2", "e1"])
    purger.run_due()

    assert HEARD == [("listening", ["e1", "e2"])]


@pytest.mark.parametrize("names", [["e1", "all"], [f"e{n}" for n in range(MOST_TAGS + 1)]])
def test_everything_stands_for_too_many(purger, names):
    purger.order(names)
    purger.run_due()

    assert HEARD == [("listening", ["all"])]


def test_a_failure_is_told_again_and_keeps_no_other_from_hearing(cdn, purger, time, caplog):
    cdn(Failing, Listening)
    FAILURES.append(PurgeFailed("status 500"))
    purger.order(["e1"])
    purger.run_due()
    assert HEARD == [("failing", ["e1"]), ("listening", ["e1"])]

    time.now += PAUSES[0]
    purger.run_due()

    assert HEARD[2:] == [("failing", ["e1"])]
    assert caplog.messages == ["Failing does not listen (status 500); it is told again."]


def test_what_is_never_heard_is_an_error_in_the_log(cdn, purger, time, caplog):
    cdn(Failing)
    FAILURES.extend(OSError("with a secret") for _ in range(20))
    purger.order(["e1", "e2"])
    for _ in range(20):
        purger.run_due()
        time.now += max(PAUSES)

    errors = [one for one in caplog.records if one.levelno == logging.ERROR]
    # Both tellings of the order were merged on their way.
    assert [one.getMessage() for one in errors] == ["Failing did not forget e1, e2 (OSError)."]
    assert len(HEARD) == len(PAUSES) + 1
    assert "secret" not in caplog.text


def test_whoever_orders_does_not_wait(cdn, settings):
    settings.GRAPHQL_CACHE_CHECK_SECONDS = 0.0
    cdn(Hanging, Listening)
    purger = Purger()
    purger.order(["e1"])
    assert HEARD == []

    GATE.set()
    purger.finish(seconds=30)

    assert sorted(HEARD) == [("hanging", ["e1"])] * 2 + [("listening", ["e1"])] * 2


def test_a_process_that_ends_says_what_was_not_told(cdn, caplog):
    cdn(Failing)
    FAILURES.extend(OSError() for _ in range(20))
    purger = Purger()
    purger.order(["e1"])
    purger.finish(seconds=0.2)

    assert "Failing did not forget e1: the process ends." in caplog.messages


def test_a_cdn_that_is_no_longer_configured_is_told_nothing(cdn, purger):
    purger.order(["e1"])
    cdn(Failing)
    purger.run_due()

    assert HEARD == []


def test_the_process_has_one_purger_that_starts_no_thread_before_it_must():
    assert isinstance(module.purger, Purger)
    assert module.purger._thread is None

"""The waits between attempts."""

from datetime import timedelta

import pytest

from cms.notifications.retry import JITTER, LONGEST_WAIT, MOST_ATTEMPTS, next_wait


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(1, 10), (2, 30), (3, 90), (4, 270), (5, 810), (9, 43_200)]
)
def test_the_wait_grows_threefold_up_to_a_limit(attempts, seconds):
    waits = [next_wait(attempts).total_seconds() for _ in range(50)]

    assert min(waits) >= seconds * (1 - JITTER)
    assert max(waits) <= seconds * (1 + JITTER)


def test_what_failed_together_comes_back_apart():
    assert len({next_wait(1) for _ in range(20)}) > 15


def test_after_the_last_attempt_nothing_is_tried():
    assert next_wait(MOST_ATTEMPTS - 1) is not None
    assert next_wait(MOST_ATTEMPTS) is None


def test_a_receiver_may_ask_for_a_longer_wait():
    assert next_wait(1, asked=600) >= timedelta(seconds=480)


def test_a_receiver_may_not_ask_for_a_shorter_or_an_endless_one():
    assert next_wait(1, asked=0) >= timedelta(seconds=8)
    assert next_wait(1, asked=10**12) <= LONGEST_WAIT * (1 + JITTER)

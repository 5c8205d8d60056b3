"""Requests are counted in windows, with Redis or without."""

from cms.access.rates import RateLimiter


class BrokenRedis:
    def pipeline(self, **kwargs):
        raise ConnectionError("gone")


class Clock:
    now = 600.0

    def __call__(self) -> float:
        return self.now


def test_the_limit_is_reached_after_as_many_requests():
    limiter = RateLimiter(clock=Clock())
    allowed = [limiter.take("address", "a", 3, 60).allowed for _ in range(4)]

    assert allowed == [True, True, True, False]


def test_headers_say_what_is_left():
    clock = Clock()
    clock.now = 630.0
    allowance = RateLimiter(clock=clock).take("address", "a", 2, 60)

    assert allowance.headers() == {
        "RateLimit-Policy": '"address";q=2;w=60',
        "RateLimit": '"address";r=1;t=30',
    }


def test_a_refusal_says_when_to_come_back():
    limiter = RateLimiter(clock=Clock())
    limiter.take("address", "a", 1, 60)

    assert limiter.take("address", "a", 1, 60).headers()["Retry-After"] == "60"


def test_clients_are_counted_apart():
    limiter = RateLimiter(clock=Clock())
    limiter.take("address", "a", 1, 60)

    assert limiter.take("address", "b", 1, 60).allowed


def test_a_new_window_begins_anew():
    clock = Clock()
    limiter = RateLimiter(clock=clock)
    limiter.take("address", "a", 1, 60)
    clock.now += 60

    assert limiter.take("address", "a", 1, 60).allowed


def test_without_redis_the_limit_still_holds():
    limiter = RateLimiter(redis=BrokenRedis(), clock=Clock())
    limiter.take("address", "a", 1, 60)

    assert not limiter.take("address", "a", 1, 60).allowed

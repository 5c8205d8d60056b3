"""Settings as plain attributes, for what is read many times in every request.

Invariant: a value is that of ``django.conf.settings``: when a setting is changed, which only
tests do, every value is read again.

Each look at ``django.conf.settings`` passes a function of Python's, even for a value that
is kept; a request from the delivery path looks two dozen times.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar, cast

from django.conf import settings
from django.core.signals import setting_changed

Function = TypeVar("Function", bound=Callable[..., Any])


class _Configured:
    def __getattr__(self, name: str) -> Any:
        # Asked only for what is not among the instance's own attributes yet.
        value = getattr(settings, name)
        self.__dict__[name] = value
        return value


configured: Any = _Configured()
_following: list[Callable[[], None]] = [configured.__dict__.clear]


def following_settings(function: Function) -> Function:
    """``function``, whose results are kept: they follow from its arguments and the settings."""
    kept = lru_cache(maxsize=1_000)(function)
    _following.append(kept.cache_clear)
    return cast(Function, kept)


def _forget(**_: Any) -> None:
    for forget in _following:
        forget()


setting_changed.connect(_forget, dispatch_uid="configured")

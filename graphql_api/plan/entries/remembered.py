"""What was found out at one content version, kept between requests.

Invariant: nothing is given out at another version than it was found out at, nor past the
moment at which the next entry expires; so many values are kept, and no more.
"""

from collections import OrderedDict
from datetime import datetime
from threading import Lock
from typing import Any, Generic, TypeVar

from django.utils import timezone

Value = TypeVar("Value")


class Remembered(Generic[Value]):
    """The values of the present content version, at most ``capacity`` of them."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        # The content version that was read last, by whomever.
        self.newest: int | None = None
        self._version: int | None = None
        self._until: datetime | None = None
        self._known: OrderedDict[Any, Value] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._known)

    def get(self, key: Any, version: int) -> Value | None:
        """The value under ``key`` at ``version``."""
        with self._lock:
            if version != self._version or self._is_over():
                return None
            return self._known.get(key)

    def is_known(self, key: Any) -> bool:
        """Whether ``get`` will find the value, unless there is a version that nobody read yet."""
        with self._lock:
            return self._version == self.newest and key in self._known and not self._is_over()

    def put(self, key: Any, version: int, value: Value, until: datetime | None) -> None:
        """Remember a value; ``until``: when the next entry expires."""
        with self._lock:
            if version != self._version or self._is_over():
                self._known.clear()
                self._version, self._until = version, until
            self._known[key] = value
            if len(self._known) > self.capacity:
                self._known.popitem(last=False)

    def clear(self) -> None:
        """Remember nothing."""
        with self._lock:
            self._version = self._until = None
            self._known.clear()

    def _is_over(self) -> bool:
        return self._until is not None and self._until <= timezone.now()

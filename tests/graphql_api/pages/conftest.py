"""Nothing that one test's rolled back rows left in the cache reaches the next test."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()

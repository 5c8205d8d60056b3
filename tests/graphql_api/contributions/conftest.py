"""Tests roll the content version back, which production never does."""

import pytest

from knowledge.contributions import duplicates


@pytest.fixture(autouse=True)
def fresh_index():
    """No test sees the published titles of another."""
    duplicates.forget_indexes()
